// Some scenarios start processes: the program is its own child. See core/host/child.h.
#include <gtest/gtest.h>

#include "core/host/child.h"

int main(int argc, char** argv) {
    if (golanes::host::is_child(argc, argv))
        return golanes::host::child_main(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

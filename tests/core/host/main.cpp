// The program is started again by its tests: see core/host/child.h.
#include <gtest/gtest.h>

#include "core/host/child.h"

int main(int argc, char** argv) {
    if (golanes::host::is_child(argc, argv))
        return golanes::host::child_main(argc, argv);
    testing::InitGoogleTest(&argc, argv);
    return RUN_ALL_TESTS();
}

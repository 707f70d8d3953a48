#include "core/runtime/this_machine.h"

extern "C" {
__thread golanes::rt::M* golanes_this_machine = nullptr;
}

namespace golanes::rt {

// noinline: the address of the thread's slot must not be computed in a caller that may have moved.
__attribute__((noinline)) void set_this_machine(M* machine) {
    golanes_this_machine = machine;
}

}  // namespace golanes::rt

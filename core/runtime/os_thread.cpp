#include "core/runtime/os_thread.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

void lock_os_thread() {
    this_machine()->scheduler->lock_thread();
}

void unlock_os_thread() {
    this_machine()->scheduler->unlock_thread();
}

}  // namespace golanes::rt

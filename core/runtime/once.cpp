#include "core/runtime/once.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

Once::Once(std::string_view name, const Where& where)
    : mutex_(trace::ObjectKind::Once, name, where) {}

bool Once::enter(const Where& where) {
    mutex_.lock(where);
    return !this_machine()->scheduler->unwinding();
}

void fail_again(const std::optional<PanicValue>& panicked,
                const std::exception_ptr& thrown,
                const Where& where) {
    if (this_machine()->scheduler->unwinding())
        this_machine()->scheduler->block_forever(trace::WaitReason::PanicWait, where);
    if (thrown != nullptr)
        std::rethrow_exception(thrown);
    if (panicked)
        panic(*panicked, where);
    panic(nullptr, where);
}

}  // namespace golanes::rt

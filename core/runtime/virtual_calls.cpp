// Blocking calls in virtual time: the M is away from its core until a moment, or until another M
// brings what it waits for.
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/virtual_engine.h"

namespace golanes::rt {

void VirtualEngine::sleep_in_call(M& m, std::uint64_t ticks) {
    Fiber& fiber = fiber_of(m);
    if (!m.scheduler->calls_are_over())
        schedule(fiber, now_ + std::min(ticks, kNever - 1 - now_));
    else
        schedule(fiber, now_);
    release_core(fiber);
    suspend(fiber, Wait::Call);
}

void VirtualEngine::wait_in_call(M& m) {
    Fiber& fiber = fiber_of(m);
    if (m.scheduler->calls_are_over())
        return;
    release_core(fiber);
    suspend(fiber, Wait::Call);
}

void VirtualEngine::end_wait(M& m) {
    Fiber& fiber = fiber_of(m);
    if (fiber.wait == Wait::Call && fiber.ticket == 0)
        schedule(fiber, now_);
}

// They go on while join() steps; no time passes for it.
bool VirtualEngine::cut_calls(std::span<M* const> machines, DurationNs /*patience*/) {
    for (M* m : machines) {
        Fiber& fiber = fiber_of(*m);
        if (fiber.wait == Wait::Call && !fiber.finished && (fiber.ticket == 0 || fiber.due > now_))
            schedule(fiber, now_);
    }
    return true;
}

}  // namespace golanes::rt

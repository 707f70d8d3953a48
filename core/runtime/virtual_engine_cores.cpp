// The virtual engine's operating system: an M without a core makes no progress.
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/virtual_engine.h"

namespace golanes::rt {

// With at least as many cores as Ps every P has one of its own, whichever M holds the P.
bool VirtualEngine::shares_cores(const M& m) const {
    return m.scheduler->procs() > cores_.count();
}

int VirtualEngine::preferred_core(const M& m) const {
    const P* p = m.p != nullptr ? m.p : m.next_p;
    return p != nullptr ? p->id % cores_.count()
                        : static_cast<int>((m.id - 1) % static_cast<MachineId>(cores_.count()));
}

// Before a fiber goes on. False: it waits for a core first.
bool VirtualEngine::take_core(Fiber& fiber) {
    if (fiber.core >= 0 || !shares_cores(*fiber.m))
        return true;
    if (cores_.take(fiber, preferred_core(*fiber.m), now_))
        return true;
    tell_holders();
    return false;
}

// Somebody waits from now on: who computes must give its core away in time.
void VirtualEngine::tell_holders() {
    for (Fiber* holder : cores_.holders()) {
        if (holder == nullptr || holder->wait != Wait::Advance || holder->ticket == 0)
            continue;
        if (const std::uint64_t end = cores_.turn_end(*holder, now_); end < holder->due)
            schedule(*holder, end);
    }
}

void VirtualEngine::release_core(Fiber& fiber) {
    if (fiber.core < 0)
        return;
    if (Fiber* next = cores_.release(fiber, now_); next != nullptr)
        schedule(*next, now_);
}

// Its share of the core is over and others wait: it goes to the end of their queue.
void VirtualEngine::share_core(Fiber& fiber) {
    const std::uint64_t since = now_;
    release_core(fiber);
    cores_.wait(fiber);
    suspend(fiber, Wait::Core);
    fiber.m->scheduler->record_off_cpu(*fiber.m, ns_from_ticks(now_ - since));
}

void VirtualEngine::took_p(M& m) {
    Fiber& fiber = fiber_of(m);
    if (fiber.core >= 0)
        cores_.move(fiber, preferred_core(m));
    else
        m.virtual_core = static_cast<CpuId>(preferred_core(m));
}

}  // namespace golanes::rt

// What sysmon looks for, on its own thread: time slices that are over. Everything it reads of a P
// is atomic and may be stale a moment later; a wish that comes too late hits the next goroutine,
// which gives way early, as in Go.
#include <algorithm>

#include "core/runtime/preempt_signal.h"
#include "core/runtime/scheduler.h"

namespace golanes::rt {

bool Scheduler::all_ps_idle() const {
    // seq_cst pairs with Sysmon::p_runs: it is called after this count changed.
    return idle_p_count_.load(std::memory_order_seq_cst) == procs();
}

// True: it asked somebody to give way. Lowers `next_look` to when this P needs the next look.
bool Scheduler::retake_slice(P& p, std::uint64_t now, std::uint64_t& next_look) {
    if (p.state.load(std::memory_order_relaxed) != PState::Running ||
        p.machine.load(std::memory_order_relaxed) == nullptr)  // on its way to an M: no slice yet
        return false;
    const std::uint64_t began = p.slice_start.load(std::memory_order_relaxed);
    const std::uint64_t end = slice_end(p);
    const std::uint8_t wishes = p.preempt.load(std::memory_order_relaxed);
    if (wishes != 0)
        nag(p, began, now, next_look);
    if (now < end) {
        next_look = std::min(next_look, end);
        return false;
    }
    if ((wishes & preempt_wish::kSlice) != 0)
        return false;
    p.preempt.fetch_or(preempt_wish::kSlice, std::memory_order_relaxed);
    if (p.slice_start.load(std::memory_order_relaxed) != began)  // a new slice: not this one's wish
        p.preempt.fetch_and(preempt_wish::kWorld, std::memory_order_relaxed);
    else
        nag(p, began, now, next_look);
    return true;
}

// Interrupts the M that holds P, and again every 100 us while it is not seen to give way: it may be
// in a library. After a hundred times less and less often.
void Scheduler::nag(P& p, std::uint64_t slice, std::uint64_t now, std::uint64_t& next_look) {
    constexpr int kPatience = 100;
    if (!options_.preempt_signals)
        return;
    if (p.nagged_slice != slice) {
        p.nagged_slice = slice;
        p.next_nag = now;
        p.nags = 0;
    }
    if (now >= p.next_nag) {
        if (M* m = p.machine.load(std::memory_order_relaxed); m != nullptr)
            send_preempt_signal(*m);
        const int doublings = std::clamp(++p.nags - kPatience, 0, 7);
        p.next_nag = now + (engine_->ticks_from_ns(100 * kMicrosecond) << doublings);
    }
    next_look = std::min(next_look, p.next_nag);
}

SysmonLook Scheduler::look_from_outside() {
    SysmonLook look;
    look.all_idle = all_ps_idle();
    look_for_starvation();
    const std::uint64_t now = engine_->now();
    std::uint64_t next_look = kNever;
    for (int i = 0; i < procs(); ++i)
        look.did_something |= retake_slice(*procs_[static_cast<std::size_t>(i)], now, next_look);
    if (next_look != kNever)
        look.next_look = std::min(look.next_look, engine_->ns_from_ticks(next_look - now));
    return look;
}

}  // namespace golanes::rt

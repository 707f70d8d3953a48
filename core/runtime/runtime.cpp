#include "core/runtime/runtime.h"

#include "core/runtime/run_state.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

// Burns about a quarter of a microsecond without touching memory.
void compute_a_little() {
    std::uint64_t x = 1;
    for (int i = 0; i < 200; ++i)
        asm volatile("" : "+r"(x));
}

// One stretch of real computing: returns when `ticks` of CPU time are used, or sooner when the
// slice is over. A gap between two clock readings (the first of them `since`) that is too long for
// our own loop was somebody else's time.
std::uint64_t burn(Scheduler& s, std::uint64_t ticks, std::uint64_t since, const Where& where) {
    const std::uint64_t gap_limit = s.engine().ticks_from_ns(20 * kMicrosecond);
    std::uint64_t used = 0;
    std::uint64_t last = since;
    while (used < ticks) {
        compute_a_little();
        const std::uint64_t now = s.engine().now();
        const std::uint64_t gap = now - last;
        last = now;
        if (gap > gap_limit) {
            s.record(trace::EventType::OffCpu,
                     0,
                     where,
                     static_cast<std::uint64_t>(s.engine().ns_from_ticks(gap)));
            last = s.engine().now();
        } else {
            used += gap;
        }
        if (s.wants_yield(now))
            return used;
    }
    return used;
}

}  // namespace

void go(std::string_view name, std::function<void()> f, const Where& where) {
    scheduler().spawn(std::move(f), name, where);
}

void gosched(const Where& where) {
    scheduler().yield(trace::StopReason::Gosched, where);
}

void sleep(DurationNs duration, const Where& where) {
    scheduler().sleep(duration, where);
}

TimeNs now() {
    Scheduler& s = scheduler();
    if (!s.unwinding())
        s.engine().pay(*this_machine());
    return s.engine().ns_from_ticks(s.engine().now() - s.begin_ticks());
}

void work(DurationNs duration, const Where& where) {
    if (duration <= 0 || scheduler().unwinding())
        return;
    scheduler().poll(where);
    scheduler().check_starvation();
    std::uint64_t left = scheduler().engine().ticks_from_ns(duration);
    std::uint64_t since = scheduler().engine().now();
    for (;;) {
        Scheduler& s = scheduler();
        if (s.unwinding())
            return;  // a destructor computes on after the end of the run
        std::uint64_t used = 0;
        if (s.engine().is_virtual())
            used = s.engine().advance(*this_machine(), std::min(left, s.slice_left()));
        else
            used = burn(s, left, since, where);
        left -= std::min(left, used);
        const bool yields = s.wants_yield(s.engine().now()) && (left > 0 || s.stop_requested());
        if (yields)
            s.preempt(where);
        if (left == 0)
            return;
        // It may have been put aside between its start and its first step: that gap counts too.
        since = yields ? scheduler().slice_start() : scheduler().engine().now();
    }
}

void log(std::string_view text, const Where& where) {
    Scheduler& s = scheduler();
    if (s.unwinding())
        return;
    s.record(trace::EventType::Log, 0, where, s.tracer().names().string(text));
    s.poll(where);
}

void outcome(std::int64_t value, const Where& where) {
    Scheduler& s = scheduler();
    if (s.unwinding())
        return;
    s.run_state().set_outcome(value);
    s.record(trace::EventType::Outcome, 0, where, static_cast<std::uint64_t>(value));
}

void outcome(std::string_view value, const Where& where) {
    Scheduler& s = scheduler();
    if (s.unwinding())
        return;
    s.run_state().set_outcome(std::string(value));
    s.record(trace::EventType::Outcome, 1, where, s.tracer().names().string(value));
}

bool check(bool holds, std::string_view what, const Where& where) {
    Scheduler& s = scheduler();
    if (s.unwinding())
        return holds;
    s.run_state().add_check(holds, std::string(what));
    s.record(trace::EventType::Check, holds ? 1 : 0, where, s.tracer().names().string(what));
    return holds;
}

std::uint64_t random(std::uint64_t bound) {
    return scheduler().run_state().random(bound);
}

}  // namespace golanes::rt

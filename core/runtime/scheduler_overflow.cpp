// A goroutine that used its stack up: in Go's words the end of the run, or, where the policy says
// so, of that goroutine alone.
#include "core/base/check.h"
#include "core/runtime/report.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;

// The handler of a stack's end goes on here, on the M's emergency stack.
void Scheduler::overflow_main() {
    this_machine()->scheduler->end_overflowed();
}

void Scheduler::tell_overflow(M& m, G& g) {
    const std::string limit =
        "runtime: goroutine stack exceeds " + std::to_string(stack_limit()) + "-byte limit";
    begin_visit(m);
    emit(m,
         EventType::GoPanic,
         g.id,
         ++g.trace_seq,
         0,
         0,
         tracer_->names().string("stack overflow: goroutine " + std::to_string(g.id) + " exceeds " +
                                 std::to_string(stack_limit()) + "-byte limit"));
    g.has_panicked = true;
    if (options_.overflow == OverflowPolicy::EndsRun || g.id == 1)
        end_run_here(
            trace::RunStatus::Overflow,
            limit + "\nfatal error: stack overflow\n\n" + own_lines(g, g.waits_at, names_so_far()));
}

// Its frames stay as they are: no destructor and no deferred function runs, and what lies on its
// stack (a timer's node, a channel that others use) may still be referred to, so neither stack nor
// G are used again.
void Scheduler::end_overflowed() {
    M& m = *this_machine();
    G& g = *m.current;
    tell_overflow(m, g);  // by itself: what lives here is never destroyed
    g.state = GState::Dead;
    live_.fetch_sub(1, std::memory_order_relaxed);
    leave(m, {}, Departure::Dies);
    check_failed("a goroutine without a stack was resumed", __FILE__, __LINE__);
}

}  // namespace golanes::rt

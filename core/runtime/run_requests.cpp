// What a watcher asks of a run: a wish on the control page, and a ring at its door.
#include "core/runtime/run.h"
#include "core/trace/region.h"

namespace golanes::rt {

void request_procs(trace::Control& control, int procs) {
    control.wanted_procs.store(static_cast<std::uint32_t>(procs), std::memory_order_relaxed);
    trace::notify_control(control);
}

void request_cpus(trace::Control& control, int cpus) {
    control.wanted_cpus.store(static_cast<std::uint32_t>(cpus), std::memory_order_relaxed);
    trace::notify_control(control);
}

void request_hold(trace::Control& control, bool hold) {
    control.hold.store(hold ? 1 : 0, std::memory_order_relaxed);
    trace::notify_control(control);
}

void request_stop(trace::Control& control) {
    control.stop.store(1, std::memory_order_relaxed);
    trace::notify_control(control);
}

}  // namespace golanes::rt

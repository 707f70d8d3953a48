#include "app/replay_log.h"

#include <algorithm>

#include "app/replay_token.h"
#include "core/runtime/this_machine.h"

namespace golanes::app {

ReplayLog::ReplayLog(const RunPlan& plan,
                     const rt::RunSettings& run,
                     const trace::Control& control,
                     const trace::ControlValues& values,
                     rt::Tracer& tracer)
    : plan_(plan), run_(&run), control_(&control), values_(&values), tracer_(&tracer) {}

void ReplayLog::prepare() {
    has_begun_ = false;
    plan_.settings.changes.clear();
    plan_.settings.scheduler = run_->scheduler;
    // Relaxed: one number; begin() reads what the run really has.
    if (const std::uint32_t procs = control_->wanted_procs.load(std::memory_order_relaxed);
        procs != 0)
        plan_.settings.scheduler.procs = std::clamp(static_cast<int>(procs), 1, kMaxProcs);
    read_values();
}

void ReplayLog::begin() {
    if (!plan_.settings.is_virtual)
        return;
    rt::Scheduler& scheduler = *rt::this_machine()->scheduler;
    if (!changed(rt::ChangeKind::Procs))
        plan_.settings.scheduler.procs = scheduler.procs();
    if (!changed(rt::ChangeKind::Value))
        read_values();
    has_begun_ = true;
    record(scheduler.engine().now());
}

void ReplayLog::change(const rt::LiveChange& change) {
    plan_.settings.changes.push_back(change);
    if (has_begun_)
        record(static_cast<std::uint64_t>(run_->virtual_start + change.at));
}

std::string ReplayLog::token() const {
    return replay_token(plan_);
}

// Straight into the ring: a run that is stepped through does not stand at its own token.
void ReplayLog::record(std::uint64_t ticks) {
    trace::Emitter& emitter = *tracer_->emitter(0);
    emitter.begin_visit_at(ticks);
    trace::Event event;
    event.time = ticks;
    event.a = run_->number;
    event.type = trace::EventType::ReplayToken;
    event.arg = tracer_->names().string(token());
    emitter.put(event);
    emitter.end_visit();
}

void ReplayLog::read_values() {
    for (std::size_t i = 0; i < plan_.values.size(); ++i)
        plan_.values[i] = (*values_)[i].load(std::memory_order_relaxed);  // one number each
}

bool ReplayLog::changed(rt::ChangeKind kind) const {
    return std::ranges::any_of(plan_.settings.changes,
                               [&](const rt::LiveChange& change) { return change.kind == kind; });
}

}  // namespace golanes::app

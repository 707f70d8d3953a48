// The session's steps: holding a run, leading a virtual one to a place, branching it, its pace.
#include <utility>

#include "app/replay_token.h"
#include "app/run_policies.h"
#include "app/session_client.h"

namespace golanes::app {

void SessionClient::on(const ui::command::HoldRun& c) {
    if (live_ == nullptr || !frame_.live)
        return;
    rt::request_hold(live_->control(), c.hold);
    if (!c.hold && frame_.run.is_virtual)  // it may stand at a step
        trace::request_step(live_->control(), trace::StepKind::Free, 0);
}

void SessionClient::on(const ui::command::StepRun& c) {
    if (live_ == nullptr || !frame_.live || !frame_.run.is_virtual)
        return;
    trace::request_step(live_->control(), trace::StepKind::UntilEvent, c.mask);
    rt::request_hold(live_->control(), false);
}

void SessionClient::on(const ui::command::RunTo& c) {
    if (live_ == nullptr || !frame_.live || !frame_.run.is_virtual)
        return;
    trace::request_step(
        live_->control(), trace::StepKind::UntilTime, static_cast<std::uint64_t>(c.time));
    rt::request_hold(live_->control(), false);
}

void SessionClient::on(const ui::command::SetPace& c) {
    frame_.run.pace_per_million = c.per_million;
    set_live_pace();
}

void SessionClient::set_live_pace() {
    if (live_ == nullptr || !frame_.live || !frame_.run.is_virtual)
        return;
    const std::int64_t pace = frame_.run.pace_per_million;
    live_->control().pace.store(pace == 0 ? trace::kPaceUnlimited : pace,
                                std::memory_order_relaxed);  // one number, read between steps
    trace::notify_control(live_->control());
}

void SessionClient::on(const ui::command::Branch& c) {
    auto plan = read_replay_token(c.token);
    if (!plan.ok())
        return notify(ui::Notice::Kind::Error, plan.error().message);
    plan_ = std::move(plan).value();
    plan_.same_seed = true;
    // Standing is the step's business: a hold or a stop that was made there would go on for ever.
    auto& changes = plan_.settings.changes;
    while (!changes.empty() && (changes.back().kind == rt::ChangeKind::Hold ||
                                changes.back().kind == rt::ChangeKind::Stop))
        changes.pop_back();
    show_plan();
    frame_.run.policies = policies_of(plan_.settings);
    show_changes();
    start_plan(c.event_number != 0
                   ? StepRequest{trace::StepKind::UntilNumber, c.event_number}
                   : StepRequest{trace::StepKind::UntilTime, static_cast<std::uint64_t>(c.time)});
}

// The knobs stand as the plan's live changes leave them.
void SessionClient::show_changes() {
    for (const rt::LiveChange& change : plan_.settings.changes) {
        if (change.kind == rt::ChangeKind::Procs)
            frame_.run.procs = static_cast<int>(change.value);
        else if (change.kind == rt::ChangeKind::Value && change.index < frame_.run.values.size())
            frame_.run.values[change.index] = change.value;
        else if (change.kind == rt::ChangeKind::Policy)
            frame_.run.policies[change.index] = change.value;
    }
}

// From here on the person watches again. The page says what is in force, so that a knob that goes
// back to what it was at the beginning is a change, too.
void SessionClient::arrive_at_branch() {
    set_live_pace();
    for (std::size_t i = 0; i < frame_.run.values.size(); ++i)
        live_->control().values[i].store(frame_.run.values[i], std::memory_order_relaxed);
    trace::notify_control(live_->control());
}

}  // namespace golanes::app

// The session's comparison: the second run follows when the first is there.
#include <algorithm>
#include <utility>

#include "app/session_client.h"
#include "core/model/run_comparison.h"
#include "ui/panels/tr.h"

namespace golanes::app {

void SessionClient::on(const ui::command::CompareRun& c) {
    twin_.reset();
    wanted_twin_ = c;
    frame_.twin = {};
    frame_.twin.phase = ui::TwinView::Phase::Waiting;
}

void SessionClient::on(const ui::command::CompareFile& c) {
    const model::RunInfo* first = model::last_ended_run(frame_.timeline);
    wanted_twin_.reset();
    frame_.twin = {};
    if (first == nullptr)
        return fail_twin(ui::tr("No run has ended yet: there is nothing to compare."));
    frame_.twin.first_run = first->number;
    twin_ = TwinRun::open(c.path, [this] { news(); });
}

void SessionClient::on(const ui::command::StopComparing& /*c*/) {
    end_twin();
}

void SessionClient::end_twin() {
    twin_.reset();
    wanted_twin_.reset();
    frame_.twin = {};
}

void SessionClient::fail_twin(std::string why) {
    frame_.twin.phase = ui::TwinView::Phase::Failed;
    frame_.twin.error = std::move(why);
}

// The plan of the run that is watched says more than its recording: what its operations cost, and
// how its stacks grow.
Result<RunPlan> SessionClient::plan_of_first(const model::RunInfo& run) const {
    if (live_ == nullptr || !run.replay.empty())
        return plan_like(frame_.timeline, run);
    RunPlan plan = plan_;
    plan.values = frame_.run.values;
    plan.settings.scheduler.procs = std::max(1, frame_.timeline.procs_at(run.end - 1));
    return plan;
}

// A run that goes on is stopped once one has ended: two real runs never share the machine, and the
// first stays what it is.
void SessionClient::begin_twin() {
    const model::RunInfo* first = model::last_ended_run(frame_.timeline);
    if (frame_.live) {
        if (first != nullptr)
            live_->ask_to_stop();
        return;
    }
    const ui::command::CompareRun change = *std::exchange(wanted_twin_, std::nullopt);
    if (first == nullptr)
        return fail_twin(ui::tr("No run has ended yet: there is nothing to compare."));
    auto like = plan_of_first(*first);
    if (!like.ok())
        return fail_twin(like.error().message);
    const auto plan = changed_plan(std::move(like).value(), change);
    if (!plan.ok())
        return fail_twin(plan.error().message);
    auto twin = TwinRun::record(
        plan.value(), [this] { news(); }, program_);
    if (!twin.ok())
        return fail_twin(twin.error().message);
    frame_.twin.first_run = first->number;
    twin_ = std::move(twin).value();
}

void SessionClient::look_after_twin() {
    if (wanted_twin_)
        begin_twin();
    if (twin_ == nullptr)
        return;
    const std::uint32_t first = frame_.twin.first_run;
    frame_.twin = twin_->poll();
    frame_.twin.first_run = first;
}

}  // namespace golanes::app

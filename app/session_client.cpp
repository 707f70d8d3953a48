#include "app/session_client.h"

#include <algorithm>
#include <ctime>
#include <utility>

#include <fmt/format.h>

#include "app/replay_token.h"
#include "app/run_loop.h"
#include "app/run_policies.h"
#include "app/scenario_sources.h"
#include "app/window/main_loop.h"
#include "core/model/statistics.h"
#include "core/runtime/real_engine.h"
#include "scenarios/registry.h"
#include "ui/panels/tr.h"

namespace golanes::app {
namespace {

constexpr const char* kFirstScenario = "alternate";

DurationNs cpu_time_of_this_process() {
    timespec time{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return DurationNs{time.tv_sec} * kSecond + time.tv_nsec;
}

const model::RunInfo* last_finished_run(std::span<const model::RunInfo> runs) {
    for (auto run = runs.rbegin(); run != runs.rend(); ++run) {
        if (run->end >= 0)
            return &*run;
    }
    return nullptr;
}

}  // namespace

SessionClient::SessionClient(std::vector<std::string> files,
                             ui::Language language,
                             std::string program)
    : program_(std::move(program)), to_open_(std::move(files)) {
    for (const scenarios::Entry& entry : scenarios::all())
        frame_.scenarios.push_back(entry.scenario);
    frame_.source = scenario_source;
    frame_.language = language;
    frame_.machine_cpus = rt::usable_cpus();
    if (to_open_.empty())
        on(ui::command::SelectScenario{kFirstScenario});
    else
        open_next();
}

SessionClient::~SessionClient() {
    if (loading_.valid())
        loading_.wait();
}

void SessionClient::news() {
    news_.fetch_add(1, std::memory_order_relaxed);
    wake_window();
}

void SessionClient::notify(ui::Notice::Kind kind, std::string text) {
    frame_.notices.push_back({kind, std::move(text)});
    news();
}

// --- A frame

model::Timeline SessionClient::timeline() const {
    return live_ != nullptr ? live_->recorder().timeline() : opened_;
}

bool SessionClient::is_unsaved() const {
    if (live_ == nullptr || live_->recorder().timeline().empty())
        return false;
    return !is_saved_ || live_->recorder().version() != saved_version_;
}

ui::FrameInput SessionClient::frame_input() {
    look_after_run();
    look_after_loader();
    if (trials_ != nullptr)
        frame_.trials = trials_->poll();
    look_after_lessons();
    frame_.timeline = timeline();
    look_after_twin();
    if (const auto runs = frame_.timeline.runs(); !runs.empty())
        frame_.run.seed = runs.back().seed;
    frame_.unsaved = is_unsaved();
    refresh_meters();
    return frame_;
}

void SessionClient::look_after_run() {
    if (live_ == nullptr)
        return;
    if (live_->poll_end()) {
        if (!frame_.live)
            return;
        frame_.live = false;
        frame_.run.phase = live_->has_crashed() ? ui::RunPhase::Crashed : ui::RunPhase::Ended;
        frame_.run.ended_text = live_->end_text();
        meters_at_ = 0;
        return;
    }
    const auto phase =
        static_cast<trace::ChildPhase>(live_->control().phase.load(std::memory_order_relaxed));
    if (phase == trace::ChildPhase::Starting)
        frame_.run.phase = ui::RunPhase::Starting;
    else
        frame_.run.phase =
            phase == trace::ChildPhase::Held ? ui::RunPhase::Held : ui::RunPhase::Running;
    if (frame_.run.phase != ui::RunPhase::Held)
        return;
    frame_.run.virtual_now =
        static_cast<TimeNs>(live_->control().virtual_now.load(std::memory_order_relaxed));
    if (std::exchange(branches_, false))
        arrive_at_branch();
}

std::uint64_t SessionClient::event_count() const {
    const recording::Snapshot& recording = frame_.timeline.recording();
    return recording.event_count() + recording.honesty.shed;
}

// The status bar changes at most once a second: changing digits keep an idle window from sleeping.
// A run that stands says what it stands at.
void SessionClient::refresh_meters() {
    const TimeNs now = monotonic_ns();
    if (frame_.run.phase != ui::RunPhase::Running)
        frame_.meters.events = event_count();
    if (meters_at_ != 0 && now - meters_at_ < kSecond)
        return;
    const DurationNs cpu = cpu_time_of_this_process();
    if (meters_at_ != 0)
        frame_.meters.window_cpu =
            static_cast<double>(cpu - cpu_at_) / static_cast<double>(now - meters_at_);
    meters_at_ = now;
    cpu_at_ = cpu;
    const model::Timeline& timeline = frame_.timeline;
    const recording::Snapshot& recording = timeline.recording();
    frame_.meters.events = event_count();
    frame_.meters.lost = recording.honesty.lost;
    frame_.meters.cpus = timeline.cpus_at(timeline.end());
    frame_.meters.procs =
        timeline.empty() ? frame_.run.procs : timeline.procs_at(timeline.end() - 1);
    if (live_ != nullptr && frame_.live)
        frame_.meters.procs = frame_.run.procs;
    if (const model::RunInfo* run = last_finished_run(timeline.runs()); run != nullptr)
        frame_.meters.parallelism = model::statistics(timeline, run->begin, run->end).parallelism;
}

// --- Runs

void SessionClient::end_live_run() {
    end_twin();  // its first run goes with it
    live_.reset();
    frame_.live = false;
    is_saved_ = false;
}

// The plan becomes what the knobs say.
void SessionClient::adopt_knobs() {
    plan_.settings.changes.clear();
    plan_.settings.scheduler.procs = frame_.run.procs;
    plan_.settings.is_virtual = frame_.run.is_virtual;
    plan_.settings.cpus = frame_.run.is_virtual ? frame_.run.cores : frame_.run.cpus;
    plan_.values = frame_.run.values;
    charge_machine_costs(plan_);
    apply_policies(frame_.run.policies, plan_.settings);
}

void SessionClient::start_run() {
    adopt_knobs();
    plan_.settings.scheduler.seed = fresh_seed();
    plan_.same_seed = false;
    start_plan();
}

void SessionClient::start_plan(const std::optional<StepRequest>& first) {
    if (plan_.entry == nullptr)
        return;
    end_live_run();
    opened_ = {};
    frame_.file.clear();
    frame_.run.ended_text.clear();
    frame_.run.virtual_now = 0;
    branches_ = first.has_value();
    auto run = LiveRun::start(
        plan_,
        [this] { news(); },
        [&](trace::Control& control) {
            if (!first)
                return;
            control.pace.store(trace::kPaceUnlimited, std::memory_order_relaxed);
            trace::request_step(control, first->kind, first->argument, first->count);
        },
        program_);
    if (!run.ok()) {
        frame_.run.phase = ui::RunPhase::None;
        return notify(ui::Notice::Kind::Error, run.error().message);
    }
    live_ = std::move(run).value();
    frame_.live = true;
    frame_.run.seed = plan_.settings.scheduler.seed;
    frame_.run.phase = ui::RunPhase::Starting;
    if (!branches_)
        set_live_pace();
    meters_at_ = 0;
}

// The knobs stand as the plan says.
void SessionClient::show_plan() {
    frame_.run.scenario = plan_.entry->scenario->id;
    frame_.run.values = plan_.values;
    frame_.run.procs = plan_.settings.scheduler.procs;
    frame_.run.is_virtual = plan_.settings.is_virtual;
    frame_.run.cores = plan_.settings.is_virtual ? plan_.settings.cpus : 0;
}

void SessionClient::on(const ui::command::SelectScenario& c) {
    RunOptions options;
    options.scenario = c.id;
    options.procs = frame_.run.scenario.empty() ? 0 : frame_.run.procs;
    auto plan = plan_run(options);
    if (!plan.ok())
        return notify(ui::Notice::Kind::Error, plan.error().message);
    plan->settings.is_virtual = frame_.run.is_virtual && !plan->entry->scenario->real_only;
    plan_ = std::move(plan).value();
    show_plan();
    start_run();
}

void SessionClient::on(const ui::command::SetPolicy& c) {
    if (c.index >= frame_.run.policies.size())
        return;
    frame_.run.policies[c.index] = c.value;
    const bool acts_at_once =
        catalog::policies()[c.index].knob.takes == catalog::Takes::Live && frame_.run.is_virtual;
    if (live_ == nullptr || !frame_.live || !acts_at_once)
        return;
    live_->control().policies[c.index].store(c.value + 1, std::memory_order_relaxed);
    trace::notify_control(live_->control());
}

void SessionClient::on(const ui::command::SetSeed& c) {
    frame_.run.seed = c.seed;
    on(ui::command::RunAgain{});
}

void SessionClient::on(const ui::command::RunAgain& /*c*/) {
    if (plan_.entry == nullptr)
        return;
    adopt_knobs();
    plan_.settings.scheduler.seed = frame_.run.seed;
    plan_.same_seed = true;
    start_plan();
}

void SessionClient::on(const ui::command::RunToken& c) {
    auto plan = read_replay_token(c.token);
    if (!plan.ok())
        return notify(ui::Notice::Kind::Error, plan.error().message);
    plan_ = std::move(plan).value();
    plan_.same_seed = true;
    show_plan();
    frame_.run.policies = policies_of(plan_.settings);
    start_plan();
}

void SessionClient::on(const ui::command::SetParameter& c) {
    if (c.index >= frame_.run.values.size())
        return;
    frame_.run.values[c.index] = c.value;
    if (live_ == nullptr || !frame_.live)
        return;
    live_->control().values[c.index].store(
        c.value, std::memory_order_relaxed);  // one number, see catalog::Values
    trace::notify_control(live_->control());
}

void SessionClient::on(const ui::command::SetProcs& c) {
    frame_.run.procs = std::clamp(c.procs, 1, kMaxProcs);
    if (live_ != nullptr && frame_.live)
        rt::request_procs(live_->control(), frame_.run.procs);
}

void SessionClient::on(const ui::command::SetCpus& c) {
    if (frame_.run.is_virtual)
        return;
    frame_.run.cpus = std::clamp(c.cpus, 1, frame_.machine_cpus);
    if (live_ != nullptr && frame_.live)
        rt::request_cpus(live_->control(), frame_.run.cpus);
}

void SessionClient::on(const ui::command::SetEngine& c) {
    if (plan_.entry == nullptr)
        return;
    if (c.is_virtual && plan_.entry->scenario->real_only)
        return notify(ui::Notice::Kind::Info, ui::tr("This scenario needs the real engine."));
    frame_.run.is_virtual = c.is_virtual;
    plan_.settings.is_virtual = c.is_virtual;
    start_run();
}

void SessionClient::on(const ui::command::StartRun& /*c*/) {
    start_run();
}

void SessionClient::on(const ui::command::StopRun& /*c*/) {
    if (live_ != nullptr && frame_.live)
        live_->ask_to_stop();
}

// The run that is watched goes on with what it has: the count takes the knobs as they stand now.
void SessionClient::on(const ui::command::CountOutcomes& c) {
    if (plan_.entry == nullptr)
        return;
    const RunPlan watched = plan_;
    adopt_knobs();
    RunPlan counted = std::exchange(plan_, watched);
    counted.settings.scheduler.seed = fresh_seed();
    trials_.reset();
    auto trials = TrialCounter::start(counted, c, program_, [this] { news(); });
    if (!trials.ok())
        return notify(ui::Notice::Kind::Error, trials.error().message);
    trials_ = std::move(trials).value();
}

void SessionClient::on(const ui::command::StopCounting& /*c*/) {
    if (trials_ != nullptr)
        trials_->stop();
}

// --- The window

void SessionClient::on(const ui::command::DismissNotice& c) {
    if (c.index < frame_.notices.size())
        frame_.notices.erase(frame_.notices.begin() + static_cast<std::ptrdiff_t>(c.index));
}

void SessionClient::on(const ui::command::SetLanguage& c) {
    frame_.language = c.language;
}

void SessionClient::on(const ui::command::SetTheme& c) {
    frame_.theme = c.theme;
}

void SessionClient::on(const ui::command::SetScale& c) {
    frame_.scale = c.scale;
}

void SessionClient::on(const ui::command::Quit& c) {
    if (c.even_unsaved || !is_unsaved())
        quits_ = true;
    else
        frame_.quit_asked = true;
}

void SessionClient::on(const ui::command::CancelQuit& /*c*/) {
    frame_.quit_asked = false;
    frame_.replace_asked = false;
    waiting_.clear();
}

void SessionClient::on(const ui::command::Replace& /*c*/) {
    frame_.replace_asked = false;
    for (const ui::Command& command : std::exchange(waiting_, {}))
        std::visit([this](const auto& c) { on(c); }, command);
}

bool SessionClient::must_wait(const ui::Command& command) {
    const bool replaces = std::holds_alternative<ui::command::SelectScenario>(command) ||
                          std::holds_alternative<ui::command::Open>(command) ||
                          std::holds_alternative<ui::command::RunToken>(command) ||
                          std::holds_alternative<ui::command::RunWords>(command);
    if (!replaces || !is_unsaved())
        return false;
    const auto* token = std::get_if<ui::command::RunToken>(&command);
    if (token != nullptr && !read_replay_token(token->token).ok())
        return false;  // it replaces nothing: it is refused
    waiting_.push_back(command);
    frame_.replace_asked = true;
    return true;
}

void SessionClient::close_requested() {
    on(ui::command::Quit{false});
}

void SessionClient::act(const ui::Command& command) {
    if (!must_wait(command))
        std::visit([this](const auto& c) { on(c); }, command);
    news();
}

}  // namespace golanes::app

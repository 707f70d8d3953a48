#include "tests/ui/sample.h"

#include <array>
#include <memory>
#include <span>

#include "core/model/builder.h"

namespace golanes::ui {
namespace {

using catalog::ParameterKind;
using catalog::Takes;
using trace::EventType;

const catalog::Scenario& pool() {
    static const catalog::Scenario scenario{
        .id = "pool",
        .title = {"Workers share a queue", "多个工人共用一个队列"},
        .summary = {"Four workers take ten tasks from a channel.", "四个工人从通道里取十个任务。"},
        .group = "channels",
        .parameters =
            {
                {.name = "workers",
                 .title = {"Workers", "工人"},
                 .kind = ParameterKind::Integer,
                 .minimum = 1,
                 .maximum = 16,
                 .standard = 4},
                {.name = "work",
                 .title = {"Time of a task", "每个任务的时间"},
                 .kind = ParameterKind::Duration,
                 .minimum = 10 * kMicrosecond,
                 .maximum = 100 * kMillisecond,
                 .standard = kMillisecond,
                 .takes = Takes::Live},
                {.name = "close",
                 .title = {"Close the channel", "关闭通道"},
                 .kind = ParameterKind::Switch,
                 .maximum = 1,
                 .standard = 1},
                {.name = "cure",
                 .title = {"Cure", "对策"},
                 .kind = ParameterKind::Choice,
                 .maximum = 2,
                 .choices = {"none", "mutex", "atomic"}},
            },
    };
    return scenario;
}

const catalog::Scenario& real_only() {
    static const catalog::Scenario scenario{
        .id = "real",
        .title = {"Threads of the machine", "机器的线程"},
        .summary = {"Only on the real engine.", "只能用真实引擎。"},
        .group = "host",
        .real_only = true,
    };
    return scenario;
}

const catalog::Scenario& plain() {
    static const catalog::Scenario scenario{
        .id = "plain",
        .title = {"One goroutine", "一个协程"},
        .summary = {"It prints a line.", "它打印一行。"},
        .group = "channels",
    };
    return scenario;
}

/// Writes the events of a run one after another.
class Script {
 public:
    void at(TimeNs time) { time_ = static_cast<std::uint64_t>(time); }

    void add(
        EventType type, std::uint32_t a, ProcId p, std::uint8_t flags = 0, std::uint64_t arg = 0) {
        const bool counted = trace::is_goroutine_event(type);
        const bool of_proc = trace::is_proc_event(type);
        std::uint32_t seq = 0;
        if (counted)
            seq = ++goroutine_seq_[a];
        else if (of_proc)
            seq = ++proc_seq_[p];
        events_.push_back({.time = time_,
                           .a = a,
                           .seq = seq,
                           .type = type,
                           .flags = flags,
                           .cpu = p,
                           .p = p,
                           .arg = arg});
    }

    [[nodiscard]] const std::vector<trace::Event>& events() const { return events_; }

 private:
    std::uint64_t time_ = 0;
    std::array<std::uint32_t, 8> goroutine_seq_{};
    std::array<std::uint32_t, 8> proc_seq_{};
    std::vector<trace::Event> events_;
};

constexpr std::uint8_t kRing = static_cast<std::uint8_t>(trace::QueueKind::Ring);
constexpr std::uint8_t kGlobal = static_cast<std::uint8_t>(trace::QueueKind::Global);

std::vector<trace::Event> sample_events(bool has_token) {
    Script script;
    script.add(EventType::RunBegin, 1, kNoProc);
    if (has_token)
        script.add(EventType::ReplayToken, 1, kNoProc, 0, 1);
    script.add(EventType::ProcCount, 2, kNoProc);
    script.add(EventType::ProcStart, 1, 0);
    script.add(EventType::ProcStart, 2, 1);
    script.add(EventType::GoCreate, 1, 0, kRing, trace::pack_pair(0, 0));
    script.at(10 * kMicrosecond);
    script.add(EventType::GoStart, 1, 0, kRing, 0);
    script.at(kMillisecond);
    script.add(EventType::GoCreate, 2, 0, kRing, trace::pack_pair(1, 1));
    script.add(EventType::GoCreate, 3, 0, kGlobal, trace::pack_pair(1, 0));
    script.at(1100 * kMicrosecond);
    script.add(EventType::GoStart, 3, 1, kGlobal, 0);
    script.at(2 * kMillisecond);
    script.add(
        EventType::GoBlock, 1, 0, static_cast<std::uint8_t>(trace::WaitReason::WaitGroupWait));
    script.add(EventType::GoStart, 2, 0, kRing, 1);
    script.at(8 * kMillisecond);
    script.add(EventType::GoEnd, 2, 0);
    script.at(9 * kMillisecond);
    script.add(EventType::GoUnblock, 1, 1, kRing, trace::pack_pair(3, 0));
    script.add(EventType::GoEnd, 3, 1);
    script.add(EventType::GoStart, 1, 1, kRing, 0);
    script.at(10 * kMillisecond);
    script.add(EventType::GoEnd, 1, 1);
    script.add(EventType::RunEnd, 1, kNoProc, static_cast<std::uint8_t>(trace::RunStatus::Ok));
    return script.events();
}

}  // namespace

std::vector<const catalog::Scenario*> sample_scenarios() {
    return {&pool(), &real_only(), &plain()};
}

namespace {

recording::Snapshot recorded(const std::vector<trace::Event>& events, const std::string& token) {
    recording::Meta meta;
    meta.scenario = "pool";
    meta.title = "Workers share a queue";
    recording::Recording recording(meta);
    auto names = std::make_shared<trace::Names>();
    names->strings.push_back(token);
    recording.set_names(names);
    recording.append(events);
    recording.publish();
    return recording.snapshot();
}

}  // namespace

recording::Snapshot sample_recording(const std::string& token) {
    return recorded(sample_events(!token.empty()), token);
}

model::Timeline growing_timeline(const std::string& token) {
    std::vector<trace::Event> events = sample_events(!token.empty());
    events.front().flags = 1;  // virtual
    events.pop_back();
    return model::build_timeline(recorded(events, token));
}

std::pair<model::Timeline, model::Timeline> growing_and_whole_timeline() {
    std::vector<trace::Event> events = sample_events(false);
    events.front().flags = 1;  // virtual
    recording::Recording recording{recording::Meta()};
    recording.set_names(std::make_shared<trace::Names>());
    const std::span all(events);
    recording.append(all.first(all.size() - 1));
    recording.publish();
    model::Timeline growing = model::build_timeline(recording.snapshot());
    recording.append(all.last(1));
    recording.publish();
    return {std::move(growing), model::build_timeline(recording.snapshot())};
}

model::Timeline sample_timeline(const std::string& token) {
    return model::build_timeline(sample_recording(token));
}

model::Timeline slowed_timeline(std::int64_t ms) {
    std::vector<trace::Event> events = sample_events(false);
    for (trace::Event& event : events)
        event.time = event.time * static_cast<std::uint64_t>(ms) / 10;  // the sample takes 10 ms
    return model::build_timeline(recorded(events, {}));
}

FrameInput sample_input() {
    FrameInput input;
    input.scenarios = sample_scenarios();
    input.run.scenario = "pool";
    input.run.values = {4, kMillisecond, 1, 0};
    input.run.procs = 2;
    input.run.phase = RunPhase::Running;
    input.meters = {.events = 12'345,
                    .lost = 0,
                    .procs = 2,
                    .cpus = 2,
                    .parallelism = 1.42,
                    .window_cpu = 0.07};
    input.timeline = sample_timeline();
    input.live = true;
    input.unsaved = true;
    return input;
}

}  // namespace golanes::ui

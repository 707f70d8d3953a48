#include "core/model/critical_path.h"

#include <algorithm>

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

// Goes backwards from event to event of one goroutine, then of the one that set it going.
class Walk {
 public:
    Walk(GoroutineId goroutine, TimeNs end) : goroutine_(goroutine), end_(end) {}

    /// False: the path ends here.
    bool read(std::uint64_t number, const Event& event) {
        if (event.type == EventType::RunBegin) {
            is_whole_ = true;
            return false;
        }
        if (event.a != goroutine_)
            return true;
        switch (event.type) {
            case EventType::GoStart:
                add(PathKind::Runs, number, event);
                break;
            case EventType::GoStop:
                add(PathKind::WaitsForP, number, event);
                break;
            case EventType::GoUnblock:
            case EventType::GoCreate:
                add(PathKind::WaitsForP, number, event);
                return go_over(event);
            case EventType::GoBlock:
                add(PathKind::Sleeps, number, event);
                break;
            case EventType::BlockingBegin:
                add(PathKind::Blocks, number, event);
                break;
            default:
                break;
        }
        return true;
    }

    CriticalPath path(std::uint32_t run) && {
        std::reverse(steps_.begin(), steps_.end());
        return {run, std::move(steps_), is_whole_};
    }

 private:
    bool go_over(const Event& event) {
        const GoroutineId cause = trace::high_half(event.arg);
        if (cause != 0)
            goroutine_ = cause;
        else if (event.type == EventType::GoCreate)
            is_whole_ = event.a == 1;  // a timer made it, or it is main
        return cause != 0 || event.type != EventType::GoCreate;
    }

    // Stretches of no length say nothing, but a goroutine that did something is a step.
    void add(PathKind kind, std::uint64_t number, const Event& event) {
        const auto start = static_cast<TimeNs>(event.time);
        if (start < end_ || kind == PathKind::Runs)
            steps_.push_back({kind, goroutine_, start, end_, number, event.where});
        end_ = std::min(end_, start);
    }

    GoroutineId goroutine_;
    TimeNs end_;
    std::vector<PathStep> steps_;
    bool is_whole_ = false;
};

bool is_of_goroutine(const Event& event) {
    return event.a != 0 && trace::info_of(event.type).a == "goroutine";
}

}  // namespace

DurationNs CriticalPath::time(PathKind kind) const {
    DurationNs sum = 0;
    for (const PathStep& step : steps)
        sum += step.kind == kind ? step.length() : 0;
    return sum;
}

CriticalPath critical_path(const Timeline& timeline, std::uint64_t event) {
    const recording::Snapshot& recording = timeline.recording();
    if (event < recording.first_index() || event >= recording.end_index())
        return {};
    const Event& last = recording.event(event);
    const RunInfo* run = timeline.run_at(static_cast<TimeNs>(last.time));
    // Of a run's first event the path is that event: it does not lead into the run before.
    const bool begins = last.type == EventType::RunBegin;
    Walk walk(is_of_goroutine(last) ? last.a : 1, static_cast<TimeNs>(last.time));
    std::uint64_t i = begins ? recording.first_index() : event + 1;
    while (i > recording.first_index() && walk.read(i - 1, recording.event(i - 1)))
        --i;
    return std::move(walk).path(run == nullptr ? 0 : run->number);
}

}  // namespace golanes::model

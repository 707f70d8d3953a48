// Timeline's run queues: their lengths over time, and their contents at one moment.
#include <algorithm>

#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

using Steps = std::vector<QueueLengthStep>;

// Adds the steps of one segment in [t0, t1); before the first of all the one in force at t0.
void add_steps(Steps& all,
               const QueueSteps& segment,
               QueueLengthStep at_begin,
               TimeNs t0,
               TimeNs t1,
               DurationNs blur) {
    const auto steps = segment.steps;
    const auto from = std::partition_point(
        steps.begin(), steps.end(), [&](const QueueLengthStep& step) { return step.time < t0; });
    if (all.empty())
        all.push_back(from == steps.begin() ? at_begin : *(from - 1));
    for (auto i = static_cast<std::size_t>(from - steps.begin());
         i < steps.size() && steps[i].time < t1;) {
        const std::size_t block = i / kBlockSteps;
        const std::size_t next = i + kBlockSteps;  // its last step's length lasts until there
        const bool is_brief = i % kBlockSteps == 0 && block < segment.longest.size() &&
                              next < steps.size() && steps[next].time < t1 &&
                              steps[next].time - steps[i].time <= blur;
        all.push_back(steps[i]);
        if (is_brief)
            all.back().length = segment.longest[block];
        i = is_brief ? next : i + 1;
    }
}

Steps open_steps(const TimelineData& data, trace::QueueId queue) {
    Steps steps;
    const std::size_t number = queue_number(queue);
    std::uint32_t i = number < data.step_ends.size() ? data.step_ends[number] : kNoSpan;
    for (; i != kNoSpan; i = data.open->steps[i].previous)
        steps.push_back(data.open->steps[i].value);
    std::reverse(steps.begin(), steps.end());
    return steps;
}

// The state before event `end`: the one kept at the segment's start, and the chunk's events on top.
QueueState replay(const TimelineData& data,
                  const QueueState& before,
                  std::uint64_t first_event,
                  std::uint64_t end) {
    QueueState state = before;
    const recording::Snapshot& recording = *data.recording;
    for (std::size_t i = 0; i < recording.chunks.size(); ++i) {
        if (recording.chunks[i]->first_index() != first_event)
            continue;
        const auto events = recording.events(i);
        const std::size_t count = std::min<std::uint64_t>(events.size(), end - first_event);
        for (const trace::Event& event : events.first(count))
            state.apply(event);
    }
    return state;
}

Queues queues_of(const QueueState& state) {
    Queues result;
    result.global = state.global().contents();
    for (int p = 0; p < state.proc_count(); ++p) {
        const QueueState::Proc& proc = *state.find(static_cast<ProcId>(p));
        result.procs.push_back({static_cast<ProcId>(p),
                                proc.running,
                                proc.machine,
                                proc.runnext,
                                proc.ring.contents()});
    }
    return result;
}

}  // namespace

std::vector<QueueLengthStep> Timeline::queue_lengths(trace::QueueId queue,
                                                     TimeNs t0,
                                                     TimeNs t1,
                                                     DurationNs blur) const {
    if (queue.kind != trace::QueueKind::Global)
        queue.kind = trace::QueueKind::Ring;
    Steps result;
    for (const auto& segment : data_->sealed) {
        if (segment->end < t0 || segment->begin >= t1)
            continue;
        add_steps(result,
                  segment->steps_of(queue),
                  {segment->begin, queue, segment->queues.length(queue)},
                  t0,
                  t1,
                  blur);
    }
    const auto& open = data_->open;
    if (!open || open->begin >= t1)
        return result;
    const Steps newest = open_steps(*data_, queue);
    add_steps(result, {newest, {}}, {open->begin, queue, open->queues.length(queue)}, t0, t1, blur);
    return result;
}

Queues Timeline::queues_at(TimeNs t) const {
    if (!data_->open || t < data_->start)
        return {};
    const std::uint64_t after = data_->recording->index_after(t);
    const std::uint64_t first = data_->recording->first_index();
    return after == first ? Queues{} : queues_after(after - 1);
}

Queues Timeline::queues_after(std::uint64_t event) const {
    if (!data_->open || event < data_->recording->first_index())
        return {};
    if (event >= data_->open->first_event)
        return queues_of(replay(*data_, data_->open->queues, data_->open->first_event, event + 1));
    const auto after = std::upper_bound(
        data_->sealed.begin(),
        data_->sealed.end(),
        event,
        [](std::uint64_t number, const auto& one) { return number < one->first_event; });
    if (after == data_->sealed.begin())
        return {};
    const SealedSegment& segment = **(after - 1);
    return queues_of(replay(*data_, segment.queues, segment.first_event, event + 1));
}

}  // namespace golanes::model

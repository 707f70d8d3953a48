// Timeline's run queues: their lengths over time, and their contents at one moment.
#include <algorithm>
#include <array>

#include "core/model/stretch_walk.h"
#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

using Steps = std::vector<QueueLengthStep>;

// Adds the steps of one segment in [t0, t1); before the first of all the one in force at t0.
void add_steps(
    Steps& all, const QueueSteps& segment, QueueLengthStep at_begin, TimeNs t0, TimeNs t1) {
    const auto steps = segment.steps;
    auto at = std::partition_point(
        steps.begin(), steps.end(), [&](const QueueLengthStep& step) { return step.time < t0; });
    if (all.empty())
        all.push_back(at == steps.begin() ? at_begin : *(at - 1));
    for (; at != steps.end() && at->time < t1; ++at)
        all.push_back(*at);
}

Steps open_steps(const TimelineData& data, trace::QueueId queue) {
    Steps steps;
    const std::size_t number = queue_number(queue);
    if (number >= data.step_ends.size() || data.step_ends[number].log == nullptr)
        return steps;
    const StepsEnd& end = data.step_ends[number];
    steps.reserve(end.count);
    end.log->for_each_block(end.count, [&](std::span<const QueueLengthStep> part) {
        steps.insert(steps.end(), part.begin(), part.end());
    });
    return steps;
}

// Calls f with the queue's steps in each segment that touches [t0, t1), and with what was in force
// at the segment's begin.
template <typename F>
void for_each_part(const TimelineData& data, trace::QueueId queue, TimeNs t0, TimeNs t1, F&& f) {
    if (queue.kind != trace::QueueKind::Global)
        queue.kind = trace::QueueKind::Ring;
    const auto first = std::partition_point(data.sealed.begin(),
                                            data.sealed.end(),
                                            [&](const auto& segment) { return segment->end < t0; });
    for (auto at = first; at != data.sealed.end() && (*at)->begin < t1; ++at) {
        const SealedSegment& segment = **at;
        f(segment.steps_of(queue),
          QueueLengthStep{segment.begin, queue, segment.queues.length(queue)});
    }
    const auto& open = data.open;
    if (!open || open->begin >= t1)
        return;
    const Steps newest = open_steps(data, queue);
    f(QueueSteps{newest, {}}, QueueLengthStep{open->begin, queue, open->queues.length(queue)});
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
                                                     TimeNs t1) const {
    Steps result;
    for_each_part(*data_, queue, t0, t1, [&](const QueueSteps& steps, QueueLengthStep at_begin) {
        add_steps(result, steps, at_begin, t0, t1);
    });
    return result;
}

void Timeline::for_each_queue_stretch(trace::QueueId queue,
                                      TimeNs t0,
                                      TimeNs t1,
                                      std::span<const TimeNs> borders,
                                      const std::function<void(const QueueStretch&)>& f) const {
    StretchWalk walk(t0, std::min(t1, end()), borders, f);
    for_each_part(*data_, queue, t0, t1, [&](const QueueSteps& steps, QueueLengthStep at_begin) {
        walk.read(steps, at_begin);
    });
    walk.finish();
}

std::uint32_t Timeline::longest_queue(trace::QueueId queue, TimeNs t0, TimeNs t1) const {
    const std::size_t number = queue_number(queue);
    const auto most_of = [&](const std::vector<std::uint32_t>& most) {
        return number < most.size() ? most[number] : 0;
    };
    const auto is_within = [&](TimeNs begin, TimeNs end) {
        return begin >= t0 && end < t1;
    };
    std::uint32_t longest = 0;
    const auto look = [&](TimeNs begin, TimeNs end) {
        for (const QueueLengthStep& step : queue_lengths(queue, begin, end))
            longest = std::max(longest, step.length);
    };
    for (const auto& segment : data_->sealed) {
        if (is_within(segment->begin, segment->end))
            longest =
                std::max({longest, segment->queues.length(queue), most_of(segment->most_queued)});
        else if (segment->end >= t0 && segment->begin < t1)
            look(std::max(t0, segment->begin), std::min(t1, segment->end + 1));
    }
    const auto& open = data_->open;
    if (open && is_within(open->begin, end()))
        longest = std::max({longest, open->queues.length(queue), most_of(data_->most_queued)});
    else if (open && open->begin < t1)
        look(std::max(t0, open->begin), t1);
    return longest;
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

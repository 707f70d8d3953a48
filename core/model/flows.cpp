#include "core/model/flows.h"

#include <algorithm>
#include <unordered_map>

#include "core/model/queue_state.h"
#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

// A cause as a flow that has not arrived yet.
std::optional<Flow> flow_of(const Event& event, std::uint64_t number) {
    Flow flow;
    switch (event.type) {
        case EventType::GoCreate:
            flow.kind = FlowKind::Spawn;
            break;
        case EventType::GoUnblock:
            flow.kind = FlowKind::Wake;
            break;
        case EventType::GoStop:
            flow.kind = FlowKind::Preempt;
            break;
        default:
            return std::nullopt;
    }
    flow.from_proc = event.p;
    flow.by = event.type == EventType::GoStop ? event.a : trace::high_half(event.arg);
    flow.goroutine = event.a;
    flow.where = event.where;
    flow.time = static_cast<TimeNs>(event.time);
    flow.event = number;
    return flow;
}

// Collects flows, and lets those that are on their way arrive.
class Gatherer {
 public:
    explicit Gatherer(std::size_t limit) : limit_(limit) {}

    [[nodiscard]] bool full() const { return flows_.size() >= limit_; }

    void add(const Flow& flow) {
        if (full())
            return;
        under_way_[flow.goroutine].push_back(flows_.size());
        flows_.push_back(flow);
    }

    void arrive(const Event& event) {
        const auto found = under_way_.find(event.a);
        if (found == under_way_.end())
            return;
        for (const std::size_t i : found->second) {
            flows_[i].to_proc = event.p;
            flows_[i].started = static_cast<TimeNs>(event.time);
        }
        under_way_.erase(found);
    }

    // Those that arrive after the range: their lanes tell when.
    std::vector<Flow> finish(const Timeline& timeline, TimeNs t1) {
        for (const auto& [goroutine, waiting] : under_way_) {
            const LaneId lane{LaneKind::Goroutine, goroutine};
            const auto queued = timeline.span_at(lane, t1 - 1);
            if (!queued || queued->state != State::Runnable)
                continue;
            const auto ran = timeline.span_at(lane, queued->end);
            for (const std::size_t i : waiting) {
                if (ran && ran->state == State::Running && flows_[i].time <= ran->start) {
                    flows_[i].to_proc = ran->p;
                    flows_[i].started = ran->start;
                }
            }
        }
        return std::move(flows_);
    }

 private:
    std::size_t limit_;
    std::vector<Flow> flows_;
    std::unordered_map<GoroutineId, std::vector<std::size_t>> under_way_;
};

// Whom a Move is about to move. The event names places only: the replayed queues know who is there.
std::vector<GoroutineId> moved_by(const Event& event, const QueueState& queues) {
    const trace::QueueId from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
    std::vector<GoroutineId> moved;
    const QueueState::Proc* proc = queues.find(from.p);
    if (from.kind == trace::QueueKind::Runnext && proc != nullptr)
        moved.push_back(proc->runnext);
    const IndexedQueue* list = from.kind == trace::QueueKind::Global ? &queues.global()
                               : from.kind == trace::QueueKind::Ring && proc != nullptr
                                   ? &proc->ring
                                   : nullptr;
    if (list == nullptr)
        return moved;
    const std::uint32_t head = trace::high_half(event.arg);
    const std::uint32_t held = list->length();
    for (std::uint32_t i = 0; i < event.seq && i < held; ++i)
        moved.push_back(list->at(head + i));
    return moved;
}

void add_moves(const Event& event,
               std::uint64_t number,
               const QueueState& queues,
               Gatherer& gatherer) {
    const trace::QueueId from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
    for (const GoroutineId goroutine : moved_by(event, queues)) {
        Flow flow;
        flow.kind = FlowKind::Move;
        flow.move = static_cast<trace::MoveReason>(event.flags);
        flow.from_proc = from.kind == trace::QueueKind::Global ? kNoProc : from.p;
        flow.goroutine = goroutine;
        flow.time = static_cast<TimeNs>(event.time);
        flow.event = number;
        gatherer.add(flow);
    }
}

// The state of the queues at the beginning of a chunk.
const QueueState* queues_at_chunk(const TimelineData& data, std::uint64_t first_event) {
    if (data.open && data.open->first_event == first_event)
        return &data.open->queues;
    const auto found =
        std::find_if(data.sealed.begin(), data.sealed.end(), [&](const auto& segment) {
            return segment->first_event == first_event;
        });
    return found == data.sealed.end() ? nullptr : &(*found)->queues;
}

void read_chunk(const Timeline& timeline,
                std::size_t chunk,
                TimeNs t0,
                TimeNs t1,
                QueueState& queues,
                Gatherer& gatherer) {
    std::uint64_t number = timeline.recording().chunks[chunk]->first_index();
    for (const Event& event : timeline.recording().events(chunk)) {
        const auto time = static_cast<TimeNs>(event.time);
        if (time >= t1 || gatherer.full())
            return;
        if (time >= t0) {
            if (event.type == EventType::GoStart)
                gatherer.arrive(event);
            else if (event.type == EventType::Move)
                add_moves(event, number, queues, gatherer);
            else if (const auto flow = flow_of(event, number))
                gatherer.add(*flow);
        }
        queues.apply(event);
        ++number;
    }
}

}  // namespace

std::vector<Flow> flows(const Timeline& timeline, TimeNs t0, TimeNs t1, std::size_t limit) {
    Gatherer gatherer(limit);
    std::optional<QueueState> queues;
    const recording::Snapshot& all = timeline.recording();
    for (std::size_t i = 0; i < all.chunks.size() && !gatherer.full(); ++i) {
        const auto events = all.events(i);
        if (events.empty() || static_cast<TimeNs>(events.back().time) < t0)
            continue;
        if (static_cast<TimeNs>(events.front().time) >= t1)
            break;
        if (!queues) {
            const QueueState* kept = queues_at_chunk(timeline.data(), all.chunks[i]->first_index());
            queues = kept != nullptr ? *kept : QueueState();
        }
        read_chunk(timeline, i, t0, t1, *queues, gatherer);
    }
    return gatherer.finish(timeline, t1);
}

std::optional<Flow> cause_of(const Timeline& timeline, GoroutineId goroutine, TimeNs t) {
    const recording::Snapshot& recording = timeline.recording();
    std::optional<Event> start;
    for (std::uint64_t i = recording.index_after(t); i > recording.first_index(); --i) {
        const Event& event = recording.event(i - 1);
        if (event.type == EventType::RunBegin)
            return std::nullopt;
        if (event.a != goroutine)
            continue;
        if (event.type == EventType::GoStart && !start)
            start = event;
        auto flow = flow_of(event, i - 1);
        if (!flow)
            continue;
        if (start) {
            flow->to_proc = start->p;
            flow->started = static_cast<TimeNs>(start->time);
        }
        return flow;
    }
    return std::nullopt;
}

std::vector<Flow> effects_of(
    const Timeline& timeline, GoroutineId goroutine, TimeNs t0, TimeNs t1, std::size_t limit) {
    const recording::Snapshot& recording = timeline.recording();
    Gatherer gatherer(limit);
    for (std::uint64_t i = recording.index_after(t0 - 1);
         i < recording.end_index() && !gatherer.full();
         ++i) {
        const Event& event = recording.event(i);
        if (static_cast<TimeNs>(event.time) >= t1)
            break;
        if (event.type == EventType::GoStart)
            gatherer.arrive(event);
        const auto flow = flow_of(event, i);
        if (flow && flow->kind != FlowKind::Preempt && flow->by == goroutine &&
            flow->goroutine != goroutine)
            gatherer.add(*flow);
    }
    return gatherer.finish(timeline, t1);
}

}  // namespace golanes::model

#include "core/model/segment.h"

#include <algorithm>

namespace golanes::model {
namespace {

constexpr std::uint32_t kNoSlot = UINT32_MAX;

void sort_steps(const OpenSegment& open, SealedSegment& sealed) {
    std::vector<std::uint32_t> ends;
    open.steps.for_each(open.steps.size(), [&](const Linked<QueueLengthStep>& step) {
        const std::size_t queue = queue_number(step.value.queue);
        if (queue >= ends.size())
            ends.resize(queue + 1);
        ++ends[queue];
    });
    sealed.step_offsets.assign(ends.size() + 1, 0);
    for (std::size_t i = 0; i < ends.size(); ++i)
        sealed.step_offsets[i + 1] = sealed.step_offsets[i] + ends[i];
    std::vector<std::uint32_t> next(sealed.step_offsets.begin(), sealed.step_offsets.end() - 1);
    sealed.steps.resize(open.steps.size());
    open.steps.for_each(open.steps.size(), [&](const Linked<QueueLengthStep>& step) {
        sealed.steps[next[queue_number(step.value.queue)]++] = step.value;
    });
}

void sum_up_steps(SealedSegment& sealed) {
    sealed.block_offsets.push_back(0);
    for (std::size_t queue = 0; queue + 1 < sealed.step_offsets.size(); ++queue) {
        std::size_t i = sealed.step_offsets[queue];
        for (; i + kBlockSteps <= sealed.step_offsets[queue + 1]; i += kBlockSteps) {
            std::uint32_t longest = 0;
            for (std::size_t k = 0; k < kBlockSteps; ++k)
                longest = std::max(longest, sealed.steps[i + k].length);
            sealed.longest_steps.push_back(longest);
        }
        sealed.block_offsets.push_back(static_cast<std::uint32_t>(sealed.longest_steps.size()));
    }
}

}  // namespace

std::span<const Span> SealedSegment::spans_of(LaneId lane) const {
    return pieces_of(lane).spans;
}

LanePieces SealedSegment::pieces_of(LaneId lane) const {
    const auto at = std::lower_bound(
        lanes.begin(), lanes.end(), lane, [](const LaneRange& range, LaneId wanted) {
            return range.lane < wanted;
        });
    if (at == lanes.end() || at->lane != lane)
        return {};
    LanePieces pieces{{spans.data() + at->first, at->count}, {}};
    if (at->first_cell != UINT32_MAX)
        pieces.cells = std::span(cells).subspan(at->first_cell);
    return pieces;
}

QueueSteps SealedSegment::steps_of(trace::QueueId queue) const {
    const std::size_t number = queue_number(queue);
    if (number + 1 >= step_offsets.size())
        return {};
    const auto part = [&](const auto& all, const std::vector<std::uint32_t>& offsets) {
        return std::span(all).subspan(offsets[number], offsets[number + 1] - offsets[number]);
    };
    return {part(steps, step_offsets), part(longest_steps, block_offsets)};
}

std::uint32_t& Sealer::slot_of(LaneId lane) {
    std::vector<std::uint32_t>& slots = slots_[static_cast<std::size_t>(lane.kind)];
    if (lane.number >= slots.size())
        slots.resize(lane.number + std::size_t{1}, kNoSlot);
    return slots[lane.number];
}

// A counting sort: lanes get a slot at first sight, slots are put into lane order, spans follow.
void Sealer::sort_spans(const OpenSegment& open, SealedSegment& sealed) {
    span_slots_.clear();
    open.spans.for_each(open.spans.size(), [&](const Linked<Span>& span) {
        std::uint32_t& slot = slot_of(span.value.lane);
        if (slot == kNoSlot) {
            slot = static_cast<std::uint32_t>(sealed.lanes.size());
            sealed.lanes.push_back({span.value.lane, 0, 0});
        }
        ++sealed.lanes[slot].count;
        span_slots_.push_back(slot);
    });
    std::vector<std::uint32_t> order(sealed.lanes.size());
    for (std::uint32_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
        return sealed.lanes[a].lane < sealed.lanes[b].lane;
    });
    std::vector<std::uint32_t> next(order.size());
    std::uint32_t first = 0;
    for (const std::uint32_t slot : order) {
        sealed.lanes[slot].first = next[slot] = first;
        first += sealed.lanes[slot].count;
        slot_of(sealed.lanes[slot].lane) = kNoSlot;
    }
    sealed.spans.resize(open.spans.size());
    std::size_t i = 0;
    open.spans.for_each(open.spans.size(), [&](const Linked<Span>& span) {
        sealed.spans[next[span_slots_[i++]]++] = span.value;
    });
    std::sort(sealed.lanes.begin(), sealed.lanes.end(), [](const LaneRange& a, const LaneRange& b) {
        return a.lane < b.lane;
    });
}

std::shared_ptr<const SealedSegment> Sealer::seal(const OpenSegment& open, TimeNs end) {
    auto sealed = std::make_shared<SealedSegment>();
    sealed->first_event = open.first_event;
    sealed->begin = open.begin;
    sealed->end = end;
    sealed->queues = open.queues;
    sealed->tally = open.tally;
    sort_spans(open, *sealed);
    for (LaneRange& lane : sealed->lanes) {
        const CellRange cells =
            add_cells({sealed->spans.data() + lane.first, lane.count}, sealed->cells);
        if (cells.spans > 0)
            lane.first_cell = cells.first;
    }
    sort_steps(open, *sealed);
    sum_up_steps(*sealed);
    sealed->marks.reserve(open.marks.size());
    open.marks.for_each(open.marks.size(),
                        [&](const Mark& mark) { sealed->marks.push_back(mark); });
    open.runs.for_each(open.runs.size(), [&](const auto& run) { sealed->runs.push_back(run); });
    return sealed;
}

}  // namespace golanes::model

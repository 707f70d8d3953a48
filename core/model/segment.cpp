#include "core/model/segment.h"

#include <algorithm>

namespace golanes::model {
namespace {

void copy_steps(const OpenSegment& open, SealedSegment& sealed) {
    std::size_t steps = 0;
    for (const auto& log : open.step_logs)
        steps += log == nullptr ? 0 : log->size();
    sealed.steps.reserve(steps);
    sealed.step_offsets.push_back(0);
    for (const auto& log : open.step_logs) {
        std::uint32_t most = 0;
        if (log != nullptr) {
            log->for_each(log->size(), [&](const QueueLengthStep& step) {
                most = std::max(most, step.length);
                sealed.steps.push_back(step);
            });
        }
        sealed.most_queued.push_back(most);
        sealed.step_offsets.push_back(static_cast<std::uint32_t>(sealed.steps.size()));
    }
}

// Adds the levels over the lengths of `steps`, each from the one below.
void add_levels(std::span<const QueueLengthStep> steps, std::vector<std::uint32_t>& longest) {
    if (steps.size() < 2)
        return;
    std::size_t below = longest.size();
    for (std::size_t i = 0; i + 1 < steps.size(); i += kBlockSteps) {
        std::uint32_t most = 0;
        for (std::size_t k = i; k < std::min(i + kBlockSteps, steps.size() - 1); ++k)
            most = steps[k].time < steps[k + 1].time ? std::max(most, steps[k].length) : most;
        longest.push_back(most);
    }
    while (longest.size() - below > 1) {
        const std::size_t end = longest.size();
        for (std::size_t i = below; i < end; i += kBlockSteps) {
            const auto part = std::span(longest).subspan(i, std::min(kBlockSteps, end - i));
            longest.push_back(*std::max_element(part.begin(), part.end()));
        }
        below = end;
    }
}

void sum_up_steps(SealedSegment& sealed) {
    sealed.longest_steps.reserve(sealed.steps.size() / (kBlockSteps - 1) + 1);
    sealed.block_offsets.push_back(0);
    for (std::size_t queue = 0; queue + 1 < sealed.step_offsets.size(); ++queue) {
        const std::uint32_t first = sealed.step_offsets[queue];
        add_levels(std::span(sealed.steps).subspan(first, sealed.step_offsets[queue + 1] - first),
                   sealed.longest_steps);
        sealed.block_offsets.push_back(static_cast<std::uint32_t>(sealed.longest_steps.size()));
    }
}

}  // namespace

void OpenSegment::clear() {
    spans.clear();
    for (auto& logs : span_logs) {
        for (auto& log : logs) {
            if (log != nullptr)
                log->clear();
        }
    }
    for (auto& log : step_logs) {
        if (log != nullptr)
            log->clear();
    }
    marks.clear();
    runs.clear();
    lanes.clear();
    tally.reset();
}

std::span<const Span> SealedSegment::spans_of(LaneId lane) const {
    return pieces_of(lane).spans;
}

// Numbers of lanes are nearly dense: where the lane stands is known but for those that are missing
// before it.
std::vector<LaneRange>::const_iterator SealedSegment::find_lane(LaneId lane) const {
    const std::size_t first = kind_offsets[static_cast<std::size_t>(lane.kind)];
    const std::size_t stop = kind_offsets[static_cast<std::size_t>(lane.kind) + 1];
    if (first == stop)
        return lanes.end();
    const std::size_t missing = lanes[stop - 1].lane.number + std::size_t{1} - (stop - first);
    const std::size_t number = lane.number;
    const std::size_t from = std::min(stop, first + (number > missing ? number - missing : 0));
    const std::size_t to = std::min(stop, first + number + 1);
    const auto at = [&](std::size_t i) {
        return lanes.begin() + static_cast<std::ptrdiff_t>(i);
    };
    const auto found = std::partition_point(
        at(from), at(to), [&](const LaneRange& one) { return one.lane < lane; });
    return found != at(stop) && found->lane == lane ? found : lanes.end();
}

LanePieces SealedSegment::pieces_of(LaneId lane) const {
    const auto at = find_lane(lane);
    if (at == lanes.end())
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

void Sealer::copy_logs(const OpenSegment& open, LaneKind kind, SealedSegment& sealed) {
    const auto& logs = open.span_logs[static_cast<std::size_t>(kind)];
    for (std::uint32_t number = 0; number < logs.size(); ++number) {
        if (logs[number] == nullptr || logs[number]->size() == 0)
            continue;
        sealed.lanes.push_back({{kind, number},
                                static_cast<std::uint32_t>(sealed.spans.size()),
                                static_cast<std::uint32_t>(logs[number]->size())});
        logs[number]->for_each_block(logs[number]->size(), [&](std::span<const Span> part) {
            sealed.spans.insert(sealed.spans.end(), part.begin(), part.end());
        });
    }
}

void Sealer::count_goroutines(const OpenSegment& open) {
    numbers_.clear();
    GoroutineId most = 0;
    open.spans.for_each(open.spans.size(), [&](const Linked<Span>& span) {
        const GoroutineId number = span.value.lane.number;
        most = std::max(most, number);
        if (number >= counts_.size())
            counts_.resize(number + std::size_t{1});
        if (counts_[number]++ == 0)
            numbers_.push_back(number);
    });
    if (most / 4 > open.spans.size())
        return std::sort(numbers_.begin(), numbers_.end());
    numbers_.clear();  // looking at all is faster than sorting
    for (GoroutineId number = 0; number < counts_.size() && number <= most; ++number) {
        if (counts_[number] > 0)
            numbers_.push_back(number);
    }
}

// A counting sort.
void Sealer::sort_goroutines(const OpenSegment& open, SealedSegment& sealed) {
    count_goroutines(open);
    auto first = static_cast<std::uint32_t>(sealed.spans.size());
    for (const GoroutineId number : numbers_) {
        const std::uint32_t count = counts_[number];
        sealed.lanes.push_back({{LaneKind::Goroutine, number}, first, count});
        counts_[number] = first;
        first += count;
    }
    sealed.spans.resize(first);
    open.spans.for_each(open.spans.size(), [&](const Linked<Span>& span) {
        sealed.spans[counts_[span.value.lane.number]++] = span.value;
    });
    for (const GoroutineId number : numbers_)
        counts_[number] = 0;
}

std::shared_ptr<const SealedSegment> Sealer::seal(const OpenSegment& open, TimeNs end) {
    auto sealed = std::make_shared<SealedSegment>();
    sealed->first_event = open.first_event;
    sealed->begin = open.begin;
    sealed->end = end;
    sealed->queues = open.queues;
    sealed->tally = open.tally;
    std::size_t spans = open.spans.size();
    for (const auto& logs : open.span_logs) {
        for (const auto& log : logs)
            spans += log == nullptr ? 0 : log->size();
    }
    sealed->spans.reserve(spans);
    for (std::size_t kind = 0; kind < kLaneKinds; ++kind) {
        if (static_cast<LaneKind>(kind) == LaneKind::Goroutine)
            sort_goroutines(open, *sealed);
        else
            copy_logs(open, static_cast<LaneKind>(kind), *sealed);
        sealed->kind_offsets[kind + 1] = static_cast<std::uint32_t>(sealed->lanes.size());
    }
    for (LaneRange& lane : sealed->lanes) {
        const CellRange cells =
            add_cells({sealed->spans.data() + lane.first, lane.count}, sealed->cells);
        if (cells.spans > 0)
            lane.first_cell = cells.first;
    }
    copy_steps(open, *sealed);
    sum_up_steps(*sealed);
    sealed->marks.reserve(open.marks.size());
    open.marks.for_each(open.marks.size(),
                        [&](const Mark& mark) { sealed->marks.push_back(mark); });
    open.runs.for_each(open.runs.size(), [&](const auto& run) { sealed->runs.push_back(run); });
    return sealed;
}

}  // namespace golanes::model

// Timeline's lanes and spans: which there are, and a walk over one lane in time order.
#include <algorithm>
#include <bit>

#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

bool touches(const Span& span, TimeNs t0, TimeNs t1) {
    return span.start < t1 && (span.end > t0 || (span.start == span.end && span.start >= t0));
}

// Whether the span lies wholly before t0. Along a lane this is first true, then false.
bool is_before(const Span& span, TimeNs t0) {
    return span.end < t0 || (span.end == t0 && span.start < t0);
}

// Of an open segment: the lane's spans, found backwards by their links, told in time order.
template <typename F>
bool walk_links(const OpenSegment& open, const LaneHead& head, TimeNs t0, F&& f) {
    if (head.segment != open.number)
        return true;
    std::vector<std::uint32_t> newest_first;
    for (std::uint32_t i = head.last_span; i != kNoSpan; i = open.spans[i].previous) {
        if (is_before(open.spans[i].value, t0))
            break;
        newest_first.push_back(i);
    }
    for (auto i = newest_first.rbegin(); i != newest_first.rend(); ++i) {
        if (!f(open.spans[*i].value))
            return false;
    }
    return true;
}

// The stretch that is still going on at the end of the timeline.
template <typename F>
bool walk_open_stretch(const TimelineData& data,
                       LaneId lane,
                       const LaneHead& head,
                       std::uint32_t run,
                       TimeNs t0,
                       F&& f) {
    if (!head.open)
        return true;
    Span span = span_of(lane, head, run, data.end);
    span.flags |= Span::kOpen;
    const bool nothing_yet = span.end == span.start && span.state != State::Running;
    return nothing_yet || is_before(span, t0) || f(span);
}

// A goroutine number may have been given to one goroutine in each of the runs of this segment.
template <typename F>
bool walk_goroutine(const TimelineData& data, LaneId lane, TimeNs t0, F&& f) {
    const auto walk_run = [&](const RunTable& run) {
        const GoroutineRecord* record = run.goroutines.find(lane.number);
        return record == nullptr ||
               (walk_links(*data.open, record->lane, t0, f) &&
                walk_open_stretch(data, lane, record->lane, run.info.number, t0, f));
    };
    for (std::size_t i = 0; i < data.filled.runs; ++i) {
        const RunTable& run = *data.open->runs[i];
        if (run.info.end >= t0 && !walk_run(run))
            return false;
    }
    return !data.current_run || walk_run(*data.current_run);
}

// Of an open segment: the spans of a P, M or CPU.
template <typename F>
bool walk_log(const SpanLog& log, std::size_t count, TimeNs t0, F&& f) {
    std::size_t i = 0;
    for (std::size_t step = std::bit_floor(count); step > 0; step /= 2) {
        if (i + step <= count && is_before(log[i + step - 1], t0))
            i += step;
    }
    for (; i < count; ++i) {
        if (!f(log[i]))
            return false;
    }
    return true;
}

template <typename F>
bool walk_small(const TimelineData& data, LaneId lane, TimeNs t0, F&& f) {
    const auto at = std::lower_bound(
        data.lane_ends.begin(), data.lane_ends.end(), lane, [](const LaneEnd& end, LaneId id) {
            return end.id < id;
        });
    if (at == data.lane_ends.end() || at->id != lane)
        return true;
    const std::uint32_t run = data.current_run ? data.current_run->info.number : 0;
    if (at->log != nullptr && !walk_log(*at->log, at->count, t0, f))
        return false;
    return walk_open_stretch(data, lane, at->head, run, t0, f);
}

/// Calls f for the lane's spans that end after t0, in time order, until it returns false. In sealed
/// segments g is called for cells of at most `blur` that end by t1 (walk_cells).
template <typename F, typename G>
void walk_pieces(
    const TimelineData& data, LaneId lane, TimeNs t0, TimeNs t1, DurationNs blur, F&& f, G&& g) {
    auto segment =
        std::lower_bound(data.sealed.begin(), data.sealed.end(), t0, [](const auto& one, TimeNs t) {
            return one->end < t;
        });
    for (; segment != data.sealed.end(); ++segment) {
        const auto [spans, cells] = (*segment)->pieces_of(lane);
        auto at = spans.begin();
        if (!spans.empty() && is_before(spans.front(), t0))
            at = std::partition_point(
                at, spans.end(), [&](const Span& span) { return is_before(span, t0); });
        if (!walk_cells(spans, cells, static_cast<std::size_t>(at - spans.begin()), t1, blur, f, g))
            return;
    }
    if (!data.open)
        return;
    if (lane.kind == LaneKind::Goroutine)
        walk_goroutine(data, lane, t0, f);
    else
        walk_small(data, lane, t0, f);
}

/// The spans only.
template <typename F>
void walk(const TimelineData& data, LaneId lane, TimeNs t0, F&& f) {
    walk_pieces(data, lane, t0, INT64_MAX, -1, f, [](const LaneCell&) { return true; });
}

// Marks numbers of lanes and tells them in order.
class LaneNumbers {
 public:
    explicit LaneNumbers(LaneKind kind) : kind_(kind) {}

    void add(LaneId lane) {
        if (lane.kind != kind_)
            return;
        if (lane.number >= seen_.size())
            seen_.resize(lane.number + std::size_t{1});
        seen_[lane.number] = true;
    }

    [[nodiscard]] std::vector<LaneId> list() const {
        std::vector<LaneId> result;
        for (std::uint32_t i = 0; i < seen_.size(); ++i) {
            if (seen_[i])
                result.push_back({kind_, i});
        }
        return result;
    }

 private:
    LaneKind kind_;
    std::vector<bool> seen_;
};

void add_open_lanes(const TimelineData& data, LaneKind kind, LaneNumbers& numbers) {
    for (const LaneEnd& lane : data.lane_ends)
        numbers.add(lane.id);
    if (kind != LaneKind::Goroutine || !data.open)
        return;
    for (std::size_t i = 0; i < data.filled.lanes; ++i)
        numbers.add(data.open->lanes[i]);
    if (!data.current_run)
        return;
    data.current_run->goroutines.for_each([&](std::size_t id, const GoroutineRecord& record) {
        if (record.lane.open)
            numbers.add({LaneKind::Goroutine, static_cast<std::uint32_t>(id)});
    });
}

LaneNumbers numbers_from(const TimelineData& data, LaneKind kind, TimeNs t0) {
    LaneNumbers numbers(kind);
    for (const auto& segment : data.sealed) {
        if (segment->end < t0)
            continue;
        const auto first =
            std::lower_bound(segment->lanes.begin(),
                             segment->lanes.end(),
                             LaneId{kind, 0},
                             [](const LaneRange& range, LaneId lane) { return range.lane < lane; });
        for (auto at = first; at != segment->lanes.end() && at->lane.kind == kind; ++at)
            numbers.add(at->lane);
    }
    add_open_lanes(data, kind, numbers);
    return numbers;
}

// The goroutines with a span in [t0, t1), by their tables: a lane has no hole between the
// goroutine's making and its end. Lives that only touch the range, or took no time, are looked at.
template <typename F>
LaneNumbers lives_in(const TimelineData& data, TimeNs t0, TimeNs t1, F&& has_span) {
    LaneNumbers numbers(LaneKind::Goroutine);
    data.for_each_run_backwards([&](const RunTable& run) {
        if (run.info.end >= 0 && run.info.end < t0)
            return false;
        if (run.info.begin >= t1)
            return true;
        run.goroutines.for_each([&](std::size_t id, const GoroutineRecord& record) {
            const TimeNs begin = record.info.created;
            const TimeNs end = record.info.ended < 0 ? data.end : record.info.ended;
            const LaneId lane{LaneKind::Goroutine, static_cast<std::uint32_t>(id)};
            if (record.info.id == 0 || begin >= t1 || end < t0)
                return;
            if ((begin < end && end > t0) || has_span(lane))
                numbers.add(lane);
        });
        return true;
    });
    return numbers;
}

}  // namespace

std::vector<LaneId> Timeline::lanes(LaneKind kind) const {
    return numbers_from(*data_, kind, data_->start).list();
}

std::vector<LaneId> Timeline::lanes(LaneKind kind, TimeNs t0, TimeNs t1) const {
    const auto has_span = [&](LaneId lane) {
        bool found = false;
        walk(*data_, lane, t0, [&](const Span& span) {
            found = touches(span, t0, t1);
            return false;
        });
        return found;
    };
    const bool is_whole = recording().first_index() == 0 && recording().honesty.shed == 0;
    if (kind == LaneKind::Goroutine && is_whole)
        return lives_in(*data_, t0, t1, has_span).list();
    std::vector<LaneId> result;
    for (const LaneId lane : numbers_from(*data_, kind, t0).list()) {
        if (has_span(lane))
            result.push_back(lane);
    }
    return result;
}

void Timeline::for_each_span(LaneId lane,
                             TimeNs t0,
                             TimeNs t1,
                             const std::function<void(const Span&)>& f) const {
    for_each_piece(lane, t0, t1, -1, f, {});
}

void Timeline::for_each_piece(LaneId lane,
                              TimeNs t0,
                              TimeNs t1,
                              DurationNs blur,
                              const std::function<void(const Span&)>& f,
                              const std::function<void(const LaneCell&)>& cell) const {
    const TimeNs start = data_->start;
    const auto tell_span = [&](const Span& span) {
        if (span.start >= t1)
            return false;
        if (!touches(span, t0, t1))
            return true;
        if (span.start >= start) {
            f(span);
            return true;
        }
        Span held = span;  // What came before was shed.
        held.start = start;
        held.flags |= Span::kContinuesBefore;
        f(held);
        return true;
    };
    // A cell is told only where it lies wholly in the range: its first span may begin before it.
    const TimeNs from = std::max(t0, start);
    const auto tell_cell = [&](const LaneCell& one) {
        if (one.start < t1)
            cell(one);
        return one.start < t1;
    };
    walk_pieces(*data_, lane, from, t1, blur, tell_span, tell_cell);
}

std::optional<Span> Timeline::span_at(LaneId lane, TimeNs t) const {
    std::optional<Span> found;
    walk(*data_, lane, t, [&](const Span& span) {
        if (span.end <= t)
            return true;
        if (span.start <= t)
            found = span;
        return false;
    });
    return found;
}

}  // namespace golanes::model

#include "ui/view/merge.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <iterator>
#include <tuple>

#include "ui/view/palette.h"

namespace golanes::view {
namespace {

bool continues(const model::Span& before, const model::Span& after) {
    return (after.flags & model::Span::kContinuesBefore) != 0 && before.end == after.start &&
           before.state == after.state && before.g == after.g && before.run == after.run;
}

}  // namespace

/// Loss first, then what took most time.
bool SpanMerger::comes_first(const Tally& a, const Tally& b) {
    const bool a_lost = a.state == model::State::Lost;
    const bool b_lost = b.state == model::State::Lost;
    return a_lost != b_lost ? a_lost : a.ns > b.ns;
}

SpanMerger::SpanMerger(const Viewport& viewport,
                       const MergeStyle& style,
                       std::uint32_t row,
                       Gantt& out)
    : viewport_(viewport),
      ns_per_px_(viewport.ns_per_px()),
      style_(style),
      row_(row),
      out_(out),
      cursor_px_(viewport.left_px) {}

void SpanMerger::add(const model::Span& span) {
    if (has_pending_ && continues(pending_, span)) {
        pending_.end = span.end;
        return;
    }
    if (has_pending_)
        place(pending_);
    pending_ = span;
    has_pending_ = true;
}

void SpanMerger::finish() {
    if (has_pending_)
        place(pending_);
    has_pending_ = false;
    close_column();
    emit_stack();
}

void SpanMerger::place(const model::Span& span) {
    const TimeNs start = std::max(span.start, viewport_.range.start);
    const TimeNs end = std::min(span.end, viewport_.range.end);
    if (end < start || start >= viewport_.range.end)
        return;
    const float x0 = viewport_.px_from_time(start, ns_per_px_);
    const float x1 = viewport_.px_from_time(end, ns_per_px_);
    if (x1 - x0 >= style_.merge_px) {
        close_column();
        emit_stack();
        place_wide(span, x0, x1);
        return;
    }
    enter_column(x0);
    tally(span, static_cast<double>(std::max<DurationNs>(end - start, 1)));
}

void SpanMerger::enter_column(float x0) {
    const auto column =
        static_cast<long long>(std::floor((x0 - viewport_.left_px) / style_.column_px));
    if (column != column_) {
        close_column();
        column_ = column;
    }
}

void SpanMerger::add(const model::LaneCell& cell) {
    if (has_pending_)
        place(pending_);
    has_pending_ = false;
    const TimeNs start = std::max(cell.start, viewport_.range.start);
    enter_column(viewport_.px_from_time(start, ns_per_px_));
    time_.start = count_ == 0 ? cell.start : time_.start;
    time_.end = cell.end;
    for (const model::CellPart& part : cell.parts) {
        if (part.count > 0)
            tally_part(
                {part.state, part.g, std::max(1.0, static_cast<double>(part.ns)), part.count});
    }
    others_.ns += static_cast<double>(cell.others.ns);
    others_.count += cell.others.count;
    count_ += cell.others.count;
}

void SpanMerger::place_wide(const model::Span& span, float x0, float x1) {
    Item item;
    item.kind = ItemKind::Span;
    item.x0 = x0;
    item.x1 = x1;
    item.state = span.state;
    item.g = span.g;
    item.span = static_cast<std::uint32_t>(out_.spans.size());
    item.time = {span.start, span.end};
    out_.spans.push_back(span);
    emit_centred(item);
}

void SpanMerger::tally(const model::Span& span, double ns) {
    if (is_bare(span.state))
        return;
    time_.start = count_ == 0 ? span.start : time_.start;
    time_.end = span.end;
    sample_ = span;
    tally_part({span.state, span.g, ns, 1});
}

void SpanMerger::tally_part(const Tally& part) {
    count_ += part.count;
    const auto end = tallies_.begin() + static_cast<std::ptrdiff_t>(tally_count_);
    auto found = std::find_if(tallies_.begin(), end, [&](const Tally& known) {
        return known.state == part.state && known.g == part.g;
    });
    if (found == end && tally_count_ < kTallies) {
        tallies_[tally_count_++] = {part.state, part.g, 0, 0};
    } else if (found == end && part.state == model::State::Lost) {
        found = std::prev(end);
        others_.ns += found->ns;
        others_.count += found->count;
        *found = {part.state, part.g, 0, 0};
    }
    Tally& mine = found == end && tally_count_ == kTallies ? others_ : *found;
    mine.ns += part.ns;
    mine.count += part.count;
}

SpanMerger::Stack SpanMerger::stack_of_column() {
    Stack stack;
    stack.first = column_;
    stack.last = column_;
    stack.count = count_;
    stack.time = time_;
    stack.sample = sample_;
    const auto end = tallies_.begin() + static_cast<std::ptrdiff_t>(tally_count_);
    std::sort(tallies_.begin(), end, comes_first);
    const double column_ns = ns_per_px_ * static_cast<double>(style_.column_px);
    int room = 8;
    for (auto tally = tallies_.begin(); tally != end; ++tally) {
        const int wanted = std::max(1, static_cast<int>(std::lround(tally->ns / column_ns * 8)));
        if (stack.size == kParts - 1 || room == 0) {
            others_.ns += tally->ns;
            others_.count += tally->count;
            continue;
        }
        const int eighths = std::min(wanted, room);
        room -= eighths;
        stack.parts[stack.size++] = {
            tally->state, tally->g, static_cast<std::uint8_t>(eighths), tally->count};
    }
    const auto layers = stack.parts.begin() + static_cast<std::ptrdiff_t>(stack.size);
    std::sort(stack.parts.begin(), layers, [](const Part& a, const Part& b) {
        return std::tuple(is_thin(a.state), a.g, a.state) <
               std::tuple(is_thin(b.state), b.g, b.state);
    });
    if (others_.count > 0 && room > 0) {
        const int wanted = std::max(1, static_cast<int>(std::lround(others_.ns / column_ns * 8)));
        stack.parts[stack.size++] = {model::State::Running,
                                     0,
                                     static_cast<std::uint8_t>(std::min(wanted, room)),
                                     others_.count};
    } else {
        stack.parts[stack.size - 1].count += others_.count;
    }
    return stack;
}

bool SpanMerger::alike(const Stack& a, const Stack& b) {
    if (a.size != b.size || a.count == 0)
        return false;
    for (std::size_t i = 0; i < a.size; ++i) {
        const Part& x = a.parts[i];
        const Part& y = b.parts[i];
        if (x.state != y.state || x.g != y.g || std::abs(x.eighths - y.eighths) > 1)
            return false;
    }
    return true;
}

void SpanMerger::join(const Stack& stack) {
    if (stack_.last + 1 != stack.first || !alike(stack_, stack)) {
        emit_stack();
        stack_ = stack;
        return;
    }
    stack_.last = stack.last;
    stack_.count += stack.count;
    stack_.time.end = stack.time.end;
    for (std::size_t i = 0; i < stack.size; ++i)
        stack_.parts[i].count += stack.parts[i].count;
}

void SpanMerger::close_column() {
    if (count_ > 0)
        join(stack_of_column());
    tally_count_ = 0;
    others_ = Tally{};
    count_ = 0;
    column_ = -1;
}

void SpanMerger::emit_stack() {
    if (stack_.count == 0)
        return;
    Item item;
    item.x0 = viewport_.left_px + static_cast<float>(stack_.first) * style_.column_px;
    item.x1 = viewport_.left_px + static_cast<float>(stack_.last + 1) * style_.column_px;
    item.time = stack_.time;
    if (stack_.count == 1) {
        item.kind = ItemKind::Span;
        item.state = stack_.sample.state;
        item.g = stack_.sample.g;
        item.span = static_cast<std::uint32_t>(out_.spans.size());
        item.time = {stack_.sample.start, stack_.sample.end};
        out_.spans.push_back(stack_.sample);
        emit_centred(item);
    } else {
        emit_layers(item);
    }
    stack_ = Stack{};
}

void SpanMerger::emit_layers(Item item) {
    const Row& row = out_.rows[row_];
    item.kind = ItemKind::Merged;
    settle(item);
    float y = row.top + row.bar_height;
    for (std::size_t i = 0; i < stack_.size; ++i) {
        const Part& part = stack_.parts[i];
        item.state = part.state;
        item.g = part.g;
        item.eighths = part.eighths;
        item.count = part.count;
        item.y1 = y;
        item.y0 = y - std::max(1.0F, row.bar_height * static_cast<float>(part.eighths) / 8);
        y = item.y0;
        out_.items.push_back(item);
    }
}

void SpanMerger::emit_centred(Item item) {
    const Row& row = out_.rows[row_];
    const float height = std::max(1.0F, row.bar_height * look_of(item.state).height);
    item.y0 = row.top + (row.bar_height - height) / 2;
    item.y1 = item.y0 + height;
    settle(item);
    out_.items.push_back(item);
}

void SpanMerger::settle(Item& item) {
    item.row = row_;
    item.x0 = std::max(item.x0, cursor_px_);
    item.x1 = std::max(item.x1, item.x0 + 1);
    cursor_px_ = item.x1;
}

}  // namespace golanes::view

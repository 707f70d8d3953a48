#include "ui/view/queue_stripes.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {

namespace {

trace::QueueId queue_of(const Row& row) {
    if (row.kind == RowKind::GlobalQueue)
        return {trace::QueueKind::Global, 0};
    return {trace::QueueKind::Ring, static_cast<ProcId>(row.number)};
}

}  // namespace

std::uint32_t queue_scale(const model::Timeline& timeline,
                          TimeRange range,
                          const std::vector<Row>& rows) {
    std::uint32_t scale = 4;
    for (const Row& row : rows) {
        if (row.stripe_height > 0)
            scale = std::max(scale, timeline.longest_queue(queue_of(row), range.start, range.end));
    }
    return scale;
}

void add_queue_items(const model::Timeline& timeline,
                     std::span<const TimeNs> borders,
                     std::uint32_t row,
                     Gantt& out) {
    StripeWriter writer(row, out);
    const TimeRange range = out.viewport.range;
    timeline.for_each_queue_stretch(queue_of(out.rows[row]),
                                    range.start,
                                    range.end,
                                    borders,
                                    [&](const model::QueueStretch& one) {
                                        writer.add({one.start, one.end}, one.length);
                                    });
    writer.finish();
}

void StripeWriter::add(TimeRange time, std::uint32_t length) {
    if (length == 0 || time.length() <= 0)
        return;
    const float x0 = out_.viewport.px_from_time(time.start, ns_per_px_);
    const float x1 = out_.viewport.px_from_time(time.end, ns_per_px_);
    if (x1 - x0 >= out_.column_px) {
        finish();
        emit(x0, x1, time, length);
        return;
    }
    const auto column =
        static_cast<long long>(std::floor((x0 - out_.viewport.left_px) / out_.column_px));
    if (column != column_) {
        finish();
        column_ = column;
        column_time_.start = time.start;
    }
    column_time_.end = time.end;
    column_length_ = std::max(column_length_, length);
}

void StripeWriter::finish() {
    if (column_length_ > 0) {
        const float x0 = out_.viewport.left_px + static_cast<float>(column_) * out_.column_px;
        emit(x0, x0 + out_.column_px, column_time_, column_length_);
    }
    column_ = -1;
    column_length_ = 0;
}

void StripeWriter::emit(float x0, float x1, TimeRange time, std::uint32_t length) {
    Item* last = out_.items.empty() ? nullptr : &out_.items.back();
    if (last != nullptr && last->kind == ItemKind::Queue && last->row == row_) {
        if (last->count == length && x0 <= last->x1 + 0.01F) {
            last->x1 = std::max(last->x1, x1);
            last->time.end = time.end;
            return;
        }
        x0 = std::max(x0, last->x1);
    }
    const Row& row = out_.rows[row_];
    Item item;
    item.kind = ItemKind::Queue;
    item.row = row_;
    item.count = length;
    item.x0 = x0;
    item.x1 = std::max(x1, x0 + 1);
    const float share = static_cast<float>(length) / static_cast<float>(out_.queue_scale);
    item.y1 = row.stripe_top + row.stripe_height - 1;
    item.y0 = item.y1 - std::max(1.0F, (row.stripe_height - 2) * share);
    item.time = time;
    out_.items.push_back(item);
}

}  // namespace golanes::view

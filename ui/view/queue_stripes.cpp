#include "ui/view/queue_stripes.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {

QueueSteps::QueueSteps(const model::Timeline& timeline,
                       const Viewport& viewport,
                       const std::vector<Row>& rows)
    : steps_(rows.size()), end_(std::min(viewport.range.end, timeline.end())) {
    const TimeRange range = viewport.range;
    const auto blur = static_cast<DurationNs>(viewport.ns_per_px());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].stripe_height <= 0)
            continue;
        const bool global = rows[i].kind == RowKind::GlobalQueue;
        const trace::QueueId queue{global ? trace::QueueKind::Global : trace::QueueKind::Ring,
                                   global ? ProcId{0} : static_cast<ProcId>(rows[i].number)};
        steps_[i] = timeline.queue_lengths(queue, range.start, range.end, blur);
        for (const model::QueueLengthStep& step : steps_[i])
            scale_ = std::max(scale_, step.length);
    }
}

void QueueSteps::add_items(std::uint32_t row, Gantt& out) const {
    const auto& steps = steps_[row];
    StripeWriter writer(row, out);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const TimeNs start = std::max(steps[i].time, out.viewport.range.start);
        const TimeNs end = i + 1 < steps.size() ? steps[i + 1].time : end_;
        writer.add({start, std::min(end, end_)}, steps[i].length);
    }
    writer.finish();
}

void StripeWriter::add(TimeRange time, std::uint32_t length) {
    if (length == 0 || time.length() <= 0)
        return;
    const float x0 = out_.viewport.px_from_time(time.start);
    const float x1 = out_.viewport.px_from_time(time.end);
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

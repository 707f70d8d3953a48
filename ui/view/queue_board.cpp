#include "ui/view/queue_board.h"

#include <algorithm>
#include <cmath>

namespace golanes::view {
namespace {

constexpr std::uint64_t kMostEvents = 300'000;
constexpr std::size_t kMostLines = 8;

/// How many tokens fit side by side.
std::size_t per_line(const BoardStyle& style, float left) {
    const float room = style.width - left + style.gap_px;
    return static_cast<std::size_t>(std::max(1.0F, room / (style.token_px + style.gap_px)));
}

class BoardWriter {
 public:
    BoardWriter(const BoardStyle& style, std::size_t rows, QueueBoard& out)
        : style_(style), out_(out) {
        out_.rows.clear();
        out_.tokens.clear();
        out_.running_x = style.label_px;
        out_.runnext_x = out_.running_x + style.slot_px;
        out_.queue_x = out_.runnext_x + style.slot_px;
        columns_ = per_line(style, out_.queue_x);
        const auto lines = static_cast<float>(std::max<std::size_t>(rows, 1));
        const float pitch = line_pitch();
        const float spare = std::max(0.0F, style.height - lines * row_height(1));
        spare_lines_ = static_cast<std::size_t>(spare / pitch);
    }

    void global(const std::vector<GoroutineId>& queue) {
        begin_row({});
        this->queue(queue, Slot::Global);
    }

    void proc(const model::ProcQueues& queues) {
        BoardRow row;
        row.p = queues.p;
        row.machine = queues.machine;
        row.running = queues.running;
        row.runnext = queues.runnext;
        begin_row(row);
        slot(queues.running, Slot::Running, out_.running_x);
        slot(queues.runnext, Slot::Runnext, out_.runnext_x);
        queue(queues.ring, Slot::Ring);
    }

    void finish() { out_.height = y_; }

 private:
    [[nodiscard]] float line_pitch() const { return style_.line_px + style_.gap_px; }

    [[nodiscard]] float row_height(std::size_t lines) const {
        return static_cast<float>(lines) * line_pitch() + 2 * style_.gap_px;
    }

    void begin_row(BoardRow row) {
        row.top = y_;
        out_.rows.push_back(row);
    }

    void token(GoroutineId g, Slot slot, std::uint32_t place, float x, std::size_t line) {
        const BoardRow& row = out_.rows.back();
        const float y = row.top + style_.gap_px + static_cast<float>(line) * line_pitch();
        out_.tokens.push_back(
            {g, slot, row.p, place, x, y, x + style_.token_px, y + style_.line_px});
    }

    void slot(GoroutineId g, Slot which, float x) {
        if (g != 0)
            token(g, which, 0, x, 0);
    }

    // The rest of a queue that has no room is one box "+N" in the place of the last token.
    void queue(const std::vector<GoroutineId>& queue, Slot slot) {
        const std::size_t wanted = (queue.size() + columns_ - 1) / columns_;
        const std::size_t lines =
            std::clamp<std::size_t>(wanted, 1, std::min<std::size_t>(1 + spare_lines_, kMostLines));
        spare_lines_ -= lines - 1;
        const std::size_t room = lines * columns_;
        const std::size_t shown = queue.size() <= room ? queue.size() : room - 1;
        for (std::size_t i = 0; i < shown; ++i) {
            const auto column = static_cast<float>(i % columns_);
            token(queue[i],
                  slot,
                  static_cast<std::uint32_t>(i),
                  out_.queue_x + column * (style_.token_px + style_.gap_px),
                  i / columns_);
        }
        BoardRow& row = out_.rows.back();
        row.length = static_cast<std::uint32_t>(queue.size());
        row.hidden = static_cast<std::uint32_t>(queue.size() - shown);
        row.height = row_height(lines);
        y_ += row.height;
    }

    const BoardStyle& style_;
    QueueBoard& out_;
    std::size_t columns_ = 1;
    std::size_t spare_lines_ = 0;
    float y_ = 0;
};

/// A queue's length becomes another one.
struct Change {
    TimeNs time;
    std::size_t queue;
    std::uint32_t length;
};

std::vector<Change> changes_in(const model::Timeline& timeline, TimeRange range) {
    std::vector<Change> changes;
    const auto add = [&](trace::QueueId id, std::size_t number) {
        for (const model::QueueLengthStep& step :
             timeline.queue_lengths(id, range.start, range.end))
            changes.push_back({std::max(step.time, range.start), number, step.length});
    };
    add({trace::QueueKind::Global, 0}, 0);
    for (int p = 0; p < timeline.max_procs(); ++p)
        add({trace::QueueKind::Ring, static_cast<ProcId>(p)}, static_cast<std::size_t>(p) + 1);
    std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
        return a.time < b.time;
    });
    return changes;
}

}  // namespace

void build_queue_board(const model::Queues& queues, const BoardStyle& style, QueueBoard& out) {
    BoardWriter writer(style, queues.procs.size() + 1, out);
    writer.global(queues.global);
    for (const model::ProcQueues& proc : queues.procs)
        writer.proc(proc);
    writer.finish();
}

TimeNs fullest_moment(const model::Timeline& timeline, TimeRange range) {
    const recording::Snapshot& recording = timeline.recording();
    const std::uint64_t last = recording.index_after(range.end);
    if (last - recording.first_index() > kMostEvents) {
        const trace::Event& oldest = recording.event(last - kMostEvents);
        range.start = std::max(range.start, static_cast<TimeNs>(oldest.time));
    }
    const std::vector<Change> changes = changes_in(timeline, range);
    std::vector<std::uint32_t> lengths(static_cast<std::size_t>(timeline.max_procs()) + 1);
    std::uint64_t sum = 0;
    std::uint64_t most = 0;
    TimeNs when = range.start;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        std::uint32_t& length = lengths[changes[i].queue];
        sum = sum - length + changes[i].length;
        length = changes[i].length;
        const bool stands = i + 1 == changes.size() || changes[i + 1].time > changes[i].time;
        if (stands && sum > most) {
            most = sum;
            when = changes[i].time;
        }
    }
    return when;
}

}  // namespace golanes::view

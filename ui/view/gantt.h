#pragma once
// Gantt: the picture as flat lists of rectangles, in pixels of the content (0, 0 = top left of the
// first row at the left edge of the view). Made by build_gantt (gantt_layout.h), painted by the
// timeline panel, searched by hit_test.h. The lists are reused between frames.
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

enum class RowKind : std::uint8_t {
    ProcHeading,
    Proc,
    GlobalQueue,
    MachineHeading,
    Machine,  ///< An M.
    CpuHeading,
    Cpu,
    GoroutineHeading,
    Goroutine,
    More
};

/// One row. The bar holds spans; the stripe below it (P rows, the global queue) holds queue
/// lengths.
struct Row {
    RowKind kind = RowKind::Proc;
    std::uint32_t number = 0;  ///< P, M, CPU or goroutine; More: how many rows are not shown.
    std::string name;          ///< Of a goroutine row that is visible.
    float top = 0;
    float height = 0;
    float bar_height = 0;
    float stripe_top = 0;
    float stripe_height = 0;
    bool pinned = false;  ///< Stands at the top of the picture and does not scroll.

    [[nodiscard]] float bottom() const { return top + height; }
};

inline constexpr std::uint32_t kNone = 0xFFFF'FFFF;

enum class ItemKind : std::uint8_t {
    Lane,    ///< The ground of a P's lane while that P exists and a run goes on.
    Queue,   ///< A stretch of one queue length; `count` is the length.
    Span,    ///< One span; `span` is its number in Gantt::spans.
    Merged,  ///< `count` spans of one goroutine and state, too narrow to draw: one layer of a stack
             ///< whose heights are shares of time. g 0: several goroutines.
};

struct Item {
    float x0 = 0;
    float x1 = 0;
    float y0 = 0;
    float y1 = 0;
    ItemKind kind = ItemKind::Span;
    model::State state = model::State::Idle;
    std::uint8_t eighths = 8;  ///< Merged: its share of the time, 1 to 8.
    GoroutineId g = 0;
    std::uint32_t row = 0;
    std::uint32_t count = 1;
    std::uint32_t span = kNone;
    std::uint32_t label =
        kNone;  ///< Number in Gantt::labels, when the item is wide enough for text.
    TimeRange time;

    [[nodiscard]] float width() const { return x1 - x0; }
};

/// A mark in the picture; `count` marks of one kind so close together that they are drawn as one.
struct MarkItem {
    float x = 0;
    std::uint32_t row = kNone;  ///< kNone: a line over the full height.
    std::uint32_t count = 1;
    model::Mark mark;
};

/// The stretch of a run in view.
struct RunBand {
    float x0 = 0;
    float x1 = 0;
    std::uint32_t number = 0;
    trace::RunStatus status = trace::RunStatus::Running;
};

struct Gantt {
    Viewport viewport;
    std::vector<Row> rows;
    std::vector<Item> items;         ///< By row; lanes first, then queues, then spans by time.
    std::vector<model::Span> spans;  ///< Those drawn one by one.
    std::vector<std::string> labels;
    std::vector<MarkItem> marks;    ///< By time.
    std::vector<RunBand> runs;      ///< By time; runs narrower than a pixel are left out.
    float height = 0;               ///< Of all rows.
    float pinned_height = 0;        ///< Of those that do not scroll; they come first.
    std::uint32_t queue_scale = 4;  ///< The length that fills a stripe.
    std::size_t spans_read = 0;     ///< How many spans the layout had to look at.
    float column_px = 1;            ///< Width of the columns that narrow spans were merged into.
};

}  // namespace golanes::view

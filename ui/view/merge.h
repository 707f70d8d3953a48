#pragma once
// SpanMerger: turns the spans of one row into items, merging those too narrow to draw.
//
// Problem: a picture 1600 pixels wide may hold a million spans. Drawing them all is slow and,
// worse, lets the last one drawn win. Way: a span of at least two pixels is an item. Narrower ones
// are summed up in columns of a pixel and drawn as a stack: each goroutine's share of the height is
// its share of the time, what nobody used stays bare. Columns alike become one stack. So nothing
// vanishes, and loss always shows. Rejected: dropping narrow spans (lies), drawing them all at one
// pixel (a solid wall where the lane was mostly idle), the colour of whoever ran longest in the
// column (two goroutines that take turns every microsecond look like two that take turns every
// millisecond).
#include <array>
#include <vector>

#include "ui/view/gantt.h"

namespace golanes::view {

struct MergeStyle {
    float merge_px = 2;   ///< Spans narrower than this are merged.
    float column_px = 1;  ///< Into columns of this width.
};

/// Takes the spans of one row in time order; finish() after the last.
class SpanMerger {
 public:
    SpanMerger(const Viewport& viewport, const MergeStyle& style, std::uint32_t row, Gantt& out);

    void add(const model::Span& span);
    /// Spans added up, together no wider than a column.
    void add(const model::LaneCell& cell);
    void finish();

 private:
    static constexpr std::size_t kTallies = 8;
    static constexpr std::size_t kParts = 4;

    /// What one goroutine did in one state in the present column.
    struct Tally {
        model::State state = model::State::Idle;
        GoroutineId g = 0;
        double ns = 0;
        std::uint32_t count = 0;
    };

    /// One layer of a stack; g 0 with state Running: all that found no layer of its own.
    struct Part {
        model::State state = model::State::Idle;
        GoroutineId g = 0;
        std::uint8_t eighths = 0;
        std::uint32_t count = 0;
    };

    /// The stack of a column, or of several alike.
    struct Stack {
        long long first = 0;
        long long last = -1;
        std::array<Part, kParts> parts;
        std::size_t size = 0;
        std::uint32_t count = 0;
        TimeRange time;
        model::Span sample;  ///< The span, if there is only one.
    };

    void place(const model::Span& span);
    void place_wide(const model::Span& span, float x0, float x1);
    void enter_column(float x0);
    void tally(const model::Span& span, double ns);
    void tally_part(const Tally& part);
    void close_column();
    [[nodiscard]] Stack stack_of_column();
    void join(const Stack& stack);
    void emit_stack();
    void emit_layers(Item item);
    void emit_centred(Item item);
    void settle(Item& item);
    [[nodiscard]] static bool alike(const Stack& a, const Stack& b);
    [[nodiscard]] static bool comes_first(const Tally& a, const Tally& b);

    const Viewport& viewport_;
    double ns_per_px_;
    MergeStyle style_;
    std::uint32_t row_;
    Gantt& out_;
    bool has_pending_ = false;
    model::Span pending_;  ///< Held back: its other half may follow across a segment border.
    long long column_ = -1;
    std::array<Tally, kTallies> tallies_;
    std::size_t tally_count_ = 0;
    Tally others_;
    std::uint32_t count_ = 0;
    TimeRange time_;
    model::Span sample_;
    Stack stack_;
    float cursor_px_;  ///< Right end of the last item: items of a row do not overlap.
};

/// Whether a state leaves the lane bare.
constexpr bool is_bare(model::State state) {
    return state == model::State::Idle || state == model::State::Parked;
}

}  // namespace golanes::view

// What one frame's layout costs: all of a recording in view, and a thousandth of it.
#include <benchmark/benchmark.h>

#include "core/model/builder.h"
#include "tests/bench/samples.h"
#include "ui/view/gantt_layout.h"

namespace golanes::bench {
namespace {

void gantt_layout(benchmark::State& state) {
    recording::Recording recording({});
    recording.append(yielding(1'000'000, 100));
    recording.publish();
    const model::Timeline timeline = model::build_timeline(recording.snapshot());
    view::Viewport viewport;
    viewport.width_px = 1'600;
    viewport.range = {0, timeline.end() / state.range(0)};
    view::Gantt gantt;
    for (auto _ : state)
        view::build_gantt(timeline, viewport, {}, gantt);
    state.counters["items"] = static_cast<double>(gantt.items.size());
    state.counters["spans_read"] = static_cast<double>(gantt.spans_read);
}

const model::Timeline& crowd_timeline() {
    static const model::Timeline kTimeline = [] {
        recording::Recording recording({});
        recording.append(crowd(10'000'000, 64, 10'000));
        recording.publish();
        return model::build_timeline(recording.snapshot());
    }();
    return kTimeline;
}

// Ten million events, 64 lanes of Ps and 10,000 of goroutines, of which 1000 pixels are in view,
// from `top` on.
void gantt_layout_crowd(benchmark::State& state) {
    const model::Timeline& timeline = crowd_timeline();
    view::Viewport viewport;
    viewport.width_px = 1'600;
    viewport.range = {0, timeline.end() / state.range(0)};
    view::GanttStyle style;
    style.rows.max_goroutines = 10'000;
    style.rows.available_px = 1'000;
    style.visible_top = static_cast<float>(state.range(1));
    style.visible_bottom = style.visible_top + 1'000;
    view::Gantt gantt;
    for (auto _ : state)
        view::build_gantt(timeline, viewport, style, gantt);
    state.counters["items"] = static_cast<double>(gantt.items.size());
    state.counters["rows"] = static_cast<double>(gantt.rows.size());
    state.counters["spans_read"] = static_cast<double>(gantt.spans_read);
}

constexpr std::int64_t kTopOfProcs = 0;
constexpr std::int64_t kTopOfGoroutines = 5'000;

BENCHMARK(gantt_layout_crowd)
    ->ArgNames({"zoom", "top"})
    ->ArgsProduct({benchmark::CreateRange(1, 1 << 16, 2), {kTopOfProcs, kTopOfGoroutines}})
    ->Unit(benchmark::kMillisecond);

BENCHMARK(gantt_layout)->ArgName("zoom")->Arg(1)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace golanes::bench

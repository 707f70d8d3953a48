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

BENCHMARK(gantt_layout)->ArgName("zoom")->Arg(1)->Arg(1'000)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace golanes::bench

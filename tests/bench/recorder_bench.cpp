// How many events a second come through from the ring to the picture's data.
#include <benchmark/benchmark.h>

#include "core/model/builder.h"
#include "core/recording/recording.h"
#include "core/trace/collector.h"
#include "core/trace/emitter.h"
#include "tests/bench/samples.h"

namespace golanes::bench {
namespace {

constexpr std::size_t kEvents = 60'000;  // fits one ring

enum class Until { Collector, Recording, Model };

void recorder(benchmark::State& state, Until until) {
    const std::vector<trace::Event> events = yielding(kEvents, 100);
    for (auto _ : state) {
        state.PauseTiming();
        auto region =
            trace::RunRegion::create_anonymous({.rings = 1, .ring_events = 1U << 16}, TickClock{});
        trace::Emitter emitter(region.value().claim_ring(1), 1, trace::WhenFull::Drop);
        for (const trace::Event& event : events) {
            emitter.begin_visit_at(event.time);
            emitter.put(event);
            emitter.end_visit();
        }
        trace::Collector collector(region.value());
        recording::Recording recording({});
        model::TimelineBuilder builder;
        state.ResumeTiming();
        const std::vector<trace::Event>& drained = collector.finish();
        if (until >= Until::Recording) {
            recording.append(drained);
            recording.publish();
        }
        if (until == Until::Model)
            builder.advance(recording.snapshot());
        benchmark::DoNotOptimize(drained.data());
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEvents));
}

BENCHMARK_CAPTURE(recorder, to_collector, Until::Collector)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recorder, to_recording, Until::Recording)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(recorder, to_model, Until::Model)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace golanes::bench

// The model at scale: ten million events of 10,000 goroutines on 64 Ps. How fast it is built, what
// the statistics of a range cost, and what all findings.
#include <benchmark/benchmark.h>

#include "core/model/builder.h"
#include "core/model/findings/find_all.h"
#include "core/model/flows.h"
#include "core/model/range_statistics.h"
#include "tests/bench/samples.h"

namespace golanes::bench {
namespace {

constexpr std::size_t kEvents = 10'000'000;
constexpr std::uint32_t kProcs = 64;
constexpr std::uint32_t kGoroutines = 10'000;

const recording::Snapshot& recorded() {
    static const recording::Snapshot kSnapshot = [] {
        recording::Recording recording({});
        recording.append(crowd(kEvents, kProcs, kGoroutines));
        recording.publish();
        return recording.snapshot();
    }();
    return kSnapshot;
}

const model::Timeline& timeline() {
    static const model::Timeline kTimeline = model::build_timeline(recorded());
    return kTimeline;
}

void model_build(benchmark::State& state) {
    recorded();
    for (auto _ : state)
        benchmark::DoNotOptimize(model::build_timeline(recorded()));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEvents));
}

// A range of a nth of everything, anywhere.
template <typename F>
void over_ranges(benchmark::State& state, F&& f) {
    Random random(1, Stream::Scenario);
    const TimeNs length = timeline().end() / state.range(0);
    for (auto _ : state) {
        const auto room = static_cast<std::uint64_t>(timeline().end() - length + 1);
        const auto from = static_cast<TimeNs>(random.uniform(room));
        f(from, from + length);
    }
}

void statistics_of_range(benchmark::State& state) {
    over_ranges(state, [](TimeNs t0, TimeNs t1) {
        benchmark::DoNotOptimize(model::range_statistics(timeline(), t0, t1));
    });
}

void goroutine_table(benchmark::State& state) {
    over_ranges(state, [](TimeNs t0, TimeNs t1) {
        benchmark::DoNotOptimize(model::goroutine_statistics(timeline(), 1, t0, t1));
    });
}

void running_curve(benchmark::State& state) {
    over_ranges(state, [](TimeNs t0, TimeNs t1) {
        benchmark::DoNotOptimize(model::running_over_time(timeline(), t0, t1, 1'600));
    });
}

void queues_at(benchmark::State& state) {
    over_ranges(state,
                [](TimeNs t0, TimeNs) { benchmark::DoNotOptimize(timeline().queues_at(t0)); });
}

void all_findings(benchmark::State& state) {
    for (auto _ : state)
        benchmark::DoNotOptimize(model::find_all(timeline()));
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEvents));
}

constexpr auto kMs = benchmark::kMillisecond;

BENCHMARK(model_build)->Unit(kMs);
BENCHMARK(statistics_of_range)->ArgName("zoom")->Arg(1)->Arg(16)->Arg(1'000)->Unit(kMs);
BENCHMARK(goroutine_table)->ArgName("zoom")->Arg(1)->Arg(16)->Arg(1'000)->Unit(kMs);
BENCHMARK(running_curve)->ArgName("zoom")->Arg(1)->Arg(16)->Arg(1'000)->Unit(kMs);
BENCHMARK(queues_at)->ArgName("zoom")->Arg(16)->Unit(kMs);
BENCHMARK(all_findings)->Unit(kMs);

}  // namespace
}  // namespace golanes::bench

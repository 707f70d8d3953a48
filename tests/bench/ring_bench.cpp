// What an event costs the thread that says it.
#include <benchmark/benchmark.h>

#include "core/trace/emitter.h"
#include "core/trace/region.h"

namespace golanes::bench {
namespace {

trace::RunRegion region_of(std::uint32_t ring_events) {
    auto region = trace::RunRegion::create_anonymous({.rings = 1, .ring_events = ring_events},
                                                     process_tick_clock());
    return std::move(region).value();
}

trace::Event event_at(std::uint64_t now) {
    return {.time = now, .a = 1, .type = trace::EventType::GoStart};
}

// Tracing off: what is left is the test of a flag.
void event_put_off(benchmark::State& state) {
    trace::Emitter emitter;
    for (auto _ : state) {
        benchmark::DoNotOptimize(emitter);
        if (emitter.on())
            emitter.put(event_at(1));
    }
}

// A visit of `events` events: one clock reading, one publishing. The reader is played by a store.
void event_put_on(benchmark::State& state) {
    const trace::RunRegion region = region_of(1U << 16);
    const trace::RingView ring = region.claim_ring(1);
    trace::Emitter emitter(ring, 1, trace::WhenFull::Drop);
    const auto events = state.range(0);
    for (auto _ : state) {
        const std::uint64_t now = emitter.begin_visit();
        for (std::int64_t i = 0; i < events; ++i)
            emitter.put(event_at(now));
        emitter.end_visit();
        ring.header->tail.store(ring.header->head.load(std::memory_order_relaxed),
                                std::memory_order_relaxed);
    }
    state.SetItemsProcessed(state.iterations() * events);
}

// A full ring: the price of counting a loss.
void event_put_full(benchmark::State& state) {
    const trace::RunRegion region = region_of(16);
    trace::Emitter emitter(region.claim_ring(1), 1, trace::WhenFull::Drop);
    const std::uint64_t now = emitter.begin_visit();
    for (auto _ : state)
        emitter.put(event_at(now));
}

BENCHMARK(event_put_off);
BENCHMARK(event_put_on)->ArgName("events_a_visit")->Arg(1)->Arg(2)->Arg(4);
BENCHMARK(event_put_full);

}  // namespace
}  // namespace golanes::bench

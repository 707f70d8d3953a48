// The runtime with its trace on and a recorder that drains it: what a switch, a hand-over, a
// goroutine costs. Each measurement is one run of a program of kOperations operations.
#include <functional>

#include <benchmark/benchmark.h>

#include "app/recorder.h"
#include "core/runtime/chan.h"
#include "core/runtime/run.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"

namespace golanes::bench {
namespace {

constexpr int kOperations = 20'000;
constexpr int kStarts = 1'000'000;
constexpr int kSpawns = 200'000;
constexpr int kCrowd = 200;  // fits a P's ring

// Two goroutines yield to each other.
void yield2() {
    rt::WaitGroup wg("yielders");
    wg.add(2);
    for (int i = 0; i < 2; ++i) {
        rt::go("yielder", [&wg] {
            for (int k = 0; k < kOperations / 2; ++k)
                rt::gosched();
            wg.done();
        });
    }
    wg.wait();
}

// A value goes to and fro between two goroutines.
void ping_pong() {
    const rt::Chan<int> ping(0, "ping");
    const rt::Chan<int> pong(0, "pong");
    rt::go("echo", [ping, pong] {
        while (const auto value = ping.recv())
            pong.send(*value);
    });
    for (int i = 0; i < kOperations / 2; ++i) {
        ping.send(i);
        pong.recv();
    }
    ping.close();
}

// A goroutine is started and waited for, again and again.
void spawn_join() {
    for (int i = 0; i < kOperations; ++i) {
        rt::WaitGroup wg("one");
        wg.add(1);
        rt::go("child", [&wg] { wg.done(); });
        wg.wait();
    }
}

// Starts alone: a goroutine yields with nobody to yield to, a million times.
void starts() {
    for (int i = 0; i < kStarts; ++i)
        rt::gosched();
}

// Every start is also a go statement and an end: children that do nothing, a crowd at a time.
void spawns() {
    for (int i = 0; i < kSpawns / kCrowd; ++i) {
        for (int k = 0; k < kCrowd; ++k)
            rt::go("", [] {});
        rt::gosched();
    }
}

// A producer and a consumer with a buffer of 128 between them.
void buffered() {
    const rt::Chan<int> chan(128, "buffer");
    rt::go("producer", [chan] {
        for (int i = 0; i < kOperations; ++i)
            chan.send(i);
        chan.close();
    });
    while (chan.recv()) {
    }
}

void run_under(benchmark::State& state,
               bool is_virtual,
               int operations_each,
               const std::function<void()>& program) {
    double wall_ns = 0;
    std::uint64_t events = 0;
    std::uint64_t lost = 0;
    for (auto _ : state) {
        auto region = trace::RunRegion::create_anonymous(
            {.rings = 16}, is_virtual ? TickClock{} : process_tick_clock());
        app::Recorder recorder(region.value(), {}, {.builds_timeline = false});
        recorder.start();
        rt::RunHost host(region.value(), trace::Level::Scheduler, is_virtual);
        rt::RunSettings settings;
        settings.scheduler.procs = static_cast<int>(state.range(0));
        settings.is_virtual = is_virtual;
        const TimeNs begin = monotonic_ns();
        const rt::RunReport report = rt::run_program(host, settings, program);
        const TimeNs spent = monotonic_ns() - begin;
        recorder.stop();
        if (report.status != trace::RunStatus::Ok)
            state.SkipWithError("the run failed");
        state.SetIterationTime(static_cast<double>(spent) / 1e9);
        wall_ns += static_cast<double>(spent);
        events += recorder.snapshot().event_count();
        lost += recorder.snapshot().honesty.lost;
    }
    const auto operations = static_cast<double>(state.iterations()) * operations_each;
    state.counters["ns_per_op"] = wall_ns / operations;
    state.counters["op_per_s"] = operations / (wall_ns / 1e9);
    state.counters["events_per_op"] = static_cast<double>(events) / operations;
    state.counters["events_per_s"] = static_cast<double>(events) / (wall_ns / 1e9);
    state.counters["lost"] = static_cast<double>(lost);
}

void measure(const char* name, void (*program)()) {
    benchmark::RegisterBenchmark(
        (std::string("real_") + name).c_str(),
        [program](benchmark::State& state) { run_under(state, false, kOperations, program); })
        ->ArgName("procs")
        ->Arg(1)
        ->Arg(2)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
    benchmark::RegisterBenchmark(
        (std::string("virtual_") + name).c_str(),
        [program](benchmark::State& state) { run_under(state, true, kOperations, program); })
        ->ArgName("procs")
        ->Arg(2)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
}

// Goroutine starts per second of virtual runs, recorded: at least 5 million on one core.
void measure_starts(const char* name, int starts, void (*program)()) {
    benchmark::RegisterBenchmark(
        name,
        [starts, program](benchmark::State& state) { run_under(state, true, starts, program); })
        ->ArgName("procs")
        ->Arg(1)
        ->Arg(64)
        ->UseManualTime()
        ->Unit(benchmark::kMillisecond);
}

const bool kRegistered = [] {
    measure("yield2", &yield2);
    measure("ping_pong", &ping_pong);
    measure("spawn_join", &spawn_join);
    measure("buffered", &buffered);
    measure_starts("virtual_starts", kStarts, &starts);
    measure_starts("virtual_spawns", kSpawns, &spawns);
    return true;
}();

}  // namespace
}  // namespace golanes::bench

// What a parked goroutine costs in memory: its page of stack, the kernel's page tables, and what
// the runtime keeps of it. The million needs 5 GB.
#include <atomic>
#include <chrono>
#include <fstream>
#include <string>
#include <thread>

#include <benchmark/benchmark.h>

#include "core/runtime/chan.h"
#include "core/runtime/run.h"
#include "core/runtime/runtime.h"
#include "core/trace/collector.h"

namespace golanes::bench {
namespace {

// A line of /proc/self/status, in KB.
double status_kb(const std::string& key) {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with(key + ":"))
            return std::stod(line.substr(key.size() + 1));
    }
    return 0;
}

struct Memory {
    double resident_kb = status_kb("VmRSS");
    double page_tables_kb = status_kb("VmPTE");
};

// Reads the rings and forgets: what a recording keeps is not the question here.
class Drain {
 public:
    explicit Drain(const trace::RunRegion& region)
        : thread_([this, &region] {
              trace::Collector collector(region);
              while (!over_) {
                  collector.drain();
                  std::this_thread::sleep_for(std::chrono::milliseconds(1));
              }
          }) {}

    ~Drain() {
        over_ = true;
        thread_.join();
    }

    Drain(const Drain&) = delete;
    Drain& operator=(const Drain&) = delete;

 private:
    std::atomic<bool> over_{false};
    std::thread thread_;
};

void parked(benchmark::State& state) {
    const auto count = static_cast<int>(state.range(0));
    const auto stack_bytes = static_cast<std::size_t>(state.range(1)) << 10;
    for (auto _ : state) {
        auto region = trace::RunRegion::create_anonymous({.rings = 16}, process_tick_clock());
        const Drain drain(region.value());
        const Memory before;
        Memory after;
        {
            rt::RunHost host(
                region.value(), trace::Level::Scheduler, false, {.bytes = stack_bytes});
            rt::RunSettings settings;
            rt::run_program(host, settings, [&] {
                const rt::Chan<int> never(0, "never");
                for (int i = 0; i < count; ++i) {
                    rt::go("parked", [never] { never.recv(); });
                    if (i % 1000 == 0)
                        rt::gosched();
                }
                for (int i = 0; i < 2000; ++i)
                    rt::gosched();  // the last ones have parked
                after = {};
                never.close();
            });
        }
        state.counters["resident_kb"] = (after.resident_kb - before.resident_kb) / count;
        state.counters["page_tables_kb"] = (after.page_tables_kb - before.page_tables_kb) / count;
    }
}

BENCHMARK(parked)
    ->ArgNames({"goroutines", "stack_kb"})
    ->Args({100'000, 256})
    ->Args({100'000, 64})
    ->Args({1'000'000, 256})
    ->Iterations(1)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace golanes::bench

// Recording files: events a second, written and read.
#include <cstdio>
#include <filesystem>
#include <string>

#include <unistd.h>

#include <benchmark/benchmark.h>

#include "core/recording/file.h"
#include "tests/bench/samples.h"

namespace golanes::bench {
namespace {

constexpr std::size_t kEvents = 500'000;

recording::Snapshot sample() {
    recording::Recording recording({});
    recording.append(yielding(kEvents, 100));
    recording.publish();
    return recording.snapshot();
}

std::string file_name() {
    return (std::filesystem::temp_directory_path() /
            ("golanes-bench-" + std::to_string(getpid()) + ".golanes"))
        .string();
}

void file_write(benchmark::State& state) {
    const recording::Snapshot snapshot = sample();
    const std::string path = file_name();
    for (auto _ : state) {
        if (!recording::save(snapshot, path, recording::Overwrite::Yes).ok())
            state.SkipWithError("cannot write");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEvents));
    state.counters["bytes_per_event"] =
        static_cast<double>(std::filesystem::file_size(path)) / static_cast<double>(kEvents);
    std::remove(path.c_str());
}

void file_read(benchmark::State& state) {
    const std::string path = file_name();
    if (!recording::save(sample(), path, recording::Overwrite::Yes).ok())
        state.SkipWithError("cannot write");
    for (auto _ : state) {
        if (!recording::load(path).ok())
            state.SkipWithError("cannot read");
    }
    state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kEvents));
    std::remove(path.c_str());
}

BENCHMARK(file_write)->Unit(benchmark::kMillisecond);
BENCHMARK(file_read)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace golanes::bench

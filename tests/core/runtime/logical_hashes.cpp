// Prints the hash of the logical events of one virtual run per seed: two builds (dev and release,
// g++ and clang) must print the same. Uses nothing but the runtime and the trace, so that it can be
// built by one line for any compiler:
//   $CXX -std=c++20 -O2 -I. core/{base,trace,runtime}/*.cpp tests/core/runtime/logical_hashes.cpp
//        -lboost_context -lfmt -lpthread
// Usage: logical_hashes [SEEDS]
#include <cinttypes>
#include <cstdio>
#include <cstdlib>

#include "core/base/random.h"
#include "core/trace/collector.h"
#include "tests/core/runtime/mixed_program.h"

namespace golanes::test {
namespace {

std::uint64_t hash_of(const std::vector<trace::Event>& events) {
    std::uint64_t hash = 0;
    for (const trace::Event& event : events) {
        if (trace::info_of(event.type).nature != trace::Nature::Logical)
            continue;
        for (const std::uint64_t part : {static_cast<std::uint64_t>(event.type),
                                         std::uint64_t{event.a},
                                         std::uint64_t{event.seq},
                                         std::uint64_t{event.flags},
                                         std::uint64_t{event.p},
                                         event.arg,
                                         event.time})
            hash = mix64(hash ^ part);
    }
    return hash;
}

// The run's events fit its ring: they are collected when it is over.
std::uint64_t hash_of_seed(int seed) {
    auto region = trace::RunRegion::create_anonymous({.rings = 4}, TickClock{});
    rt::RunSettings settings;
    settings.is_virtual = true;
    settings.scheduler.procs = 1 + seed % 8;
    settings.scheduler.seed = static_cast<std::uint64_t>(seed);
    vary(settings, seed);
    rt::RunHost host(region.value(), trace::Level::Full, true);
    rt::run_program(host, settings, &mixed_program);
    trace::Collector collector(region.value());
    return hash_of(collector.finish());
}

}  // namespace
}  // namespace golanes::test

int main(int argc, char** argv) {
    const int seeds = argc > 1 ? std::atoi(argv[1]) : 1000;
    for (int seed = 1; seed <= seeds; ++seed)
        std::printf("%d %016" PRIx64 "\n", seed, golanes::test::hash_of_seed(seed));
}

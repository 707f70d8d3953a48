// hundred_k: a hundred thousand goroutines live at once; and as many threads as the machine gives.
#include <algorithm>
#include <string>
#include <vector>

#include "core/host/creation_cost.h"
#include "core/host/limits.h"
#include "core/host/status.h"
#include "core/runtime/blocking.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

// They come and go by rows, each with its gate, and a pause between: so the recorder keeps up.
constexpr int kRow = 1000;
constexpr DurationNs kPause = 3 * kMillisecond;

constexpr std::int64_t kAsksAbove = 200'000;
constexpr std::int64_t kBytesOfOne = 10 * 1024;  // a page of stack, page tables, what is recorded

const catalog::Scenario kScenario{
    .id = "hundred_k",
    .title = {"A hundred thousand goroutines", "十万协程"},
    .summary = {"So many goroutines wait at one gate at once, then all go. Compare: a thousand "
                "threads, and the limit that stops them.",
                "十万个协程同时等在一道门前，然后一起放行。对比：一千个线程，以及拦住它们的上限。"},
    .group = "processes",
    .parameters = {{.name = "goroutines",
                    .title = {"Goroutines", "协程数"},
                    .minimum = 1000,
                    .maximum = 1'000'000,
                    .standard = 100'000},
                   {.name = "threads",
                    .title = {"Threads", "线程数"},
                    .minimum = 0,
                    .maximum = 20'000,
                    .standard = 1000},
                   {.name = "crowds",
                    .title = {"Crowds, one after the other", "先后几批"},
                    .minimum = 1,
                    .maximum = 10,
                    .standard = 1},
                   {.name = "sure",
                    .title = {"More than 200,000: I am sure", "超过 20 万：我确定"},
                    .kind = catalog::ParameterKind::Switch,
                    .maximum = 1,
                    .standard = 0}},
    .real_only = true,
    .presets = {{"as-article", {"A hundred thousand", "十万"}, {"goroutines=100000"}},
                {"million", {"A million", "一百万"}, {"goroutines=1000000"}},
                {"quick", {"Quick", "快速"}, {"goroutines=1000", "threads=20"}}},
};

// What speaks against it, in words; empty: nothing.
std::string objection(std::int64_t goroutines, bool is_sure) {
    const std::int64_t bytes = goroutines * kBytesOfOne;
    const std::int64_t left = host::available_memory();
    const std::string takes = std::to_string(goroutines) + " goroutines may take " +
                              std::to_string(bytes >> 20) + " MB of the " +
                              std::to_string(left >> 20) + " MB that are free";
    if (left >= 0 && bytes > left / 2)
        return takes + ": too many for this machine";
    return goroutines > kAsksAbove && !is_sure ? takes + ": if you are sure, switch sure on" : "";
}

Chan<bool> new_gate() {
    Chan<bool> gate(0, "gate");
    return gate;
}

std::int64_t resident_bytes() {
    const auto status = host::status_of();
    return status.ok() ? status->resident_bytes : 0;
}

void crowd(int goroutines) {
    std::vector<Chan<bool>> gates;
    Atomic<std::int64_t> sum("sum of their numbers");
    WaitGroup arrived("arrived");
    WaitGroup left("left");
    const std::int64_t before = resident_bytes();
    arrived.add(goroutines);
    left.add(goroutines);
    for (int i = 0; i < goroutines; ++i) {
        if (i % kRow == 0) {
            gates.push_back(new_gate());
            sleep(kPause);
        }
        go("one of the crowd", [&, i, gate = gates.back()] {
            arrived.done();
            gate.recv();
            sum.add(i);
            left.done();
        });
    }
    arrived.wait();  // all of them live now
    log(std::to_string(goroutines) + " goroutines at once, " +
        std::to_string((resident_bytes() - before) / goroutines) + " bytes of memory each");
    for (const Chan<bool>& gate : gates) {
        gate.close();
        sleep(kPause);
    }
    left.wait();
    const std::int64_t n = goroutines;
    check(sum.load() == n * (n - 1) / 2, "each of them added its number once");
}

void program(const catalog::Values& values) {
    const std::string against = objection(values.get("goroutines"), values.on("sure"));
    if (!against.empty()) {
        log(against);
        outcome("asks first");
        return;
    }
    for (int k = 1; k <= values.count("crowds"); ++k) {
        const std::uint64_t faults = host::page_faults();
        crowd(values.count("goroutines"));
        log("crowd " + std::to_string(k) + " took " + std::to_string(host::page_faults() - faults) +
            " pages of the kernel");
    }
    const auto threads = blocking([&] { return host::threads_at_once(values.count("threads")); });
    log(std::to_string(threads.made) + " threads at once, " + std::to_string(threads.each_bytes) +
        " bytes of memory each");
    if (!threads.limit.empty())
        log("no more threads: " + threads.limit);
    outcome(values.get("goroutines"));
}

}  // namespace

Entry hundred_k() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

#pragma once
// Runs a program on either engine in this process and checks the recording it leaves: nothing lost,
// nothing unordered, no forbidden transition, and a ledger (ledger.h) that balances.
#include <atomic>
#include <functional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/sanitizer.h"
#include "core/model/timeline.h"
#include "core/recording/recording.h"
#include "core/runtime/run.h"

namespace golanes::test {

enum class EngineKind { Real, Virtual };

/// Less to do under a sanitizer, which makes everything 5 to 20 times slower.
inline constexpr int scaled(int count) {
    return kUnderTsan ? (count + 9) / 10 : kUnderAsan ? (count + 2) / 3 : count;
}

/// Of a run whose goroutines may stand where a signal interrupted them when main returns.
inline constexpr std::uint64_t kAnyDrops = UINT64_MAX;

struct RunRequest {
    EngineKind engine = EngineKind::Virtual;
    int procs = 1;
    std::uint64_t seed = 1;
    trace::Level level = trace::Level::Scheduler;
    std::uint32_t global_tick = 61;
    bool stealing = true;
    bool runnext = true;
    /// 0: Go's 10 ms; but on the real engine with one P a second, so that an order does not depend
    /// on what else the machine does meanwhile.
    DurationNs slice = 0;
    rt::Costs costs = {};  ///< Virtual engine.
    DurationNs timeout = 60 * kSecond;
    int wanted_procs = 0;              ///< The knob, set before the run begins; 0: untouched.
    std::uint64_t expected_drops = 0;  ///< Goroutines that cannot be unwound.
    int cpus = 0;                      ///< See RunSettings::cpus.
    rt::StackOptions stacks = {};
    /// Sets what has no field here; last.
    std::function<void(rt::RunSettings&)> tune = {};
    /// Runs on a thread of its own beside the run, to turn knobs; returns once the run is over.
    std::function<void(trace::Control&, const std::atomic<bool>& over)> beside = {};
};

struct RunResult {
    rt::RunReport report;
    recording::Snapshot recording;
    model::Timeline timeline;

    [[nodiscard]] std::vector<trace::Event> events() const;
    [[nodiscard]] std::size_t count(trace::EventType type) const;
    /// The lines of log(), in order.
    [[nodiscard]] std::vector<std::string> lines() const;
    /// The same with spaces between: "5 0 1".
    [[nodiscard]] std::string words() const;
    [[nodiscard]] std::int64_t number() const;
    /// The run's message without the lines of goroutines: "panic: x", "fatal error: ...".
    [[nodiscard]] std::string headline() const;
    /// Hash of the logical events: equal for equal runs.
    [[nodiscard]] std::uint64_t logical_hash() const;
};

/// The text with its places of tests as from the root of the source tree, whatever the compiler
/// was told of it: "\ttests/...".
std::string in_tree(std::string text);

RunResult run(const RunRequest& request, std::function<void()> main);

/// Expects of a recording what every run owes: nothing lost or unordered, no step outside the
/// transition table of core/model, and a ledger that balances at every event.
void expect_orderly(const recording::Snapshot& recording, const model::Timeline& timeline);

/// Expects a run that ended well, each of its check()s holding.
void expect_ok(const RunResult& result);

/// Ends the process with the test's name when a test hangs.
class Watchdog {
 public:
    Watchdog();
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;
};

class RunTest : public ::testing::Test {
    Watchdog watchdog_;
};

/// A test for either engine.
class EngineTest : public ::testing::TestWithParam<EngineKind> {
 protected:
    [[nodiscard]] RunRequest on(int procs, std::uint64_t seed = 1) const {
        return {.engine = GetParam(), .procs = procs, .seed = seed};
    }

 private:
    Watchdog watchdog_;
};

inline std::string engine_name(const ::testing::TestParamInfo<EngineKind>& info) {
    return info.param == EngineKind::Real ? "Real" : "Virtual";
}

#define GOLANES_ON_BOTH_ENGINES(suite) \
    INSTANTIATE_TEST_SUITE_P(          \
        Engines, suite, ::testing::Values(EngineKind::Real, EngineKind::Virtual), engine_name)

}  // namespace golanes::test

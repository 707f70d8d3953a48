#pragma once
// RunState: what a run's goroutines have reported, beside the trace: outcome and checks, and
// what was left of them.
#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "core/base/lock.h"
#include "core/base/random.h"

namespace golanes::rt {

/// Nothing, a number, or words.
using Outcome = std::variant<std::monostate, std::int64_t, std::string>;

struct CheckResult {
    std::string what;
    bool holds = true;
};

/// Goroutines that could not be unwound at a run's end.
struct Drops {
    std::uint64_t all = 0;
    std::uint64_t cut_off = 0;  ///< Of these, preempted by signal: nothing can be thrown there.
};

/// Threads: any.
class RunState {
 public:
    explicit RunState(std::uint64_t seed) : random_(seed, Stream::Scenario) {}

    void set_outcome(Outcome outcome) {
        const LockGuard guard(lock_);
        outcome_ = std::move(outcome);
    }

    void add_check(bool holds, std::string what) {
        const LockGuard guard(lock_);
        checks_.push_back({std::move(what), holds});
    }

    std::uint64_t random(std::uint64_t bound) {
        const LockGuard guard(lock_);
        return random_.uniform(bound);
    }

    [[nodiscard]] Outcome outcome() {
        const LockGuard guard(lock_);
        return outcome_;
    }

    [[nodiscard]] std::vector<CheckResult> checks() {
        const LockGuard guard(lock_);
        return checks_;
    }

 private:
    Lock lock_;
    Random random_ GOLANES_GUARDED_BY(lock_);
    Outcome outcome_ GOLANES_GUARDED_BY(lock_);
    std::vector<CheckResult> checks_ GOLANES_GUARDED_BY(lock_);
};

}  // namespace golanes::rt

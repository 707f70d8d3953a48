#pragma once
// The peer programs of tests/bench/peers/go and /boost, on our runtime: the same loops, counts and
// names, so that a row can stand beside theirs. One line per result: NAME.pN VALUE UNIT.
#include <chrono>
#include <functional>
#include <string_view>
#include <vector>

namespace golanes::bench {

/// How this process runs its programs.
struct PeerMode {
    int procs = 1;
    bool is_traced = false;
    long scale = 1;  ///< Counts are divided by it.
};

PeerMode& peer_mode();

/// `n` operations of the row, divided by the scale.
long scaled(long n);

/// Prints a result.
void emit(std::string_view name, double value, std::string_view unit);

/// Measures from its making.
class StopWatch {
 public:
    [[nodiscard]] double ns() const {
        return std::chrono::duration<double, std::nano>(Clock::now() - start_).count();
    }

    [[nodiscard]] double ms() const { return ns() / 1e6; }

    [[nodiscard]] double ns_per(long operations) const {
        return ns() / static_cast<double>(operations);
    }

 private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

/// A program and the word that asks for it. It runs as goroutine 1.
struct PeerProgram {
    std::string_view name;
    void (*run)();
};

const std::vector<PeerProgram>& switch_programs();
const std::vector<PeerProgram>& spawn_programs();
const std::vector<PeerProgram>& sync_programs();

}  // namespace golanes::bench

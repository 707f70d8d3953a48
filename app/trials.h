#pragma once
// Trials: the same scenario again and again, and how often it came to which result. Each trial has
// a process of its own, so that a crash is a result like another.
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/run_loop.h"
#include "core/base/result.h"

namespace golanes::app {

/// One result and how often it came.
struct ResultBin {
    std::string
        result;  ///< What the program reported; "deadlock", "crashed" ... if it did not end.
    std::uint32_t count = 0;
    std::uint64_t seed = 0;  ///< Of the first trial that gave it.
    std::string replay;      ///< Its token: makes exactly that run again. Real runs: empty.
    std::string recording;   ///< The file with that trial; empty: it was not kept.

    friend bool operator==(const ResultBin&, const ResultBin&) = default;
};

/// All trials of one configuration.
struct TrialGroup {
    int procs = 1;
    bool is_virtual = false;
    std::uint32_t trials = 0;     ///< Made so far.
    std::vector<ResultBin> bins;  ///< Numbers in their order, then words in theirs.
    std::optional<double> mean;   ///< Of the results that are numbers.
};

/// Counts results.
class TrialTally {
 public:
    explicit TrialTally(const RunPlan& plan);

    /// `report` is nothing when the process of the trial crashed. Its bin, until the next call; its
    /// count is 1 when nobody had this result before.
    ResultBin& add(const std::optional<LoopReport>& report, std::uint64_t seed);

    [[nodiscard]] const TrialGroup& group() const { return group_; }

 private:
    TrialGroup group_;
    double sum_ = 0;
    std::uint32_t numbers_ = 0;
};

/// Makes `count` trials of the plan, the first with its seed, each next one with the next number.
/// After each, `goes_on` is told the results so far; false ends it there. `keep` is the folder for
/// the recording of the first real trial of each result; empty: none is kept.
/// Requires: no other thread exists. Errors: the system's words; a file that cannot be written.
Result<TrialGroup> run_trials(const RunPlan& plan,
                              std::uint32_t count,
                              const std::function<bool(const TrialGroup&)>& goes_on,
                              const std::string& keep = {});

}  // namespace golanes::app

#pragma once
// Claims of articles, measured: the run behind each one, and whether our verdict holds here.
#include <map>
#include <string>

#include "app/measured_run.h"
#include "core/lessons/claim.h"

namespace golanes::app {

struct MeasuredClaim {
    std::string number;  ///< What was measured; else why not.
    bool holds = false;  ///< Our verdict's expectation.
};

/// Threads: see run_measured.
class ClaimMeter {
 public:
    /// Makes the run, unless an earlier claim rests on the same one.
    MeasuredClaim measure(const lessons::Claim& claim);

 private:
    Result<std::string> number_of(const lessons::Claim& claim);

    std::map<std::string, MeasuredRun> runs_;
};

}  // namespace golanes::app

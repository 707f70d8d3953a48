#include "app/measured_claims.h"

#include <utility>

#include <fmt/format.h>

namespace golanes::app {

Result<std::string> ClaimMeter::number_of(const lessons::Claim& claim) {
    const std::string key = fmt::format("{} {}", claim.scenario, claim.run);
    auto found = runs_.find(key);
    if (found == runs_.end()) {
        auto options = options_from_words(claim.scenario, claim.run);
        if (!options.ok())
            return options.error();
        auto run = run_measured(options.value());
        if (!run.ok())
            return run.error();
        found = runs_.emplace(key, std::move(run).value()).first;
    }
    return app::measure(claim.measure, found->second);
}

MeasuredClaim ClaimMeter::measure(const lessons::Claim& claim) {
    const auto number = number_of(claim);
    if (!number.ok())
        return {number.error().message, false};
    const auto holds = lessons::holds(claim.expected, number.value());
    return holds.ok() ? MeasuredClaim{number.value(), holds.value()}
                      : MeasuredClaim{holds.error().message, false};
}

}  // namespace golanes::app

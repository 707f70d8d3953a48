#pragma once
// Runs a scenario by its command line, in this process.
#include <string>
#include <vector>

#include "app/run_loop.h"
#include "app/run_options.h"
#include "core/model/statistics.h"
#include "core/model/timeline.h"

namespace golanes::test {

struct ScenarioRun {
    app::RunPlan plan;
    app::LoopReport loop;
    model::Timeline timeline;

    [[nodiscard]] const rt::RunReport& report() const { return loop.last; }

    [[nodiscard]] model::Statistics statistics() const;
    [[nodiscard]] std::int64_t number() const;
    [[nodiscard]] std::string outcome() const;  ///< As text.
    [[nodiscard]] std::vector<std::string> lines() const;
};

app::RunOptions options_of(const std::string& scenario, const std::string& engine, int procs);

ScenarioRun run_scenario(const app::RunOptions& options);

}  // namespace golanes::test

#pragma once
// Plays a plan in this process and keeps what it left.
#include <functional>
#include <string>
#include <vector>

#include "app/run_loop.h"
#include "core/model/timeline.h"
#include "core/recording/recording.h"

namespace golanes::test {

struct Played {
    app::LoopReport loop;
    recording::Snapshot recording;
    model::Timeline timeline;
};

enum class Begins { Running, Held };

/// `beside` runs on a thread of its own, to turn knobs; `prepare` turns them before the run begins.
Played play(const app::RunPlan& plan,
            const app::LoopSettings& settings = {},
            const std::function<void(trace::Control&)>& beside = {},
            Begins begins = Begins::Running,
            const std::function<void(trace::Control&)>& prepare = {});

/// A virtual plan with seed 11 on two Ps. Fails the test when the options are wrong.
app::RunPlan virtual_plan(const std::string& scenario, std::vector<std::string> sets = {});

/// The plan of a token. Fails the test when it is refused.
app::RunPlan plan_of_token(const std::string& token);

}  // namespace golanes::test

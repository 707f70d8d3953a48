#pragma once
// Sample data for the tests of the window: three scenario descriptions and a small recording.
#include <string>
#include <utility>
#include <vector>

#include "core/catalog/catalog.h"
#include "core/model/timeline.h"
#include "core/recording/recording.h"
#include "ui/panels/frame.h"

namespace golanes::ui {

/// "pool" has a parameter of every kind; "real" runs only on the real engine; "plain" has none.
std::vector<const catalog::Scenario*> sample_scenarios();

/// A run of main and two workers on two Ps, ended well: 10 ms.
/// With a replay token, if one is given.
recording::Snapshot sample_recording(const std::string& token = {});

model::Timeline sample_timeline(const std::string& token = {});

/// The same run of the virtual engine before its last event: it goes on.
model::Timeline growing_timeline(const std::string& token = {});

/// growing_timeline(), and the same recording later, with the run's last event.
std::pair<model::Timeline, model::Timeline> growing_and_whole_timeline();

/// A live run of "pool", as the app would describe it.
FrameInput sample_input();

/// The sample run, every time stretched so that it takes `ms` milliseconds.
model::Timeline slowed_timeline(std::int64_t ms);

}  // namespace golanes::ui

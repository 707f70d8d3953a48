#pragma once
// Event words: one event as a short sentence in the present language.
#include <string>

#include "core/model/timeline.h"
#include "core/trace/event.h"

namespace golanes::ui {

/// "worker 2 waits: chan receive, pool.cpp:33". Names come from the run the event belongs to.
std::string event_words(const model::Timeline& timeline, const trace::Event& event);

/// The same with the P in front: "P1: worker 2 runs".
std::string event_line(const model::Timeline& timeline, const trace::Event& event);

}  // namespace golanes::ui

#pragma once
// StepTalk: the conversation of `golanes run --step`. A line of stdin is a step; what happened is
// answered in the words of `golanes dump`. Works on a terminal and on a pipe.
#include "app/stepped_run.h"

namespace golanes::app {

enum class StepEnd {
    LetGo,  ///< The run goes on to its end, or has ended.
    Stop,   ///< The person quit, or stdin ended.
};

/// Tells of the events so far, then takes one line after the other from stdin. Requires: the run
/// stands. Returns when there is nothing more to ask.
StepEnd talk_through(StepWatch& watch);

}  // namespace golanes::app

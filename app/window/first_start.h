#pragma once
// First start: whether a person has seen the window's tour, kept in a file between two starts.
#include <string>

#include "core/base/result.h"

namespace golanes::app {

/// $XDG_STATE_HOME/golanes/tour, or below ~/.local/state; empty when neither is known.
std::string tour_path();

/// Whether the file is there. Also where none can be kept: a tour at every start would be worse.
bool tour_was_seen();

/// Makes the file. Errors: the folder cannot be written.
Status remember_tour();

}  // namespace golanes::app

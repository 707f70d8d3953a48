#pragma once
// Lesson links: what a link of a lesson (core/lessons/link.h) does in the window.
#include <string>
#include <string_view>

#include "ui/panels/context.h"

namespace golanes::ui {

/// Moves the view, or asks the app for a run. Returns one line for the person if the link cannot be
/// followed; empty: it was.
std::string follow_link(const Context& context, std::string_view text);

}  // namespace golanes::ui

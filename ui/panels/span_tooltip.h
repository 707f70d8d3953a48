#pragma once
// Span tooltip: what lies under the pointer, in words.
#include <string>

#include "ui/view/gantt.h"
#include "ui/view/hit_test.h"

namespace golanes::ui {

/// "running", "runnable", "waiting (chan receive)", ... in the present language.
std::string state_words(const model::Span& span);
std::string state_words(model::State state);

/// "letters.cpp:31", or empty for an unknown place.
std::string place_words(const model::Timeline& timeline, PlaceId place);

/// Draws the tooltip of a hit at the mouse. Draws nothing over an empty spot.
void draw_span_tooltip(const model::Timeline& timeline,
                       const view::Gantt& gantt,
                       const view::Hit& hit,
                       TimeNs time);

}  // namespace golanes::ui

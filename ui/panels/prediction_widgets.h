#pragma once
// Prediction widgets: one for each kind of question, in which a person puts what will come.
#include <array>
#include <string>

#include "core/lessons/lesson.h"
#include "ui/panels/context.h"

namespace golanes::ui {

/// What was put in so far.
struct Draft {
    lessons::Answer chosen;           ///< Of questions with choices, and the line.
    std::array<char, 160> written{};  ///< Of the others.
};

/// Draws what the question needs: radio buttons, boxes, a field, words to be put in order, lines of
/// the source. True: Enter was pressed in it.
bool draw_answer_widget(const Context& context, const lessons::Lesson& lesson, Draft& draft);

/// The draft as a prediction; empty: it is none yet.
lessons::Answer prediction_in(const lessons::Question& question, const Draft& draft);

}  // namespace golanes::ui

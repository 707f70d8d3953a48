#pragma once
// Prediction: a lesson's question. It asks first; only what was predicted is measured, and only
// then the answer is shown beside the prediction. It can be asked again and again.
#include <string>

#include "core/lessons/lesson.h"
#include "ui/panels/context.h"
#include "ui/panels/prediction_widgets.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class Prediction {
 public:
    /// Draws the question, or the prediction beside the result.
    void draw(const Context& context, const lessons::Lesson& lesson);

    /// Whether nothing of the answer is hidden any more.
    [[nodiscard]] bool is_answered(const Context& context, const lessons::Lesson& lesson) const;

    /// Predicts what these words say, as if a person had: `golanes shot --predict`.
    void predict(const std::string& words) { given_words_ = words; }

 private:
    void begin(std::string_view scenario);
    void draw_question(const Context& context, const lessons::Lesson& lesson);
    void draw_progress(const Context& context) const;
    void draw_result(const Context& context, const lessons::Lesson& lesson);
    void draw_recording(const Context& context, const lessons::Lesson& lesson) const;

    std::string scenario_;  ///< Of the question that is asked.
    Draft draft_;
    lessons::Answer predicted_;  ///< Empty: not yet.
    std::string given_words_;    ///< By predict(); taken when the lesson is drawn.
};

}  // namespace golanes::ui

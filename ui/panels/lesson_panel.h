#pragma once
// LessonPanel: the lesson of the chosen scenario. Its question comes first; the text, which tells
// the answer, opens with the result, or when the person asks for it.
#include <optional>
#include <string>
#include <vector>

#include "core/lessons/markdown.h"
#include "ui/panels/context.h"
#include "ui/panels/prediction.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class LessonPanel {
 public:
    /// Fills the content region of the current window.
    void draw(const Context& context);

    /// See Prediction::predict.
    void predict(const std::string& words) { prediction_.predict(words); }

 private:
    /// Reads the lesson of the chosen scenario. False: it has none.
    bool read(const Context& context);
    [[nodiscard]] bool is_open(const Context& context) const;
    void draw_question(const Context& context);
    void draw_text(const Context& context);

    std::string scenario_;  ///< Of the lesson that was read.
    std::string language_;
    std::optional<lessons::Lesson> lesson_;
    std::vector<lessons::TextBlock> blocks_;
    Prediction prediction_;
    bool opened_ = false;    ///< The text was asked for without a prediction.
    std::string complaint_;  ///< About the link that was pressed last; empty: it led somewhere.
};

}  // namespace golanes::ui

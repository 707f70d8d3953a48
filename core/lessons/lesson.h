#pragma once
// Lessons: the text beside a scenario, and its question. The answer is never stored: the front
// matter names a run and what is to be measured in it, and the answer is what that run gives. Pure
// text work; runs and measurements are app's.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace golanes::lessons {

enum class QuestionKind {
    Choice,  ///< One of the choices: its key is what was measured.
    Number,  ///< Exactly the number measured.
    Range,   ///< A number not further away than `within_percent`.
    Set,     ///< All outcomes of `repeat` runs.
    Order,   ///< The words measured, in their order.
    Line,    ///< A line of the scenario's source.
};

struct Choice {
    std::string_view key;    ///< As measured.
    std::string_view words;  ///< As shown.
};

struct Question {
    QuestionKind kind = QuestionKind::Number;
    std::string_view ask;
    std::vector<Choice> choices = {};
    std::string_view measure;  ///< What to measure: app/measure.h.
    std::string_view run;      ///< The run, in words of the command line behind the scenario.
    int repeat = 1;
    int within_percent = 0;
};

struct Lesson {
    std::string_view scenario;
    int sitting = 0;  ///< Of the course of eight.
    std::string_view title;
    Question question;
    std::string_view text;  ///< Markdown behind the front matter.
};

/// Reads a lesson: front matter of "key: value" lines between two "---", then the text, of which
/// the result keeps views. Errors: what is missing or not understood.
Result<Lesson> parse_lesson(std::string_view text);

/// One value, but for Set (sorted) and Order.
using Answer = std::vector<std::string>;

/// The answer, from what was measured in each of the question's runs. Requires: one at least.
Answer answer_of(const Question& question, const std::vector<std::string>& measured);

/// Whether a prediction is right. A set's order does not matter.
bool is_right(const Question& question, const Answer& answer, const Answer& prediction);

/// The first number in a text: "15.42", "-3", "14 to 1".
std::optional<double> first_number(std::string_view text);

/// The pages that this program was built with. Static.
struct Page {
    std::string_view scenario;
    std::string_view language;  ///< "en" or "zh_CN".
    std::string_view text;
};

std::span<const Page> pages();

/// The lesson of a scenario. Empty: it has none yet.
std::optional<Lesson> find_lesson(std::string_view scenario, std::string_view language);

}  // namespace golanes::lessons

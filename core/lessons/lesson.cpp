#include "core/lessons/lesson.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <sstream>

#include <fmt/format.h>

#include "core/base/check.h"

namespace golanes::lessons {
namespace {

constexpr std::string_view kFence = "---\n";

struct KindName {
    std::string_view name;
    QuestionKind kind;
};

constexpr std::array kKinds{KindName{"choice", QuestionKind::Choice},
                            KindName{"number", QuestionKind::Number},
                            KindName{"range", QuestionKind::Range},
                            KindName{"set", QuestionKind::Set},
                            KindName{"order", QuestionKind::Order},
                            KindName{"line", QuestionKind::Line}};

std::optional<int> whole_number(std::string_view text) {
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0)
        return std::nullopt;
    return value;
}

/// Takes the lines of the front matter into a lesson.
class FrontMatter {
 public:
    explicit FrontMatter(Lesson& lesson) : lesson_(lesson) {}

    Status read(std::string_view key, std::string_view value) {
        Question& question = lesson_.question;
        if (key == "scenario")
            lesson_.scenario = value;
        else if (key == "title")
            lesson_.title = value;
        else if (key == "ask")
            question.ask = value;
        else if (key == "answer")
            question.measure = value;
        else if (key == "run")
            question.run = value;
        else if (key == "question")
            return read_kind(value);
        else if (key == "choice")
            return read_choice(value);
        else
            return read_number(key, value);
        return Done{};
    }

 private:
    Status read_kind(std::string_view value) {
        const auto* const found = std::find_if(
            kKinds.begin(), kKinds.end(), [&](const KindName& each) { return each.name == value; });
        if (found == kKinds.end())
            return Error{fmt::format("there is no kind of question \"{}\"", value)};
        lesson_.question.kind = found->kind;
        return Done{};
    }

    Status read_choice(std::string_view value) {
        const auto bar = value.find(" | ");
        if (bar == std::string_view::npos)
            return Error{fmt::format("a choice is \"key | words\", not \"{}\"", value)};
        lesson_.question.choices.push_back({value.substr(0, bar), value.substr(bar + 3)});
        return Done{};
    }

    Status read_number(std::string_view key, std::string_view value) {
        int* const number = key == "sitting"  ? &lesson_.sitting
                            : key == "repeat" ? &lesson_.question.repeat
                            : key == "within" ? &lesson_.question.within_percent
                                              : nullptr;
        if (number == nullptr)
            return Error{fmt::format("front matter has no \"{}\"", key)};
        const auto read = whole_number(value);
        if (!read)
            return Error{fmt::format("{} takes a number, not \"{}\"", key, value)};
        *number = *read;
        return Done{};
    }

    Lesson& lesson_;
};

// What every lesson has; empty: nothing is missing.
std::string_view missing(const Lesson& lesson) {
    const Question& question = lesson.question;
    if (lesson.scenario.empty())
        return "scenario";
    if (lesson.title.empty())
        return "title";
    if (question.ask.empty())
        return "ask";
    if (question.measure.empty())
        return "answer";
    if (question.kind == QuestionKind::Choice && question.choices.size() < 2)
        return "choice";
    return question.kind == QuestionKind::Range && question.within_percent == 0 ? "within" : "";
}

std::vector<std::string> words_of(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;)
        words.push_back(word);
    return words;
}

Answer sorted(Answer values) {
    std::sort(values.begin(), values.end());
    values.erase(std::unique(values.begin(), values.end()), values.end());
    return values;
}

bool is_near(const Answer& answer, const Answer& prediction, int percent) {
    const auto measured = first_number(answer.front());
    const auto guessed = first_number(prediction.front());
    return measured && guessed &&
           std::abs(*guessed - *measured) <= std::abs(*measured) * percent / 100 + 1e-9;
}

}  // namespace

Result<Lesson> parse_lesson(std::string_view text) {
    const auto end = text.find("\n---\n");
    if (!text.starts_with(kFence) || end == std::string_view::npos)
        return Error{"a lesson begins with front matter between two lines \"---\""};
    Lesson lesson;
    FrontMatter front(lesson);
    std::string_view rest = text.substr(kFence.size(), end + 1 - kFence.size());
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(line.size() + 1);
        const auto colon = line.find(": ");
        if (colon == std::string_view::npos)
            return Error{fmt::format("front matter is \"key: value\", not \"{}\"", line)};
        if (auto read = front.read(line.substr(0, colon), line.substr(colon + 2)); !read.ok())
            return read.error();
    }
    if (const auto key = missing(lesson); !key.empty())
        return Error{fmt::format("the front matter does not say \"{}\"", key)};
    lesson.text = text.substr(end + std::string_view("\n---\n").size());
    return lesson;
}

Answer answer_of(const Question& question, const std::vector<std::string>& measured) {
    GOLANES_CHECK(!measured.empty(), "a question has a run");
    if (question.kind == QuestionKind::Set)
        return sorted(measured);
    if (question.kind == QuestionKind::Order)
        return words_of(measured.front());
    return {measured.front()};
}

bool is_right(const Question& question, const Answer& answer, const Answer& prediction) {
    if (answer.empty() || prediction.empty())
        return false;
    switch (question.kind) {
        case QuestionKind::Set:
            return sorted(prediction) == sorted(answer);
        case QuestionKind::Range:
            return is_near(answer, prediction, question.within_percent);
        case QuestionKind::Number:
        case QuestionKind::Line:
            return is_near(answer, prediction, 0);
        case QuestionKind::Choice:
        case QuestionKind::Order:
            break;
    }
    return prediction == answer;
}

std::optional<double> first_number(std::string_view text) {
    const auto digit = text.find_first_of("0123456789");
    if (digit == std::string_view::npos)
        return std::nullopt;
    const std::size_t begin = digit > 0 && text[digit - 1] == '-' ? digit - 1 : digit;
    double value = 0;
    const auto [end, error] =
        std::from_chars(text.data() + begin, text.data() + text.size(), value);
    return error == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<Lesson> find_lesson(std::string_view scenario, std::string_view language) {
    for (const Page& page : pages()) {
        if (page.scenario != scenario || page.language != language)
            continue;
        auto lesson = parse_lesson(page.text);
        GOLANES_CHECK(lesson.ok(), "the lessons of the program are read by its tests");
        return lesson.value();
    }
    return std::nullopt;
}

}  // namespace golanes::lessons

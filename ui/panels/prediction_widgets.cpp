#include "ui/panels/prediction_widgets.h"

#include <algorithm>
#include <iterator>
#include <sstream>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using lessons::Answer;
using lessons::Choice;
using lessons::Question;
using lessons::QuestionKind;

constexpr float kFieldPx = 190;   // at scale 1
constexpr float kSourceRows = 8;  // of the list of lines

std::string item_name(std::size_t number) {
    return fmt::format("lesson.choice{}", number);
}

bool contains(const Answer& answer, std::string_view value) {
    return std::find(answer.begin(), answer.end(), value) != answer.end();
}

void draw_choices(const Question& question, Draft& draft) {
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        const Choice& choice = question.choices[i];
        const std::string words(choice.words);
        if (radio(item_name(i).c_str(), words.c_str(), contains(draft.chosen, choice.key)))
            draft.chosen = {std::string(choice.key)};
    }
}

void draw_boxes(const Question& question, Draft& draft) {
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        const Choice& choice = question.choices[i];
        const std::string words(choice.words);
        bool on = contains(draft.chosen, choice.key);
        if (!checkbox(item_name(i).c_str(), words.c_str(), on))
            continue;
        if (on)
            draft.chosen.emplace_back(choice.key);
        else
            draft.chosen.erase(std::find(draft.chosen.begin(), draft.chosen.end(), choice.key));
    }
}

// A click puts a word behind the last one, a click on one of those takes it back.
void draw_order(const Question& question, Draft& draft) {
    colored_text(palette().dim_text,
                 draft.chosen.empty() ? tr("Click them in the order in which they will come:")
                                      : tr("Your order; click one to take it back:"));
    std::size_t taken = draft.chosen.size();
    for (std::size_t i = 0; i < draft.chosen.size(); ++i) {
        if (i > 0)
            same_line_if_fits(draft.chosen[i].c_str());
        if (button(fmt::format("lesson.taken{}", i).c_str(), draft.chosen[i].c_str()))
            taken = i;
    }
    if (taken < draft.chosen.size())
        draft.chosen.erase(draft.chosen.begin() + static_cast<std::ptrdiff_t>(taken));
    if (draft.chosen.size() < question.choices.size() && !draft.chosen.empty())
        colored_text(palette().dim_text, tr("Still to come:"));
    bool is_first = true;
    for (std::size_t i = 0; i < question.choices.size(); ++i) {
        const Choice& choice = question.choices[i];
        if (contains(draft.chosen, choice.key))
            continue;
        const std::string words(choice.words);
        if (!is_first)
            same_line_if_fits(words.c_str());
        is_first = false;
        if (button(item_name(i).c_str(), words.c_str()))
            draft.chosen.emplace_back(choice.key);
    }
}

void draw_lines(const Context& context, const lessons::Lesson& lesson, Draft& draft) {
    const std::string path = fmt::format("scenarios/{}.cpp", lesson.scenario);
    std::istringstream source(std::string(
        context.input.source == nullptr ? std::string_view{} : context.input.source(path)));
    const float height = kSourceRows * ImGui::GetTextLineHeightWithSpacing();
    ImGui::BeginChild("##lesson.lines", {0, height}, true, ImGuiWindowFlags_NavFlattened);
    ImGui::PushFont(fonts().mono);
    int number = 0;
    for (std::string line; std::getline(source, line);) {
        const std::string name = std::to_string(++number);
        const std::string text = fmt::format("{:>3}  {}", number, line);
        if (ImGui::Selectable(with_id(text, name).c_str(), contains(draft.chosen, name)))
            draft.chosen = {name};
        tag("lesson.line" + name);
    }
    ImGui::PopFont();
    ImGui::EndChild();
}

bool draw_field(const Question& question, Draft& draft) {
    const bool is_number = question.kind != QuestionKind::Order;
    ImGui::SetNextItemWidth(kFieldPx * ui_scale());
    const ImGuiInputTextFlags flags =
        ImGuiInputTextFlags_EnterReturnsTrue | (is_number ? ImGuiInputTextFlags_CharsDecimal : 0);
    const bool entered =
        ImGui::InputTextWithHint("##lesson.written",
                                 is_number ? tr("a number") : tr("one after another"),
                                 draft.written.data(),
                                 draft.written.size(),
                                 flags);
    tag("lesson.written");
    if (question.kind != QuestionKind::Range)
        return entered;
    const std::string forgives =
        fmt::format(fmt::runtime(tr("{} % more or less count as right")), question.within_percent);
    flow_text(palette().dim_text, forgives);
    return entered;
}

}  // namespace

bool draw_answer_widget(const Context& context, const lessons::Lesson& lesson, Draft& draft) {
    const Question& question = lesson.question;
    switch (question.kind) {
        case QuestionKind::Choice:
            draw_choices(question, draft);
            return false;
        case QuestionKind::Set:
            draw_boxes(question, draft);
            return false;
        case QuestionKind::Line:
            draw_lines(context, lesson, draft);
            return false;
        case QuestionKind::Order:
            if (question.choices.empty())
                return draw_field(question, draft);
            draw_order(question, draft);
            return false;
        case QuestionKind::Number:
        case QuestionKind::Range:
            break;
    }
    return draw_field(question, draft);
}

Answer prediction_in(const Question& question, const Draft& draft) {
    const std::string written = draft.written.data();
    switch (question.kind) {
        case QuestionKind::Number:
        case QuestionKind::Range:
            return lessons::first_number(written) ? Answer{written} : Answer{};
        case QuestionKind::Order: {
            if (!question.choices.empty())
                return draft.chosen.size() == question.choices.size() ? draft.chosen : Answer{};
            std::istringstream stream(written);
            return {std::istream_iterator<std::string>(stream),
                    std::istream_iterator<std::string>()};
        }
        case QuestionKind::Choice:
        case QuestionKind::Set:
        case QuestionKind::Line:
            break;
    }
    return draft.chosen;
}

}  // namespace golanes::ui

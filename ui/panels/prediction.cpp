#include "ui/panels/prediction.h"

#include <algorithm>
#include <array>
#include <sstream>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/view_switch.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using lessons::Answer;
using lessons::Question;
using lessons::QuestionKind;

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

/// In which view one sees what was measured; nothing: the timeline tells it.
struct Shows {
    std::string_view measure;
    view::ViewKind kind;
};

constexpr std::array kShows{Shows{"max_running", view::ViewKind::Statistics},
                            Shows{"parallelism", view::ViewKind::Statistics},
                            Shows{"overlap_ms", view::ViewKind::Statistics},
                            Shows{"switches", view::ViewKind::Statistics},
                            Shows{"steals", view::ViewKind::Statistics},
                            Shows{"preemptions", view::ViewKind::Statistics},
                            Shows{"status", view::ViewKind::Why},
                            Shows{"waiting_ms", view::ViewKind::Why},
                            Shows{"overflowed", view::ViewKind::Queues},
                            Shows{"stack_kb", view::ViewKind::Stacks},
                            Shows{"blocked_line", view::ViewKind::Source},
                            Shows{"order", view::ViewKind::Events}};

// A choice's words, else the value itself.
std::string words_of(const Question& question, const std::string& value) {
    for (const lessons::Choice& choice : question.choices) {
        if (choice.key == value)
            return std::string(choice.words);
    }
    return value;
}

std::string words_of(const Question& question, const Answer& answer) {
    const bool is_list = question.kind == QuestionKind::Set;
    std::string all;
    for (const std::string& value : answer)
        all += (all.empty() ? "" : is_list ? "; " : " ") + words_of(question, value);
    return all;
}

/// The words of the command line as a draft: for each kind what a person would have put in.
Draft draft_of(const Question& question, const std::string& words) {
    Draft draft;
    std::istringstream stream(words);
    for (std::string word; stream >> word;)
        draft.chosen.push_back(word);
    const std::size_t size = std::min(words.size(), draft.written.size() - 1);
    std::copy_n(words.begin(), size, draft.written.begin());
    if (question.kind == QuestionKind::Choice && draft.chosen.size() > 1)
        draft.chosen.resize(1);
    return draft;
}

bool is_of(const AnswerView& answer, std::string_view scenario) {
    return answer.scenario == scenario && !answer.running;
}

void draw_pair(const char* name, const char* title, const std::string& words) {
    colored_text(palette().dim_text, title);
    flow_text(palette().text, words);
    tag(name);
}

}  // namespace

void Prediction::begin(std::string_view scenario) {
    scenario_ = scenario;
    draft_ = {};
    predicted_.clear();
}

bool Prediction::is_answered(const Context& context, const lessons::Lesson& lesson) const {
    return scenario_ == lesson.scenario && !predicted_.empty() &&
           is_of(context.input.answer, lesson.scenario) && !context.input.answer.measured.empty();
}

void Prediction::draw_question(const Context& context, const lessons::Lesson& lesson) {
    const bool entered = draw_answer_widget(context, lesson, draft_);
    ImGui::Spacing();
    const Answer prediction = prediction_in(lesson.question, draft_);
    const bool pressed =
        button_if(!prediction.empty(), "lesson.predict", tr("I predict that: run it"));
    if (prediction.empty() || (!pressed && !entered))
        return;
    predicted_ = prediction;
    context.emit(command::MeasureAnswer{scenario_});
}

void Prediction::draw_progress(const Context& context) const {
    const AnswerView& answer = context.input.answer;
    if (!answer.error.empty() && is_of(answer, scenario_)) {
        colored_text(palette().warning, answer.error.c_str());
        tag("lesson.error");
        return;
    }
    const std::string words =
        answer.wanted > 1
            ? say(tr("It runs, unseen: {0} of {1} runs"), answer.measured.size(), answer.wanted)
            : tr("It runs, unseen...");
    colored_text(palette().text, words.c_str());
    tag("lesson.progress");
    if (button("lesson.stop", tr("Stop")))
        context.emit(command::StopMeasuring{});
}

// The run that gave the answer, in the timeline, and the view that shows most of it.
void Prediction::draw_recording(const Context& context, const lessons::Lesson& lesson) const {
    const AnswerView& answer = context.input.answer;
    const std::string run = fmt::format("{} {}", lesson.scenario, lesson.question.run);
    ImGui::PushFont(fonts().small);
    colored_text(palette().dim_text, say(tr("Measured in: {}"), run).c_str());
    ImGui::PopFont();
    const bool has_recording = !answer.timeless && !(answer.token.empty() && answer.file.empty());
    if (button("lesson.show",
               has_recording ? tr("Show that run") : tr("Run it where I can see it"))) {
        if (!has_recording)
            context.emit(command::RunWords{scenario_, std::string(lesson.question.run)});
        else if (!answer.token.empty())
            context.emit(command::RunToken{answer.token});
        else
            context.emit(command::Open{answer.file});
    }
    hint(has_recording
             ? tr("Brings the run that gave the answer into the timeline.")
             : tr("That run took no time on the virtual clock. Here it is made once more, "
                  "with what switches cost on this machine."));
    const auto* const shows = std::find_if(kShows.begin(), kShows.end(), [&](const Shows& each) {
        return each.measure == lesson.question.measure;
    });
    if (shows == kShows.end())
        return;
    const std::string words = say(tr("Look at it in: {}"), view_title(shows->kind));
    same_line_if_fits(words.c_str());
    if (button("lesson.look", words.c_str()))
        context.view.shown = shows->kind;
}

void Prediction::draw_result(const Context& context, const lessons::Lesson& lesson) {
    const Question& question = lesson.question;
    const Answer answer = lessons::answer_of(question, context.input.answer.measured);
    const bool right = lessons::is_right(question, answer, predicted_);
    ImGui::PushFont(fonts().big);
    colored_text(right ? palette().good : palette().warning,
                 right ? tr("Right") : tr("Not what happened"));
    tag("lesson.verdict");
    ImGui::PopFont();
    draw_pair("lesson.predicted", tr("You predicted:"), words_of(question, predicted_));
    draw_pair("lesson.answer",
              question.repeat > 1 ? say(tr("{} runs gave:"), question.repeat).c_str()
                                  : tr("The run gave:"),
              words_of(question, answer));
    draw_recording(context, lesson);
}

void Prediction::draw(const Context& context, const lessons::Lesson& lesson) {
    if (scenario_ != lesson.scenario)
        begin(lesson.scenario);
    if (!given_words_.empty()) {
        draft_ = draft_of(lesson.question, given_words_);
        predicted_ = prediction_in(lesson.question, draft_);
        given_words_.clear();
    }
    colored_text(palette().text, std::string(lesson.question.ask).c_str());
    tag("lesson.ask");
    ImGui::Spacing();
    if (predicted_.empty())
        return draw_question(context, lesson);
    if (is_answered(context, lesson))
        draw_result(context, lesson);
    else
        draw_progress(context);
    const char* again = tr("Ask me again");
    same_line_if_fits(again);
    if (button("lesson.again", again)) {
        if (context.input.answer.running)
            context.emit(command::StopMeasuring{});
        begin(lesson.scenario);
    }
}

}  // namespace golanes::ui

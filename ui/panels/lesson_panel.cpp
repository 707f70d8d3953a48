#include "ui/panels/lesson_panel.h"

#include <algorithm>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/fonts.h"
#include "ui/panels/items.h"
#include "ui/panels/lesson_links.h"
#include "ui/panels/markdown_text.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr float kTwoColumnsPx = 560;  // at scale 1: from here on question and text stand abreast
constexpr float kQuestionPart = 0.42F;

}  // namespace

bool LessonPanel::read(const Context& context) {
    const std::string& scenario = context.input.run.scenario;
    const std::string language = ui::language() == Language::Chinese ? "zh_CN" : "en";
    if (scenario == scenario_ && language == language_)
        return lesson_.has_value();
    if (scenario != scenario_)
        opened_ = false;
    scenario_ = scenario;
    language_ = language;
    complaint_.clear();
    blocks_.clear();
    lesson_ = lessons::find_lesson(scenario, language);
    if (!lesson_)
        return false;
    blocks_ = lessons::parse_markdown(lesson_->text);
    context.fonts.want(lesson_->text);
    context.fonts.want(lesson_->question.ask);
    for (const lessons::Choice& choice : lesson_->question.choices)
        context.fonts.want(choice.words);
    context.fonts.want("•");
    return true;
}

// What tells the answer may be seen.
bool LessonPanel::is_open(const Context& context) const {
    return opened_ || prediction_.is_answered(context, *lesson_);
}

void LessonPanel::draw_question(const Context& context) {
    ImGui::PushFont(fonts().small);
    colored_text(palette().accent, tr("What will happen?"));
    ImGui::PopFont();
    prediction_.draw(context, *lesson_);
}

void LessonPanel::draw_text(const Context& context) {
    if (!is_open(context)) {
        colored_text(palette().dim_text,
                     tr("The lesson tells the answer. It opens here when you have predicted."));
        tag("lesson.closed");
        if (button("lesson.open", tr("Read it without predicting")))
            opened_ = true;
        return;
    }
    const std::string link = draw_markdown("lesson", blocks_);
    if (!link.empty())
        complaint_ = follow_link(context, link);
}

void LessonPanel::draw(const Context& context) {
    context.view.question_is_open = false;
    if (context.input.run.scenario.empty())
        return colored_text(palette().dim_text, tr("Choose a scenario first: most have a lesson."));
    if (!read(context))
        return colored_text(palette().dim_text,
                            tr("This scenario has no lesson yet. Choose another one."));
    context.view.question_is_open = !is_open(context);
    if (!complaint_.empty()) {
        colored_text(palette().warning, complaint_.c_str());
        tag("lesson.complaint");
    }
    const float width = ImGui::GetContentRegionAvail().x;
    if (width < kTwoColumnsPx * ui_scale()) {
        draw_question(context);
        ImGui::Separator();
        return draw_text(context);
    }
    ImGui::BeginChild(
        "##lesson.question", {width * kQuestionPart, 0}, false, ImGuiWindowFlags_NavFlattened);
    draw_question(context);
    ImGui::EndChild();
    ImGui::SameLine(0, 16 * ui_scale());
    ImGui::BeginChild("##lesson.text", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
    draw_text(context);
    ImGui::EndChild();
}

}  // namespace golanes::ui

#include "ui/panels/outcomes_panel.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/outcome_bars.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

constexpr std::array<std::uint32_t, 4> kTrials{50, 200, 1'000, 5'000};
constexpr std::array kCompared{1, 2, 4, 8};
constexpr std::size_t kMostBars = 40;

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

float small_width(const std::string& text) {
    return fonts().small->CalcTextSizeA(fonts().small->FontSize, FLT_MAX, 0, text.c_str()).x;
}

/// The bars of one group, in a column of its own.
class GroupColumn {
 public:
    GroupColumn(const Context& context, const TrialGroup& group)
        : context_(context), group_(group) {
        const float line = fonts().small->FontSize + 4 * ui_scale();
        const float room = ImGui::GetContentRegionAvail().y - 2 * ImGui::GetTextLineHeight();
        const auto fitting = static_cast<std::size_t>(std::max(3.0F, room / line));
        std::vector<view::CountedResult> counted;
        for (const TrialResult& result : group.results)
            counted.push_back({result.text, result.count});
        bars_ = view::outcome_bars(counted, std::min(fitting, kMostBars));
    }

    void draw() const {
        const char* engine = group_.is_virtual ? tr("virtual") : tr("real");
        const std::string title =
            group_.mean
                ? say(tr("P = {0}, {1}: {2} runs, on average {3}"),
                      group_.procs,
                      engine,
                      grouped(group_.trials),
                      fmt::format("{:.1f}", *group_.mean))
                : say(tr("P = {0}, {1}: {2} runs"), group_.procs, engine, grouped(group_.trials));
        colored_text(palette().text, title.c_str());
        tag(name());
        std::uint32_t most = 1;
        float label_px = 30 * ui_scale();
        for (const view::OutcomeBar& bar : bars_) {
            most = std::max(most, bar.count);
            label_px = std::max(label_px, small_width(bar.label));
        }
        label_px = std::min(label_px, ImGui::GetContentRegionAvail().x * 0.5F);
        ImGui::PushFont(fonts().small);
        for (std::size_t i = 0; i < bars_.size(); ++i)
            draw_bar(i, label_px, most);
        ImGui::PopFont();
    }

 private:
    [[nodiscard]] std::string name() const {
        return fmt::format("outcomes.P{}{}", group_.procs, group_.is_virtual ? ".virtual" : "");
    }

    // The run that gave the result: made again exactly, or as it was recorded.
    void open(const TrialResult& result) const {
        if (!result.token.empty())
            context_.emit(command::RunToken{result.token});
        else if (!result.recording.empty())
            context_.emit(command::Open{result.recording});
    }

    void draw_bar(std::size_t number, float label_px, std::uint32_t most) const {
        const view::OutcomeBar& bar = bars_[number];
        const std::string name = fmt::format("{}.{}", this->name(), number);
        const ImVec2 at = ImGui::GetCursorScreenPos();
        const float height = fonts().small->FontSize + 4 * ui_scale();
        const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
        const std::string count = grouped(bar.count);
        const float gap = 8 * ui_scale();
        const float room = std::max(1.0F, width - label_px - small_width(count) - 3 * gap);
        const float length = room * static_cast<float>(bar.count) / static_cast<float>(most);
        if (ImGui::InvisibleButton(name.c_str(), {width, height}))
            open(group_.results[bar.most]);
        tag(name);
        const bool lit = ImGui::IsItemHovered() || ImGui::IsItemFocused();
        ImDrawList* draw = ImGui::GetWindowDrawList();
        const ImVec4 clip{at.x, at.y, at.x + label_px, at.y + height};
        const float text_y = at.y + 2 * ui_scale();
        ImFont* font = fonts().small;
        draw->AddText(font,
                      font->FontSize,
                      {at.x + std::max(0.0F, label_px - small_width(bar.label)), text_y},
                      palette().text,
                      bar.label.c_str(),
                      nullptr,
                      0,
                      &clip);
        const float left = at.x + label_px + gap;
        draw->AddRectFilled({left, at.y + ui_scale()},
                            {left + std::max(2.0F, length), at.y + height - ui_scale()},
                            lit ? palette().accent : packed(view::scene_colors(ground()).queue));
        draw->AddText(font,
                      font->FontSize,
                      {left + std::max(2.0F, length) + gap, text_y},
                      palette().text,
                      count.c_str());
        ImGui::LogText("%s: %s ", bar.label.c_str(), count.c_str());
        hint(say(tr("{0}: {1} of {2} runs, {3} %"),
                 bar.label,
                 count,
                 grouped(group_.trials),
                 fmt::format("{:.1f}", 100.0 * bar.count / std::max(1U, group_.trials)))
                 .c_str());
    }

    const Context& context_;
    const TrialGroup& group_;
    std::vector<view::OutcomeBar> bars_;
};

void draw_groups(const Context& context, const TrialsView& trials) {
    const std::size_t columns =
        std::max({std::size_t{1}, trials.groups.size(), trials.wanted_groups});
    const float gap = 14 * ui_scale();
    const float width = (ImGui::GetContentRegionAvail().x - gap * static_cast<float>(columns - 1)) /
                        static_cast<float>(columns);
    for (std::size_t i = 0; i < trials.groups.size(); ++i) {
        if (i > 0)
            ImGui::SameLine(0, gap);
        const std::string id = fmt::format("##outcomes.group{}", i);
        ImGui::BeginChild(id.c_str(), {width, 0}, false, ImGuiWindowFlags_NavFlattened);
        GroupColumn(context, trials.groups[i]).draw();
        ImGui::EndChild();
    }
}

void draw_note(const Context& context, const TrialsView& trials) {
    ImGui::PushFont(fonts().small);
    if (trials.scenario != context.input.run.scenario)
        colored_text(palette().warning,
                     say(tr("{} was counted; the chosen scenario is another one."), trials.scenario)
                         .c_str());
    colored_text(palette().dim_text,
                 tr("Click a bar to see the first run that gave this result: a virtual one is made "
                    "again exactly, of a real one the recording is opened."));
    tag("outcomes.note");
    ImGui::PopFont();
}

std::string procs_words(const std::vector<int>& procs) {
    std::string words;
    for (const int one : procs)
        words += (words.empty() ? "P = " : ", ") + std::to_string(one);
    return words;
}

}  // namespace

std::vector<int> OutcomesPanel::chosen_procs(const FrameInput& input) const {
    if (compared_ == Compared::Ps)
        return {kCompared.begin(), kCompared.end()};
    return {input.run.procs};
}

void OutcomesPanel::draw_choice(const Context& context) {
    const auto choice = [&](const char* name, const std::string& words, Compared what) {
        flow_on(button_width(words.c_str()) + 20 * ui_scale());
        if (radio(name, words.c_str(), compared_ == what))
            compared_ = what;
    };
    const std::string one = procs_words({context.input.run.procs});
    choice("outcomes.compare", procs_words({kCompared.begin(), kCompared.end()}), Compared::Ps);
    choice("outcomes.one", one, Compared::Nothing);
    const catalog::Scenario* scenario = chosen_scenario(context.input);
    if (scenario == nullptr || !scenario->real_only)
        choice("outcomes.engines", one + ", " + tr("real and virtual"), Compared::Engines);
}

void OutcomesPanel::draw_controls(const Context& context) {
    const TrialsView& trials = context.input.trials;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(tr("Runs of each"));
    ImGui::SameLine();
    ImGui::SetNextItemWidth(80 * ui_scale());
    const auto chosen = static_cast<std::size_t>(trials_);
    const bool open = ImGui::BeginCombo("##outcomes.trials", grouped(kTrials[chosen]).c_str());
    tag("outcomes.trials");
    if (open) {
        for (std::size_t i = 0; i < kTrials.size(); ++i) {
            if (ImGui::Selectable(grouped(kTrials[i]).c_str(), i == chosen))
                trials_ = static_cast<int>(i);
        }
        ImGui::EndCombo();
    }
    draw_choice(context);
    flow_on(button_width(tr("Stop counting")));
    if (trials.running) {
        if (button("outcomes.stop", tr("Stop counting")))
            context.emit(command::StopCounting{});
    } else if (button_if(!context.input.run.scenario.empty(), "outcomes.count", tr("Count"))) {
        context.emit(command::CountOutcomes{
            kTrials[chosen], chosen_procs(context.input), compared_ == Compared::Engines});
    }
    std::uint32_t done = 0;
    for (const TrialGroup& group : trials.groups)
        done += group.trials;
    if (!trials.running)
        return;
    flow_text(palette().dim_text,
              say(tr("{0} of {1} runs"),
                  grouped(done),
                  grouped(std::uint64_t{trials.wanted} * trials.wanted_groups)));
    tag("outcomes.progress");
}

void OutcomesPanel::draw(const Context& context) {
    const TrialsView& trials = context.input.trials;
    draw_controls(context);
    if (context.input.run.scenario.empty() && trials.scenario.empty()) {
        colored_text(palette().dim_text,
                     tr("Choose a scenario first: then its results can be counted."));
        return;
    }
    if (trials.scenario.empty()) {
        colored_text(palette().dim_text,
                     tr("Press Count: the scenario runs many times, unseen and each in a process "
                        "of its own, and its results are counted here."));
        return;
    }
    draw_note(context, trials);
    draw_groups(context, trials);
}

}  // namespace golanes::ui

#include "ui/panels/step_bar.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include <imgui.h>

#include "core/base/time.h"
#include "ui/panels/event_words.h"
#include "ui/panels/items.h"
#include "ui/panels/step_state.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/event_steps.h"

namespace golanes::ui {
namespace {

constexpr std::array<const char*, static_cast<std::size_t>(view::StepOver::Count_)> kKinds{
    tr_later("every event"),
    tr_later("a goroutine starts"),
    tr_later("a goroutine waits"),
    tr_later("a goroutine is woken"),
    tr_later("a goroutine stops"),
    tr_later("goroutines change queue"),
    tr_later("channels and locks"),
};

struct Pace {
    std::int64_t per_million;
    const char* text;
};

constexpr std::array kPaces{
    Pace{1'000'000, "1 x"},
    Pace{100'000, "1/10 x"},
    Pace{10'000, "1/100 x"},
    Pace{1'000, "1/1000 x"},
    Pace{100, "1/10000 x"},
    Pace{0, tr_later("as fast as it can")},
};

void draw_kind(const Context& context) {
    auto& over = context.view.step_over;
    ImGui::SetNextItemWidth(190 * ui_scale());
    const bool open = ImGui::BeginCombo("##step.kind", tr(kKinds[static_cast<std::size_t>(over)]));
    tag("step.kind");
    if (!open)
        return;
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        const auto kind = static_cast<view::StepOver>(i);
        if (ImGui::Selectable(tr(kKinds[i]), kind == over))
            over = kind;
        tag(fmt::format("step.kind.{}", i));
    }
    ImGui::EndCombo();
}

const char* pace_text(std::int64_t per_million) {
    for (const Pace& pace : kPaces) {
        if (pace.per_million == per_million)
            return tr(pace.text);
    }
    return "";
}

void draw_pace(const Context& context) {
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(tr("Speed"));
    ImGui::SameLine();
    ImGui::SetNextItemWidth(110 * ui_scale());
    const std::int64_t now = context.input.run.pace_per_million;
    const bool open = ImGui::BeginCombo("##step.pace", pace_text(now));
    tag("step.pace");
    if (!open) {
        hint(tr("How fast virtual time goes. At 1 x a second of it takes a second."));
        return;
    }
    for (std::size_t i = 0; i < kPaces.size(); ++i) {
        if (ImGui::Selectable(tr(kPaces[i].text), kPaces[i].per_million == now))
            context.emit(command::SetPace{kPaces[i].per_million});
        tag(fmt::format("step.pace.{}", i));
    }
    ImGui::EndCombo();
}

void draw_buttons(const Context& context) {
    const bool empty = context.input.timeline.empty() && !context.view.frozen;
    if (button_if(!empty, "step.back", "<"))
        step_back(context);
    hint(tr("One event back (,)"));
    ImGui::SameLine(0, 4 * ui_scale());
    if (button_if(!empty, "step.on", ">"))
        step_forward(context);
    hint(can_ask_engine(context.input)
             ? tr("One event on (.). The virtual run stands there until the next step.")
             : tr("One event on (.)"));
    ImGui::SameLine();
    draw_kind(context);
    if (!can_ask_engine(context.input))
        return;
    ImGui::SameLine();
    draw_pace(context);
}

/// Beside the buttons, or below them where that is too narrow.
void place_text(const std::string& text) {
    const float right = ImGui::GetWindowPos().x + ImGui::GetWindowContentRegionMax().x;
    const float gap = ImGui::GetStyle().ItemSpacing.x;
    if (ImGui::GetItemRectMax().x + gap + ImGui::CalcTextSize(text.c_str()).x <= right)
        ImGui::SameLine();
}

/// "event 1,204 at 1.20 ms   P0: worker 2 waits: chan receive, pool.cpp:33".
void draw_event(const Context& context) {
    const model::Timeline& timeline = shown_timeline(context.input, context.view);
    const auto number = event_at_cursor(timeline, context.view);
    if (!number) {
        const char* invitation = tr("Step through the events, or click the picture.");
        place_text(invitation);
        ImGui::AlignTextToFramePadding();
        ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
        ImGui::TextUnformatted(invitation);
        ImGui::PopStyleColor();
        return;
    }
    const trace::Event& event = timeline.recording().event(*number);
    const auto time = static_cast<TimeNs>(event.time);
    const model::RunInfo* run = timeline.run_at(time);
    const TimeNs origin = run != nullptr ? run->begin : timeline.start();
    const std::string when = fmt::format(
        fmt::runtime(tr("event {0} at {1}")), grouped(*number + 1), format_duration(time - origin));
    const std::string what = event_line(timeline, event);
    place_text(when + "   " + what);
    ImGui::AlignTextToFramePadding();
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(when.c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine();
    ImGui::TextUnformatted(what.c_str());
    tag("step.event");
}

/// Enter goes to the time that is typed: "5ms".
void draw_time_field(const Context& context) {
    auto& text = context.view.time_text;
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(tr("Run to"));
    ImGui::SameLine();
    ImGui::SetNextItemWidth(90 * ui_scale());
    const bool entered = ImGui::InputTextWithHint(
        "##step.time", "5ms", text.data(), text.size(), ImGuiInputTextFlags_EnterReturnsTrue);
    tag("step.time");
    const auto time = parse_duration(text.data());
    hint(
        tr("A time since the run began, for example 5ms, and Enter. Behind the present the virtual "
           "run goes on to it and stands there."));
    if (entered && time.ok())
        run_to(context, time.value());
    if (text.front() == 0 || time.ok())
        return;
    ImGui::SameLine();
    colored_text(palette().warning, tr("a time is written 250us, 1.5ms, 2s"));
}

/// Virtual runs only: to a time, and back to one with other rules.
void draw_way(const Context& context) {
    if (!context.input.run.is_virtual)
        return;
    draw_time_field(context);
    ImGui::SameLine();
    if (button_if(can_run_to_cursor(context), "step.to_cursor", tr("Run to the cursor")))
        run_to_cursor(context);
    hint(
        tr("Click the picture right of the present: the virtual run goes on to there and stands."));
    ImGui::SameLine();
    if (button_if(can_branch_here(context), "step.branch", tr("Branch here")))
        branch_here(context);
    hint(
        tr("Makes this run again up to the cursor and stands there. Then turn P, a policy or a "
           "knob, and go on: the new run's token carries the change."));
}

}  // namespace

const char* step_over_words(view::StepOver kind) {
    const auto number = static_cast<std::size_t>(kind);
    return number < kKinds.size() ? tr(kKinds[number]) : "";
}

void draw_step_bar(const Context& context) {
    follow_step(context);
    ImGui::BeginGroup();
    draw_buttons(context);
    draw_event(context);
    draw_way(context);
    ImGui::EndGroup();
    tag("step.bar");
}

}  // namespace golanes::ui

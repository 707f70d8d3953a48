#include "ui/panels/controls_panel.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/items.h"
#include "ui/panels/parameter_knobs.h"
#include "ui/panels/policies_panel.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr int kMostProcs = 16;

void draw_start_stop(const Context& context) {
    if (run_is_on(context.input)) {
        if (button("stop", tr("Stop")))
            context.emit(command::StopRun{});
        hint(tr("Ends the run. The recording stays."));
        return;
    }
    if (button_if(!context.input.run.scenario.empty(), "start", tr("Start")))
        context.emit(command::StartRun{});
    hint(tr("Starts the chosen scenario (R)."));
}

void draw_hold(const Context& context) {
    const RunPhase phase = context.input.run.phase;
    const char* text = phase == RunPhase::Held ? tr("Let it run on") : tr("Hold the run");
    same_line_if_fits(text);
    if (button_if(phase == RunPhase::Running || phase == RunPhase::Held, "hold", text))
        toggle_hold(context);
    hint(tr("Stops the world: no goroutine runs until you let it run on (H)."));
}

void draw_freeze(const Context& context) {
    const bool frozen = context.view.frozen;
    const char* text = frozen ? tr("View on") : tr("Pause the view");
    same_line_if_fits(text);
    if (button_if(!context.input.timeline.empty() || frozen, "freeze", text))
        toggle_freeze(context);
    hint(tr("Freezes the picture only. The program runs on (Space)."));
    if (!context.input.live)
        return;
    const char* live = tr("Live");
    same_line_if_fits(live);
    if (button_if(frozen || !context.view.follow, "live", live))
        go_live(context);
    hint(tr("Back to the newest events (L)."));
}

void draw_engine(const Context& context) {
    heading(tr("Engine"));
    const bool is_virtual = context.input.run.is_virtual;
    const catalog::Scenario* scenario = chosen_scenario(context.input);
    if (radio("engine.real", tr("real"), !is_virtual) && is_virtual)
        context.emit(command::SetEngine{false});
    hint(tr("Ps are threads of this machine, times are real."));
    ImGui::SameLine();
    ImGui::BeginDisabled(scenario != nullptr && scenario->real_only);
    if (radio("engine.virtual", tr("virtual"), is_virtual) && !is_virtual)
        context.emit(command::SetEngine{true});
    ImGui::EndDisabled();
    hint(tr(
        "The same scheduler on virtual cores with virtual time: the same seed, the same picture."));
}

void draw_procs(const Context& context) {
    heading(tr("P (GOMAXPROCS), acts at once"));
    int procs = context.input.run.procs;
    ImGui::SetNextItemWidth(-1);
    constexpr ImGuiSliderFlags kFlags = ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput;
    const bool moved = ImGui::SliderInt("##procs", &procs, 1, kMostProcs, "", kFlags);
    tag("procs");
    slider_text(fmt::format("P = {}", procs).c_str(), (procs - 1.0) / (kMostProcs - 1));
    if (moved && procs != context.input.run.procs)
        context.emit(command::SetProcs{procs});
    hint(tr("How many goroutines may run at the same time. More Ps than cores: they share."));
}

std::string cpus_text(const RunView& run, int cpus, int most) {
    if (!run.is_virtual)
        return fmt::format(fmt::runtime(tr("{0} of {1} CPUs")), cpus, most);
    return run.cores == 0 ? tr("one core a P")
                          : fmt::format(fmt::runtime(tr("virtual cores: {}")), run.cores);
}

// Only where there is a choice.
void draw_cpus(const Context& context) {
    const RunView& run = context.input.run;
    const int most = std::max(context.input.machine_cpus, run.cpus);
    if (most < 2)
        return;
    heading(run.is_virtual ? tr("Cores") : tr("CPUs, acts at once"));
    const int before = run.cpus == 0 || run.is_virtual ? most : run.cpus;
    const std::string text = cpus_text(run, before, most);
    ImGui::BeginDisabled(run.is_virtual);
    ImGui::SetNextItemWidth(-1);
    // Of whole numbers, but as a float: with few values the handle of a SliderInt is half as wide
    // as the bar.
    auto position = static_cast<float>(before);
    ImGui::SliderFloat("##cpus",
                       &position,
                       1.0F,
                       static_cast<float>(most),
                       "",
                       ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput);
    const int cpus = std::clamp(static_cast<int>(std::lround(position)), 1, most);
    slider_text(text.c_str(), (position - 1.0) / (most - 1));
    ImGui::EndDisabled();
    tag("cpus");
    hint(run.is_virtual
             ? tr("A virtual run takes none of the machine's CPUs: it has one core a P, or as many "
                  "as its replay token says.")
             : tr("On how many CPUs of this machine the threads of the run may be. With one, two "
                  "Ps only take turns."));
    if (cpus != before)
        context.emit(command::SetCpus{cpus});
}

}  // namespace

void draw_controls_panel(const Context& context) {
    draw_start_stop(context);
    draw_hold(context);
    draw_freeze(context);
    ImGui::Spacing();
    draw_procs(context);
    draw_cpus(context);
    draw_engine(context);
    draw_seed(context);
    draw_policies(context);
    if (const catalog::Scenario* scenario = chosen_scenario(context.input)) {
        ImGui::Separator();
        draw_parameter_knobs(context, *scenario);
    }
}

}  // namespace golanes::ui

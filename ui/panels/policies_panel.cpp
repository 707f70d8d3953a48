#include "ui/panels/policies_panel.h"

#include <algorithm>

#include <imgui.h>

#include "core/catalog/policy.h"
#include "ui/panels/items.h"
#include "ui/panels/parameter_knobs.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using catalog::Policy;

std::int64_t value_of(const FrameInput& input, std::size_t index) {
    return index < input.run.policies.size() ? input.run.policies[index]
                                             : catalog::watched_policies()[index];
}

const char* why_not(const Policy& policy) {
    return policy.virtual_only ? tr("Acts on virtual runs only.") : tr("Not yet in this version.");
}

void draw_row(const Context& context, std::size_t index) {
    const Policy& policy = catalog::policies()[index];
    const std::string name(policy.knob.name);
    std::int64_t value = value_of(context.input, index);
    const bool changed = value != catalog::watched_policies()[index];
    const bool possible = policy_is_possible(context.input, policy);
    ImGui::PushID(static_cast<int>(index));
    ImGui::PushFont(fonts().small);
    std::string title = (changed ? "* " : "") + tr(policy.knob.title);
    if (context.input.run.is_virtual && policy.knob.takes == catalog::Takes::NextRun)
        title += std::string("  (") + tr("next run") + ")";
    colored_text(changed ? palette().warning : palette().dim_text, title.c_str());
    ImGui::PopFont();
    if (changed && recording_items())
        tag("policy." + name + ".changed");
    hint(tr(policy.lesson).c_str());
    ImGui::BeginDisabled(!possible);
    const bool turned = draw_knob(policy.knob, value);
    ImGui::EndDisabled();
    if (recording_items())
        tag("policy." + name);
    hint(possible ? tr(policy.lesson).c_str() : why_not(policy));
    if (changed) {
        ImGui::PushFont(fonts().small);
        colored_text(palette().text, tr(policy.lesson).c_str());
        ImGui::PopFont();
    }
    ImGui::PopID();
    if (turned)
        context.emit(command::SetPolicy{index, value});
}

bool any_changed(const FrameInput& input) {
    const catalog::PolicyValues standard = catalog::watched_policies();
    for (std::size_t i = 0; i < standard.size(); ++i) {
        if (value_of(input, i) != standard[i])
            return true;
    }
    return false;
}

void reset(const Context& context) {
    const catalog::PolicyValues standard = catalog::watched_policies();
    for (std::size_t i = 0; i < standard.size(); ++i) {
        if (value_of(context.input, i) != standard[i])
            context.emit(command::SetPolicy{i, standard[i]});
    }
}

}  // namespace

void draw_policies(const Context& context) {
    const bool open = ImGui::CollapsingHeader(with_id(tr("Policies"), "policies").c_str());
    tag("policies");
    hint(tr("Go's scheduling rules. Turn one, run the same seed again, and see what it is for."));
    if (!open)
        return;
    for (std::size_t i = 0; i < catalog::kPolicyCount; ++i)
        draw_row(context, i);
    ImGui::Spacing();
    if (button_if(!context.input.run.scenario.empty(), "rerun", tr("Run the same seed again")))
        context.emit(command::RunAgain{});
    hint(tr("Starts again with the seed of the last run: only what you turned is different."));
    if (button_if(any_changed(context.input), "policies.standard", tr("Go's rules")))
        reset(context);
}

void draw_seed(const Context& context) {
    if (!context.input.run.is_virtual)
        return;
    heading(tr("Seed"));
    std::uint64_t seed = context.input.run.seed;
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputScalar("##seed",
                           ImGuiDataType_U64,
                           &seed,
                           nullptr,
                           nullptr,
                           "%llu",
                           ImGuiInputTextFlags_EnterReturnsTrue))
        context.emit(command::SetSeed{seed});
    tag("seed");
    hint(tr("Every random choice follows from it. Enter a number: the run starts again with it."));
}

bool policy_is_possible(const FrameInput& input, const Policy& policy) {
    const bool one_way = policy.not_yet.has_value() && policy.knob.maximum == 1;
    return !one_way && (input.run.is_virtual || !policy.virtual_only);
}

std::string token_in_view(const Context& context) {
    const model::Timeline& timeline =
        context.view.frozen ? context.view.frozen_timeline : context.input.timeline;
    const model::RunInfo* run = shown_run(timeline, context.view);
    return run == nullptr ? std::string() : run->replay;
}

void copy_token(const Context& context) {
    if (const std::string token = token_in_view(context); !token.empty())
        ImGui::SetClipboardText(token.c_str());
}

}  // namespace golanes::ui

#include "ui/panels/twin_choice.h"

#include <array>

#include <fmt/format.h>

#include <imgui.h>

#include "core/catalog/policy.h"
#include "ui/panels/dialogs.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/parameter_knobs.h"
#include "ui/panels/policies_panel.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

constexpr std::array kProcs{1, 2, 3, 4, 6, 8, 12, 16, 32, 64};

std::int64_t present_value(const FrameInput& input, std::size_t index) {
    return index < input.run.policies.size() ? input.run.policies[index]
                                             : catalog::watched_policies()[index];
}

}  // namespace

void TwinChoice::draw_kinds() {
    struct Word {
        Kind kind;
        const char* name;
        const char* text;
    };

    const std::array words{Word{Kind::Procs, "twin.by_procs", tr("other Ps")},
                           Word{Kind::Policy, "twin.by_policy", tr("another policy")},
                           Word{Kind::File, "twin.by_file", tr("a recording")}};
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(tr("Compare with"));
    for (const Word& word : words) {
        flow_on(button_width(word.text) + 20 * ui_scale());
        if (radio(word.name, word.text, kind_ == word.kind))
            kind_ = word.kind;
    }
}

void TwinChoice::draw_procs(const FrameInput& input) {
    if (procs_ == 0)
        procs_ = input.run.procs == 1 ? 2 : 1;
    flow_on(100 * ui_scale());
    ImGui::SetNextItemWidth(90 * ui_scale());
    const bool open = ImGui::BeginCombo("##twin.procs", fmt::format("P = {}", procs_).c_str());
    tag("twin.procs");
    if (!open)
        return;
    for (const int procs : kProcs) {
        const std::string text = fmt::format("P = {}", procs);
        if (ImGui::Selectable(text.c_str(), procs == procs_))
            procs_ = procs;
        tag(fmt::format("twin.P{}", procs));
    }
    ImGui::EndCombo();
}

// A switch is turned at once: as it stands there would be nothing to compare.
void TwinChoice::choose_policy(const FrameInput& input, std::size_t index) {
    policy_ = index;
    policy_value_ = present_value(input, index);
    if (catalog::policies()[index].knob.kind == catalog::ParameterKind::Switch)
        policy_value_ = policy_value_ == 0 ? 1 : 0;
}

void TwinChoice::draw_policy(const FrameInput& input) {
    const auto policies = catalog::policies();
    if (!policy_ || !policy_is_possible(input, policies[*policy_]))
        choose_policy(input, static_cast<std::size_t>(catalog::PolicyId::Stealing));
    flow_on(200 * ui_scale());
    ImGui::SetNextItemWidth(200 * ui_scale());
    const bool open = ImGui::BeginCombo("##twin.policy", tr(policies[*policy_].knob.title).c_str());
    tag("twin.policy");
    if (open) {
        for (std::size_t i = 0; i < policies.size(); ++i) {
            if (!policy_is_possible(input, policies[i]))
                continue;
            const std::string name = fmt::format("twin.policy.{}", policies[i].knob.name);
            const std::string text = with_id(tr(policies[i].knob.title), name);
            if (ImGui::Selectable(text.c_str(), i == *policy_))
                choose_policy(input, i);
            tag(name);
        }
        ImGui::EndCombo();
    }
    flow_on(150 * ui_scale());
    ImGui::BeginChild("##twin.value",  // a knob fills its window
                      {140 * ui_scale(), ImGui::GetFrameHeight()},
                      false,
                      ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_NoScrollbar);
    draw_knob(policies[*policy_].knob, policy_value_);
    ImGui::EndChild();
    tag("twin.policy_value");
}

void TwinChoice::draw_button(const Context& context) const {
    const TwinView& twin = context.input.twin;
    if (is_under_way(twin.phase)) {
        flow_on(button_width(tr("Stop")));
        if (button("twin.stop", tr("Stop")))
            context.emit(command::StopComparing{});
        return;
    }
    const bool has_run = !context.input.timeline.empty();
    const char* text = kind_ == Kind::File ? tr("Choose a recording...") : tr("Compare");
    flow_on(button_width(text));
    if (!button_if(has_run, "twin.compare", text))
        return;
    if (kind_ == Kind::File)
        return context.dialogs.ask_twin();
    command::CompareRun run;
    if (kind_ == Kind::Procs)
        run.procs = procs_;
    else
        run.policy = catalog::PolicySetting{catalog::policies()[*policy_].id, policy_value_};
    context.emit(run);
}

void TwinChoice::draw(const Context& context) {
    draw_kinds();
    if (kind_ == Kind::Procs)
        draw_procs(context.input);
    else if (kind_ == Kind::Policy)
        draw_policy(context.input);
    draw_button(context);
}

}  // namespace golanes::ui

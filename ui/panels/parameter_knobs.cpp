#include "ui/panels/parameter_knobs.h"

#include <algorithm>
#include <cmath>
#include <string>

#include <imgui.h>

#include "core/base/time.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using catalog::Parameter;
using catalog::ParameterKind;

/// Wide ranges get a logarithmic slider: 10 us and 10 ms on one bar.
constexpr std::int64_t kWideRange = 100;

void draw_title(const Parameter& parameter) {
    std::string text = tr(parameter.title);
    if (parameter.takes == catalog::Takes::NextRun)
        text += std::string("  (") + tr("next run") + ")";
    heading(text.c_str());
    if (parameter.takes == catalog::Takes::NextRun)
        hint(tr("A change acts when the next run begins."));
    else
        hint(tr("A change acts at once."));
}

/// Where a slider's handle stands, from 0 to 1.
double position_of(const Parameter& parameter, std::int64_t value, bool wide) {
    const auto least = static_cast<double>(parameter.minimum);
    const auto most = static_cast<double>(parameter.maximum);
    const auto now = static_cast<double>(value);
    if (wide)
        return std::log(now / least) / std::log(most / least);
    return (now - least) / std::max(1.0, most - least);
}

bool draw_slider(const Parameter& parameter, std::int64_t& value) {
    const bool is_duration = parameter.kind == ParameterKind::Duration;
    const bool is_factor = parameter.kind == ParameterKind::Factor;
    const std::string shown = is_duration ? format_duration(value)
                              : is_factor ? catalog::value_text(parameter, value)
                                          : std::to_string(value);
    const bool wide = parameter.minimum > 0 && parameter.maximum / parameter.minimum > kWideRange;
    const ImGuiSliderFlags flags = ImGuiSliderFlags_AlwaysClamp | ImGuiSliderFlags_NoInput |
                                   (wide ? ImGuiSliderFlags_Logarithmic : 0);
    const std::int64_t before = value;
    ImGui::SetNextItemWidth(-1);
    ImGui::SliderScalar(
        "##value", ImGuiDataType_S64, &value, &parameter.minimum, &parameter.maximum, "", flags);
    slider_text(shown.c_str(), position_of(parameter, value, wide));
    if (value != before && is_duration)
        value = std::clamp(rounded_duration(value), parameter.minimum, parameter.maximum);
    if (value != before && is_factor)
        value = value / 10 * 10;
    return value != before;
}

bool draw_switch(std::int64_t& value) {
    bool on = value != 0;
    const bool changed = ImGui::Checkbox(with_id(on ? tr("on") : tr("off"), "value").c_str(), &on);
    value = on ? 1 : 0;
    return changed;
}

bool draw_choice(const Parameter& parameter, std::int64_t& value) {
    const auto number = static_cast<std::size_t>(value);
    const std::string shown(number < parameter.choices.size() ? parameter.choices[number] : "");
    ImGui::SetNextItemWidth(-1);
    if (!ImGui::BeginCombo("##value", shown.c_str()))
        return false;
    bool changed = false;
    for (std::size_t i = 0; i < parameter.choices.size(); ++i) {
        const std::string choice(parameter.choices[i]);
        if (ImGui::Selectable(choice.c_str(), i == number) && i != number) {
            value = static_cast<std::int64_t>(i);
            changed = true;
        }
        tag("choice." + choice);
    }
    ImGui::EndCombo();
    return changed;
}

std::int64_t value_of(const FrameInput& input,
                      const catalog::Scenario& scenario,
                      std::size_t index) {
    const auto& values = input.run.values;
    return index < values.size() ? values[index] : scenario.parameters[index].standard;
}

void draw_standard_button(const Context& context, const catalog::Scenario& scenario) {
    bool differs = false;
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i)
        differs =
            differs || value_of(context.input, scenario, i) != scenario.parameters[i].standard;
    ImGui::Spacing();
    if (!button_if(differs, "standard", tr("Standard values")))
        return;
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i) {
        const std::int64_t standard = scenario.parameters[i].standard;
        if (value_of(context.input, scenario, i) != standard)
            context.emit(command::SetParameter{i, standard});
    }
}

}  // namespace

bool draw_knob(const Parameter& parameter, std::int64_t& value) {
    switch (parameter.kind) {
        case ParameterKind::Integer:
        case ParameterKind::Duration:
        case ParameterKind::Factor:
            return draw_slider(parameter, value);
        case ParameterKind::Switch:
            return draw_switch(value);
        case ParameterKind::Choice:
            return draw_choice(parameter, value);
    }
    return false;
}

std::int64_t rounded_duration(std::int64_t ns) {
    std::int64_t unit = 1;
    while (ns / unit >= 100)
        unit *= 10;
    return (ns + unit / 2) / unit * unit;
}

void draw_parameter_knobs(const Context& context, const catalog::Scenario& scenario) {
    for (std::size_t i = 0; i < scenario.parameters.size(); ++i) {
        const Parameter& parameter = scenario.parameters[i];
        std::int64_t value = value_of(context.input, scenario, i);
        ImGui::PushID(static_cast<int>(i));
        draw_title(parameter);
        const bool changed = draw_knob(parameter, value);
        if (recording_items())
            tag("param." + std::string(parameter.name));
        ImGui::PopID();
        if (changed)
            context.emit(command::SetParameter{i, value});
    }
    if (!scenario.parameters.empty())
        draw_standard_button(context, scenario);
}

}  // namespace golanes::ui

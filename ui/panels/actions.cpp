#include "ui/panels/actions.h"

#include <algorithm>

#include <imgui.h>

#include "ui/panels/dialogs.h"
#include "ui/panels/step_state.h"

namespace golanes::ui {
namespace {

constexpr float kScaleStep = 0.25F;
constexpr float kLeastScale = 0.75F;
constexpr float kMostScale = 3.0F;
constexpr int kKeypadMinus = 333;
constexpr int kKeypadPlus = 334;
constexpr int kKeypad0 = 320;

bool popup_is_open() {
    return ImGui::IsPopupOpen(nullptr, ImGuiPopupFlags_AnyPopupId | ImGuiPopupFlags_AnyPopupLevel);
}

void act_on_control_key(const Context& context, int code) {
    switch (code) {
        case 'O':
            context.dialogs.ask_open();
            break;
        case 'S':
            context.dialogs.ask_save(context.input);
            break;
        case 'Q':
            quit(context);
            break;
        case '=':
        case '+':
        case kKeypadPlus:
            change_scale(context, 1);
            break;
        case '-':
        case kKeypadMinus:
            change_scale(context, -1);
            break;
        case '0':
        case kKeypad0:
            change_scale(context, 0);
            break;
        default:
            break;
    }
}

void act_on_plain_key(const Context& context, const KeyPress& press) {
    switch (press.key) {
        case key::kSpace:
            if (!ImGui::GetIO().NavVisible)  // else it presses the widget that has the focus
                toggle_freeze(context);
            break;
        case 'H':
            toggle_hold(context);
            break;
        case 'R':
            start_again(context);
            break;
        case 'M':
            context.view.shows_machines = !context.view.shows_machines;
            break;
        case 'C':
            context.view.shows_cpus = !context.view.shows_cpus;
            break;
        case 'L':
            go_live(context);
            break;
        case '.':
            step_forward(context);
            break;
        case ',':
            step_back(context);
            break;
        case key::kF1:
        case '?':
            context.dialogs.show_help();
            break;
        case '/':
            if ((press.mods & kModShift) != 0)
                context.dialogs.show_help();
            break;
        default:
            if (const auto kind = view::view_of_key(press.key))
                context.view.shown = *kind;
            break;
    }
}

}  // namespace

bool run_is_on(const FrameInput& input) {
    const RunPhase phase = input.run.phase;
    return phase == RunPhase::Starting || phase == RunPhase::Running || phase == RunPhase::Held;
}

void toggle_freeze(const Context& context) {
    ViewState& view = context.view;
    view.frozen = !view.frozen;
    view.frozen_timeline = view.frozen ? context.input.timeline : model::Timeline();
    view.follow = !view.frozen;
}

void toggle_hold(const Context& context) {
    const RunPhase phase = context.input.run.phase;
    if (phase == RunPhase::Running || phase == RunPhase::Held)
        context.emit(command::HoldRun{phase == RunPhase::Running});
}

void start_again(const Context& context) {
    if (context.input.run.scenario.empty())
        return;
    if (run_is_on(context.input))
        context.emit(command::StopRun{});
    context.emit(command::StartRun{});
}

void go_live(const Context& context) {
    clear_step(context.view);
    context.view.frozen = false;
    context.view.frozen_timeline = model::Timeline();
    context.view.follow = true;
}

void change_scale(const Context& context, int direction) {
    const float wanted =
        direction == 0 ? 1.0F : context.input.scale + kScaleStep * static_cast<float>(direction);
    const float scale = std::clamp(wanted, kLeastScale, kMostScale);
    if (scale != context.input.scale)
        context.emit(command::SetScale{scale});
}

void quit(const Context& context) {
    context.emit(command::Quit{false});
}

bool keys_are_taken() {
    return ImGui::GetIO().WantTextInput || popup_is_open();
}

void act_on_shortcuts(const Context& context) {
    if (popup_is_open())
        return;
    for (const KeyPress& press : context.keys) {
        if ((press.mods & kModControl) != 0)
            act_on_control_key(context, press.key);
        else if ((!press.repeat || press.key == '.' || press.key == ',') &&
                 (press.mods & kModAlt) == 0 && !ImGui::GetIO().WantTextInput)
            act_on_plain_key(context, press);
    }
}

}  // namespace golanes::ui

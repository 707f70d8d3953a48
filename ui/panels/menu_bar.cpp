#include "ui/panels/menu_bar.h"

#include <array>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/dialogs.h"
#include "ui/panels/fonts.h"
#include "ui/panels/items.h"
#include "ui/panels/policies_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/view_switch.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

/// Tags the title before BeginMenu: afterwards the last item may be inside the popup.
bool begin_menu(const char* name, const char* text) {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const ImVec2 size = ImGui::CalcTextSize(text);
    tag_rect(name, at, {at.x + size.x, at.y + size.y});
    return ImGui::BeginMenu(with_id(text, name).c_str());
}

bool item(const char* name,
          const char* text,
          const char* shortcut,
          bool selected = false,
          bool enabled = true) {
    const bool pressed = ImGui::MenuItem(with_id(text, name).c_str(), shortcut, selected, enabled);
    tag(name);
    return pressed;
}

void draw_file_menu(const Context& context) {
    if (!begin_menu("menu.file", tr("File")))
        return;
    if (item("menu.open", tr("Open..."), "Ctrl+O"))
        context.dialogs.ask_open();
    if (item("menu.save", tr("Save..."), "Ctrl+S", false, !context.input.timeline.empty()))
        context.dialogs.ask_save(context.input);
    ImGui::Separator();
    if (item("menu.quit", tr("Quit"), "Ctrl+Q"))
        quit(context);
    ImGui::EndMenu();
}

void draw_run_menu(const Context& context) {
    if (!begin_menu("menu.run", tr("Run")))
        return;
    const bool on = run_is_on(context.input);
    const bool chosen = !context.input.run.scenario.empty();
    if (item("menu.start", tr("Start again"), "R", false, chosen))
        start_again(context);
    if (item("menu.stop", tr("Stop"), nullptr, false, on))
        context.emit(command::StopRun{});
    if (item("menu.hold", tr("Hold the run"), "H", context.input.run.phase == RunPhase::Held, on))
        toggle_hold(context);
    ImGui::Separator();
    if (item("menu.again", tr("Run the same seed again"), nullptr, false, chosen))
        context.emit(command::RunAgain{});
    const bool has_token = !token_in_view(context).empty();
    if (item("menu.copy_token", tr("Copy the replay token"), nullptr, false, has_token))
        copy_token(context);
    if (item("menu.run_token", tr("Run a token..."), nullptr))
        context.dialogs.ask_token();
    ImGui::EndMenu();
}

void draw_languages(const Context& context) {
    const Language now = context.input.language;
    if (item("menu.english", "English", nullptr, now == Language::English))
        context.emit(command::SetLanguage{Language::English});
    const bool possible = FontLoader::has_chinese();
    const char* name = possible ? "简体中文" : "Chinese";
    if (item("menu.chinese", name, nullptr, now == Language::Chinese, possible))
        context.emit(command::SetLanguage{Language::Chinese});
    if (!possible)
        hint(tr("No Chinese font on this machine. Install fonts-noto-cjk or fonts-wqy-microhei."));
}

void draw_themes(const Context& context) {
    const Theme now = context.input.theme;
    if (item("menu.dark", tr("Dark"), nullptr, now == Theme::Dark))
        context.emit(command::SetTheme{Theme::Dark});
    if (item("menu.light", tr("Light"), nullptr, now == Theme::Light))
        context.emit(command::SetTheme{Theme::Light});
}

void draw_scales(const Context& context) {
    constexpr std::array kScales{1.0F, 1.25F, 1.5F, 2.0F, 2.5F};
    if (item("menu.larger", tr("Larger"), "Ctrl++"))
        change_scale(context, 1);
    if (item("menu.smaller", tr("Smaller"), "Ctrl+-"))
        change_scale(context, -1);
    ImGui::Separator();
    for (const float scale : kScales) {
        const std::string percent = fmt::format("{:.0f} %", 100 * scale);
        const std::string name = fmt::format("menu.scale.{:.0f}", 100 * scale);
        const bool present = scale == context.input.scale;
        if (item(name.c_str(), percent.c_str(), scale == 1.0F ? "Ctrl+0" : nullptr, present))
            context.emit(command::SetScale{scale});
    }
}

void draw_view_menu(const Context& context) {
    if (!begin_menu("menu.view", tr("View")))
        return;
    if (item("menu.freeze", tr("Pause the view"), "Space", context.view.frozen))
        toggle_freeze(context);
    if (item("menu.live", tr("Back to live"), "L"))
        go_live(context);
    ImGui::Separator();
    if (begin_menu("menu.language", tr("Language"))) {
        draw_languages(context);
        ImGui::EndMenu();
    }
    if (begin_menu("menu.theme", tr("Theme"))) {
        draw_themes(context);
        ImGui::EndMenu();
    }
    if (begin_menu("menu.scale", tr("Size"))) {
        draw_scales(context);
        ImGui::EndMenu();
    }
    ImGui::Separator();
    for (std::size_t i = 0; i < view::kViewNames.size(); ++i) {
        const auto kind = static_cast<view::ViewKind>(i);
        const std::string name = "menu.view." + std::string(view::kViewNames[i]);
        const std::string key(view::key_of(kind));
        if (item(name.c_str(), view_title(kind), key.c_str(), context.view.shown == kind))
            context.view.shown = kind;
    }
    ImGui::Separator();
    if (item("menu.machines", tr("Threads (Ms) in the timeline"), "M", context.view.shows_machines))
        context.view.shows_machines = !context.view.shows_machines;
    if (item("menu.cpus", tr("CPUs in the timeline"), "C", context.view.shows_cpus))
        context.view.shows_cpus = !context.view.shows_cpus;
    Layout& layout = context.layout;
    if (item("menu.left", tr("Scenarios and controls"), nullptr, layout.show_left))
        layout.show_left = !layout.show_left;
    if (item("menu.right", tr("Inspector"), nullptr, layout.show_right))
        layout.show_right = !layout.show_right;
    ImGui::EndMenu();
}

void draw_help_menu(const Context& context) {
    if (!begin_menu("menu.help", tr("Help")))
        return;
    if (item("menu.keys", tr("Keys and mouse"), "F1"))
        context.dialogs.show_help();
    ImGui::EndMenu();
}

}  // namespace

void draw_menu_bar(const Context& context) {
    if (!ImGui::BeginMenuBar())
        return;
    draw_file_menu(context);
    draw_run_menu(context);
    draw_view_menu(context);
    draw_help_menu(context);
    ImGui::EndMenuBar();
}

}  // namespace golanes::ui

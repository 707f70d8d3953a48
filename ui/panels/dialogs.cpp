#include "ui/panels/dialogs.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

struct KeyHelp {
    const char* key;
    const char* meaning;
};

constexpr std::array kKeys{
    KeyHelp{"Space", tr_later("Pause the view: freeze the picture, the program runs on")},
    KeyHelp{"H", tr_later("Hold the run: stop the world, or let it run on")},
    KeyHelp{"R", tr_later("Start the run again")},
    KeyHelp{"L", tr_later("Back to live: the newest events")},
    KeyHelp{", / .", tr_later("One event back, one event on")},
    KeyHelp{"W / S", tr_later("Zoom the timeline in and out")},
    KeyHelp{"A / D", tr_later("Move the timeline to the left and right")},
    KeyHelp{"F", tr_later("Show the whole recording, or the last run")},
    KeyHelp{"P", tr_later("Pin the selected goroutine to the top of the timeline, or let it go")},
    KeyHelp{"Z", tr_later("Zoom to the selected stretch of time")},
    KeyHelp{"M / C", tr_later("Show the threads (Ms) and the CPUs in the timeline")},
    KeyHelp{"1, 2, ...", tr_later("Choose the view below the timeline")},
    KeyHelp{"Esc", tr_later("Clear the selection; close a dialog")},
    KeyHelp{"Ctrl+O", tr_later("Open a recording")},
    KeyHelp{"Ctrl+S", tr_later("Save the recording")},
    KeyHelp{"Ctrl+Q", tr_later("Quit")},
    KeyHelp{"Ctrl + / - / 0", tr_later("Larger, smaller, normal size")},
    KeyHelp{tr_later("Arrows"),
            tr_later("Go from control to control; Space presses it or takes hold of a slider")},
    KeyHelp{"F1, ?", tr_later("This list")},
};

constexpr std::array kMouse{
    KeyHelp{tr_later("Wheel"), tr_later("Zoom the timeline at the mouse")},
    KeyHelp{tr_later("Drag"), tr_later("Move the timeline: go back in time")},
    KeyHelp{
        tr_later("Shift + drag"),
        tr_later("Select a stretch of time and count what happened; also by a drag in the ruler")},
    KeyHelp{tr_later("Click"), tr_later("Choose a goroutine: all its slices light up")},
    KeyHelp{tr_later("Rest"), tr_later("Say what is under the mouse")},
};

bool pressed_escape(const Context& context) {
    return std::any_of(context.keys.begin(), context.keys.end(), [](const KeyPress& press) {
        return press.key == key::kEscape;
    });
}

bool begin_dialog(const std::string& label, bool open_now) {
    if (open_now)
        ImGui::OpenPopup(label.c_str());
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
    ImGui::SetNextWindowSizeConstraints({0, 0}, {screen.x * 0.96F, screen.y * 0.94F});
    return ImGui::BeginPopupModal(
        label.c_str(), nullptr, ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoMove);
}

template <std::size_t N>
void draw_key_table(const char* id, const std::array<KeyHelp, N>& rows) {
    if (!ImGui::BeginTable(id, 2, ImGuiTableFlags_SizingFixedFit))
        return;
    ImGui::TableSetupColumn("key", ImGuiTableColumnFlags_WidthFixed, ImGui::GetFontSize() * 7);
    ImGui::TableSetupColumn("meaning");
    for (const KeyHelp& row : rows) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(tr(row.key));
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(tr(row.meaning));
    }
    ImGui::EndTable();
}

/// Where saving begins: the file itself, or the scenario's name in the present folder.
std::string save_suggestion(const FrameInput& input) {
    if (!input.file.empty())
        return input.file;
    const std::string& recorded = input.timeline.recording().meta->scenario;
    const std::string name = !input.run.scenario.empty() ? input.run.scenario : recorded;
    return (name.empty() ? "recording" : name) + ".golanes";
}

}  // namespace

void Dialogs::ask_open() {
    opens_twin_ = false;
    browser_.show(FileBrowser::Mode::Open, "");
}

void Dialogs::ask_twin() {
    opens_twin_ = true;
    browser_.show(FileBrowser::Mode::Open, "");
}

void Dialogs::ask_save(const FrameInput& input) {
    if (!input.timeline.empty())
        browser_.show(FileBrowser::Mode::Save, save_suggestion(input));
}

void Dialogs::ask_token() {
    token_wanted_ = true;
    token_.fill(0);
}

void Dialogs::draw(const Context& context) {
    draw_browser(context);
    follow_save_before_quit(context);
    draw_quit_question(context);
    draw_token_question(context);
    draw_help(context);
}

void Dialogs::draw_browser(const Context& context) {
    const auto choice = browser_.draw(context.keys, context.fonts);
    if (!browser_.is_open() && !choice && !save_sent_)
        quit_after_save_ = false;
    if (!choice)
        return;
    if (browser_.mode() == FileBrowser::Mode::Open) {
        if (std::exchange(opens_twin_, false))
            return context.emit(command::CompareFile{choice->path});
        return context.emit(command::Open{choice->path});
    }
    context.emit(command::Save{choice->path, choice->overwrite});
    save_sent_ = quit_after_save_;
    notices_at_save_ = context.input.notices.size();
    saves_before_ = context.input.saves;
}

void Dialogs::follow_save_before_quit(const Context& context) {
    if (!save_sent_)
        return;
    // A run that goes on has unsaved events again at once: what was there is in the file.
    const bool saved = !context.input.unsaved || context.input.saves > saves_before_;
    const bool failed = context.input.notices.size() > notices_at_save_ && !saved;
    if (saved && replaces_)
        context.emit(command::Replace{});
    else if (saved)
        context.emit(command::Quit{context.input.unsaved});
    if (failed || saved)
        save_sent_ = quit_after_save_ = false;
}

void Dialogs::draw_quit_question(const Context& context) {
    const bool asked = context.input.quit_asked || context.input.replace_asked;
    const bool ask = asked && context.input.unsaved && !quit_after_save_;
    if (ask)
        replaces_ = !context.input.quit_asked;
    const std::string label = with_id(tr("Unsaved recording"), "quit_question");
    const bool open_now = ask && !ImGui::IsPopupOpen(label.c_str());
    if (!begin_dialog(label, open_now))
        return;
    ImGui::TextUnformatted(tr("This recording has not been saved."));
    ImGui::Spacing();
    bool done = !ask;
    if (button("quit.save", tr("Save..."))) {
        quit_after_save_ = done = true;
        ask_save(context.input);
    }
    if (ImGui::IsWindowAppearing())
        ImGui::SetItemDefaultFocus();
    ImGui::SameLine();
    if (button("quit.discard", tr("Discard"))) {
        if (replaces_)
            context.emit(command::Replace{});
        else
            context.emit(command::Quit{true});
        done = true;
    }
    ImGui::SameLine();
    if (button("quit.cancel", tr("Cancel")) || pressed_escape(context)) {
        context.emit(command::CancelQuit{});
        done = true;
    }
    if (done)
        ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void Dialogs::draw_token_question(const Context& context) {
    const bool open_now = std::exchange(token_wanted_, false);
    if (!begin_dialog(with_id(tr("Run a token"), "token"), open_now))
        return;
    ImGui::TextUnformatted(tr("Paste the replay token of a virtual run:"));
    ImGui::SetNextItemWidth(ImGui::GetFontSize() * 32);
    if (ImGui::IsWindowAppearing())
        ImGui::SetKeyboardFocusHere();
    bool run = ImGui::InputText(
        "##token", token_.data(), token_.size(), ImGuiInputTextFlags_EnterReturnsTrue);
    tag("token.text");
    const bool any = token_.front() != 0;
    run = button_if(any, "token.run", tr("Run")) || (run && any);
    if (run)
        context.emit(command::RunToken{token_.data()});
    ImGui::SameLine();
    if (button("token.cancel", tr("Cancel")) || run || (pressed_escape(context) && !open_now))
        ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

void Dialogs::draw_help(const Context& context) {
    const bool open_now = std::exchange(help_wanted_, false);
    if (!begin_dialog(with_id(tr("Keys and mouse"), "help"), open_now))
        return;
    draw_key_table("keys", kKeys);
    ImGui::Separator();
    draw_key_table("mouse", kMouse);
    ImGui::Spacing();
    const bool close = button("help.close", tr("Close"));
    if (ImGui::IsWindowAppearing())
        ImGui::SetItemDefaultFocus();
    if (close || (pressed_escape(context) && !open_now))
        ImGui::CloseCurrentPopup();
    ImGui::EndPopup();
}

}  // namespace golanes::ui

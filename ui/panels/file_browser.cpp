#include "ui/panels/file_browser.h"

#include <algorithm>
#include <system_error>

#include <fmt/format.h>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "ui/panels/fonts.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExtension = ".golanes";

fs::path present_folder() {
    std::error_code error;
    fs::path folder = fs::current_path(error);
    return error ? fs::path("/") : folder;
}

bool is_folder(const fs::path& path) {
    std::error_code error;
    return fs::is_directory(path, error);
}

bool is_there(const fs::path& path) {
    std::error_code error;
    return fs::exists(path, error);
}

std::string size_text(std::uintmax_t bytes) {
    constexpr std::uintmax_t kKiB = 1024;
    constexpr std::uintmax_t kMiB = kKiB * 1024;
    if (bytes < kKiB)
        return fmt::format("{} B", bytes);
    if (bytes < kMiB)
        return fmt::format("{:.1f} KiB", static_cast<double>(bytes) / kKiB);
    return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / kMiB);
}

/// Chosen by the keyboard, or by a double click (of four quick clicks the fourth counts, too): act.
bool chosen_for_good() {
    const bool by_mouse = ImGui::IsMouseClicked(0) || ImGui::IsMouseReleased(0);
    return !by_mouse || ImGui::GetIO().MouseClickedLastCount[0] % 2 == 0;
}

}  // namespace

void FileBrowser::show(Mode mode, const std::string& start) {
    mode_ = mode;
    open_ = just_shown_ = true;
    ask_overwrite_ = false;
    choice_.reset();
    const fs::path path = start.empty() ? present_folder() : fs::absolute(fs::path(start));
    if (is_folder(path)) {
        enter(path);
        return;
    }
    name_ = path.filename().string();
    enter(is_folder(path.parent_path()) ? path.parent_path() : present_folder());
}

void FileBrowser::enter(const fs::path& folder) {
    folder_ = folder.lexically_normal();
    folder_text_ = folder_.string();
    if (mode_ == Mode::Open)
        name_.clear();
    list_folder();
}

void FileBrowser::list_folder() {
    entries_.clear();
    error_.clear();
    std::error_code error;
    fs::directory_iterator at(folder_, fs::directory_options::skip_permission_denied, error);
    for (; !error && at != fs::directory_iterator(); at.increment(error)) {
        std::error_code ignored;
        Entry entry{at->path().filename().string(), at->is_directory(ignored), 0};
        if (entry.name.starts_with('.'))
            continue;
        if (!entry.is_folder && !all_files_ && at->path().extension() != kExtension)
            continue;
        if (!entry.is_folder)
            entry.bytes = at->file_size(ignored);
        entries_.push_back(std::move(entry));
    }
    if (error)
        error_ = folder_.string() + ": " + error.message();
    std::sort(entries_.begin(), entries_.end(), [](const Entry& a, const Entry& b) {
        return a.is_folder != b.is_folder ? a.is_folder : a.name < b.name;
    });
}

std::optional<FileBrowser::Choice> FileBrowser::draw(const std::vector<KeyPress>& keys,
                                                     FontLoader& fonts) {
    if (!open_)
        return std::nullopt;
    const char* title = mode_ == Mode::Open ? tr("Open a recording") : tr("Save the recording");
    const std::string label = with_id(title, "file_browser");
    if (just_shown_)
        ImGui::OpenPopup(label.c_str());
    const ImVec2 screen = ImGui::GetIO().DisplaySize;
    ImGui::SetNextWindowSize({std::min(720 * ui_scale(), screen.x * 0.94F),
                              std::min(520 * ui_scale(), screen.y * 0.9F)});
    ImGui::SetNextWindowPos({screen.x / 2, screen.y / 2}, ImGuiCond_Always, {0.5F, 0.5F});
    const auto flags = ImGuiWindowFlags_NoResize | ImGuiWindowFlags_NoMove;
    if (!ImGui::BeginPopupModal(label.c_str(), nullptr, flags))
        return std::nullopt;
    draw_folder_line();
    draw_list(fonts);
    draw_name_line();
    draw_buttons();
    const bool escape = std::any_of(
        keys.begin(), keys.end(), [](const KeyPress& press) { return press.key == key::kEscape; });
    if (escape || choice_)
        close();
    ImGui::EndPopup();
    just_shown_ = false;
    return std::exchange(choice_, std::nullopt);
}

void FileBrowser::draw_folder_line() {
    if (button("file.up", tr("Up")))
        next_folder_ = folder_.parent_path();
    ImGui::SameLine();
    ImGui::SetNextItemWidth(-1);
    if (ImGui::InputText("##folder", &folder_text_, ImGuiInputTextFlags_EnterReturnsTrue))
        accept_typed_path();
    tag("file.folder");
}

void FileBrowser::draw_list(FontLoader& fonts) {
    const float lines_below = mode_ == Mode::Save ? 3.0F : 2.0F;
    const float below = ImGui::GetFrameHeightWithSpacing() * lines_below;
    const float lowest = ImGui::GetFrameHeight() * 2;
    ImGui::PushStyleVar(ImGuiStyleVar_ChildBorderSize, 1);
    ImGui::BeginChild("##list",
                      {0, std::max(lowest, ImGui::GetContentRegionAvail().y - below)},
                      true,
                      ImGuiWindowFlags_NavFlattened);
    ImGui::PopStyleVar();
    int number = 0;
    for (const Entry& entry : entries_) {
        fonts.want(entry.name);
        draw_entry(entry, number++);
    }
    if (entries_.empty() && error_.empty())
        colored_text(palette().dim_text, tr("No recordings (*.golanes) in this folder."));
    ImGui::EndChild();
    if (next_folder_)
        enter(*std::exchange(next_folder_, std::nullopt));
}

void FileBrowser::draw_entry(const Entry& entry, int number) {
    ImGui::PushID(number);
    const std::string shown = entry.is_folder ? entry.name + "/" : entry.name;
    const auto flags = ImGuiSelectableFlags_AllowDoubleClick | ImGuiSelectableFlags_DontClosePopups;
    const bool pressed = ImGui::Selectable(
        with_id(shown, "entry").c_str(), !entry.is_folder && entry.name == name_, flags);
    if (just_shown_ && number == 0)
        ImGui::SetItemDefaultFocus();
    if (recording_items())
        tag("file.entry." + entry.name);
    if (!entry.is_folder) {
        const std::string size = size_text(entry.bytes);
        ImGui::SameLine(ImGui::GetContentRegionMax().x - ImGui::CalcTextSize(size.c_str()).x);
        ImGui::TextDisabled("%s", size.c_str());
    }
    ImGui::PopID();
    if (!pressed)
        return;
    if (entry.is_folder) {
        if (chosen_for_good())
            next_folder_ = folder_ / entry.name;
        return;
    }
    name_ = entry.name;
    if (chosen_for_good())
        accept_name();
}

void FileBrowser::draw_name_line() {
    if (mode_ == Mode::Save) {
        ImGui::AlignTextToFramePadding();
        ImGui::TextUnformatted(tr("Name"));
        ImGui::SameLine();
        ImGui::SetNextItemWidth(-1);
        if (just_shown_)
            ImGui::SetKeyboardFocusHere();
        if (ImGui::InputText("##name", &name_, ImGuiInputTextFlags_EnterReturnsTrue))
            accept_name();
        tag("file.name");
    }
    if (!error_.empty()) {
        colored_text(palette().error, error_.c_str());
        tag("file.error");
    } else if (checkbox("file.all", tr("Show all files"), all_files_)) {
        list_folder();
    }
}

void FileBrowser::draw_buttons() {
    if (ask_overwrite_) {
        draw_overwrite_question();
        return;
    }
    const char* accept = mode_ == Mode::Open ? tr("Open") : tr("Save");
    if (button_if(!name_.empty(), "file.accept", accept))
        accept_name();
    ImGui::SameLine();
    if (button("file.cancel", tr("Cancel")))
        close();
}

void FileBrowser::draw_overwrite_question() {
    ImGui::AlignTextToFramePadding();
    ImGui::TextColored(
        ImGui::ColorConvertU32ToFloat4(palette().warning), "%s", tr("This file exists."));
    ImGui::SameLine();
    if (button("file.overwrite", tr("Overwrite")))
        choice_ = Choice{(folder_ / name_).string(), true};
    ImGui::SameLine();
    if (button("file.keep", tr("Choose another name")))
        ask_overwrite_ = false;
}

void FileBrowser::accept_typed_path() {
    const fs::path typed = folder_ / fs::path(folder_text_);  // an absolute one replaces the folder
    if (is_folder(typed)) {
        enter(typed);
        return;
    }
    accept_file(typed);
}

void FileBrowser::accept_name() {
    if (name_.empty())
        return;
    if (is_folder(folder_ / name_)) {
        next_folder_ = folder_ / name_;
        return;
    }
    accept_file(folder_ / name_);
}

void FileBrowser::accept_file(const fs::path& file) {
    fs::path path = file;
    if (mode_ == Mode::Open) {
        if (is_there(path))
            choice_ = Choice{path.string(), false};
        else
            error_ = fmt::format(fmt::runtime(tr("{}: there is no such file")), path.string());
        return;
    }
    if (path.extension().empty())
        path += kExtension;
    folder_ = path.parent_path();
    name_ = path.filename().string();
    if (is_there(path))
        ask_overwrite_ = true;
    else
        choice_ = Choice{path.string(), false};
}

void FileBrowser::close() {
    open_ = false;
    ask_overwrite_ = false;
    ImGui::CloseCurrentPopup();
}

}  // namespace golanes::ui

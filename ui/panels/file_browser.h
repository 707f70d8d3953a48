#pragma once
// FileBrowser: our own dialog to open and save recordings, on std::filesystem. It only chooses a
// path; the app reads and writes.
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "ui/panels/input.h"

namespace golanes::ui {

class FontLoader;

/// Threads: the UI thread only.
class FileBrowser {
 public:
    enum class Mode { Open, Save };

    struct Choice {
        std::string path;
        bool overwrite = false;
    };

    /// Shows the dialog from the next draw() on. `start`: a folder, or a file to begin at; may be
    /// empty.
    void show(Mode mode, const std::string& start);

    [[nodiscard]] bool is_open() const { return open_; }

    [[nodiscard]] Mode mode() const { return mode_; }

    /// Draws the dialog if it is open; yields the path once it is chosen.
    std::optional<Choice> draw(const std::vector<KeyPress>& keys, FontLoader& fonts);

 private:
    struct Entry {
        std::string name;
        bool is_folder = false;
        std::uintmax_t bytes = 0;
    };

    void enter(const std::filesystem::path& folder);
    void list_folder();
    void draw_folder_line();
    void draw_list(FontLoader& fonts);
    void draw_entry(const Entry& entry, int number);
    void draw_name_line();
    void draw_buttons();
    void draw_overwrite_question();
    void accept_typed_path();
    void accept_name();
    void accept_file(const std::filesystem::path& file);
    void close();

    Mode mode_ = Mode::Open;
    bool open_ = false;
    bool just_shown_ = false;
    bool all_files_ = false;
    bool ask_overwrite_ = false;
    std::filesystem::path folder_;
    std::string folder_text_;  ///< What stands in the folder line.
    std::string name_;         ///< Chosen or typed file name.
    std::string error_;
    std::vector<Entry> entries_;
    std::optional<std::filesystem::path> next_folder_;  ///< Entered after the list is drawn.
    std::optional<Choice> choice_;
};

}  // namespace golanes::ui

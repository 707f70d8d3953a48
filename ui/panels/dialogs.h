#pragma once
// Dialogs: open, save, the question before unsaved work is lost, and the list of keys.
#include <array>
#include <cstdint>

#include "ui/panels/context.h"
#include "ui/panels/file_browser.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class Dialogs {
 public:
    void ask_open();
    /// Asks for a recording to compare with.
    void ask_twin();
    void ask_save(const FrameInput& input);

    /// Asks for a replay token to run.
    void ask_token();

    void show_help() { help_wanted_ = true; }

    /// Draws whatever is open and emits what the person chose.
    void draw(const Context& context);

 private:
    void draw_browser(const Context& context);
    void draw_quit_question(const Context& context);
    void follow_save_before_quit(const Context& context);
    void draw_token_question(const Context& context);
    void draw_help(const Context& context);

    FileBrowser browser_;
    bool opens_twin_ = false;  ///< What is chosen there is compared, not opened.
    bool help_wanted_ = false;
    bool token_wanted_ = false;
    std::array<char, 8192> token_{};  ///< What is typed or pasted.
    bool quit_after_save_ = false;    ///< Or replace, whichever was asked for.
    bool replaces_ = false;           ///< What is asked for is another run or file.
    bool save_sent_ = false;          ///< The command went out; the app has not saved yet.
    std::size_t notices_at_save_ = 0;
    std::uint64_t saves_before_ = 0;
};

}  // namespace golanes::ui

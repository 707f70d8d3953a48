#pragma once
// `golanes shot (FILE | SCENARIO) -o OUT.png`: the window's picture without a window.
#include <functional>
#include <optional>
#include <string>

#include <CLI/CLI.hpp>

#include "core/base/result.h"
#include "core/recording/file.h"
#include "ui/panels/frame.h"
#include "ui/view/viewport.h"
#include "ui/view/views.h"

namespace golanes::app {

/// What the person typed, before it is checked.
struct ShotArguments {
    std::string subject;  ///< A file or a scenario's id.
    std::string out;
    std::string size = "1280x720";
    std::string view = "timeline";
    std::string at;      ///< Empty: no cursor.
    std::string range;   ///< Empty: none is selected.
    std::string select;  ///< Empty: no goroutine.
    std::string predict;
    std::string theme = "dark";
    std::string language;  ///< Empty: the environment's.
    std::string scale = "1";
    bool force = false;
};

struct ShotOptions {
    std::string out;
    int width = 1280;  ///< Pixels.
    int height = 720;
    ui::Theme theme = ui::Theme::Dark;
    ui::Language language = ui::Language::English;
    float scale = 1;
    view::ViewKind view = view::ViewKind::Timeline;
    std::optional<TimeNs> at;              ///< Where the cursor stands, since the last run began.
    std::optional<view::TimeRange> range;  ///< Selected, since the last run began.
    GoroutineId selected = 0;              ///< 0: none.
    std::string predict;                   ///< The answer to the lesson's question; empty: not yet.
    recording::Overwrite overwrite = recording::Overwrite::No;
};

/// Errors: one line that names the option, the text and what it takes.
Result<ShotOptions> read_shot_options(const ShotArguments& arguments);

/// Draws the window's content, the whole timeline in view, and writes it as a PNG. Language, theme
/// and scale come from the options. Errors: no EGL, the file cannot be written.
Status render_shot(const ui::FrameInput& content, const ShotOptions& options);

/// Loads the file or runs the scenario. Errors: bad input, as one line.
using ShotSource = std::function<Result<ui::FrameInput>(const std::string& subject)>;

/// Adds the verb and returns it, so that the caller can add the options of `run`. Its callback does
/// the work and sets exit_code: 0 done, 1 the picture could not be made, 2 bad input.
/// Lifetime: exit_code must outlive the parse.
CLI::App& add_shot_verb(CLI::App& root, int& exit_code, ShotSource source);

}  // namespace golanes::app

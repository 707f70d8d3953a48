#pragma once
// Shell: the whole window content. One Shell draws one frame after another into the current ImGui
// context; what the person looks at (viewport, selection, open popups) lives in it, everything else
// comes in with the FrameInput. The same Shell serves the window, `golanes shot` and the tests.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "ui/panels/frame.h"
#include "ui/panels/input.h"
#include "ui/view/viewport.h"
#include "ui/view/views.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class Shell {
 public:
    Shell();
    ~Shell();
    Shell(const Shell&) = delete;
    Shell& operator=(const Shell&) = delete;

    /// Loads fonts and style into the current ImGui context for this language, theme and scale.
    /// Call before every frame, outside of it: it costs nothing while nothing changed, and adds the
    /// glyphs of names that came up in the last frame. Returns true when the font texture must be
    /// uploaded again. Chinese without a CJK font on the machine falls back to English, and says so
    /// in the status bar.
    bool prepare(Language language, Theme theme, float scale);

    /// Draws one frame between ImGui::NewFrame() and ImGui::Render(). Requires: prepare().
    void draw(const FrameInput& input,
              const std::vector<KeyPress>& keys,
              std::vector<Command>& commands);

    /// Background colour of the theme, for glClear.
    [[nodiscard]] const float* clear_color() const;

    /// Whether something moves by itself (following a live run): the app then keeps drawing.
    [[nodiscard]] bool animating() const;

    /// Puts the whole timeline (or its last run) into view: `golanes shot` after loading.
    void fit(const model::Timeline& timeline);

    /// Shows the tour of a first start.
    void start_tour();
    /// Whether the tour is shown: once it is not any more, the person has seen or skipped it.
    [[nodiscard]] bool touring() const;

    /// Waits for what is computed beside the frames, so that the next one shows it: `golanes shot`.
    void finish_searches();

    /// What is shown below the timeline: `golanes shot --view`.
    void show(view::ViewKind kind);

    /// Predicts the answer of the lesson's question: `golanes shot --predict`.
    void predict(const std::string& words);

    /// Puts the cursor at a time since the last run began: `golanes shot --at`.
    void stand_at(const model::Timeline& timeline, TimeNs time);

    /// Selects a stretch of time, since the last run began: `golanes shot --range`.
    void select_range(const model::Timeline& timeline, view::TimeRange range);

    /// Selects a goroutine of the last run: `golanes shot --select`.
    void select(const model::Timeline& timeline, GoroutineId g);

 private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace golanes::ui

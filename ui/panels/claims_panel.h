#pragma once
// ClaimsPanel: "Check the articles": what articles say about concurrency, our verdict, and what
// this machine measured.
#include <vector>

#include "core/lessons/claim.h"
#include "ui/panels/context.h"

namespace golanes::ui {

/// Threads: the UI thread only.
class ClaimsPanel {
 public:
    ClaimsPanel();

    /// Fills the content region of the current window.
    void draw(const Context& context);

 private:
    void want_glyphs(const Context& context);
    void draw_controls(const Context& context);
    void draw_progress(const Context& context) const;
    void draw_table(const Context& context) const;
    void draw_row(const Context& context, std::size_t row) const;
    void draw_claim(const Context& context, std::size_t row) const;
    void draw_here(const Context& context, std::size_t row) const;
    [[nodiscard]] bool is_shown(const Context& context, std::size_t row) const;
    [[nodiscard]] std::vector<std::size_t> shown_rows(const Context& context) const;

    std::vector<lessons::Claim> claims_;
    bool of_scenario_ = false;  ///< Only the rows of the chosen scenario.
    bool has_glyphs_ = false;   ///< The table's characters were asked for.
};

}  // namespace golanes::ui

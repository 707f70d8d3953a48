#pragma once
// RowChoice: which rows a person wants to see: a filter over goroutines, groups that are folded
// away, goroutines that stay at the top.
#include <set>
#include <string>
#include <vector>

#include "ui/view/gantt.h"

namespace golanes::view {

struct RowChoice {
    std::string filter;               ///< See matches_filter(); empty: every goroutine.
    std::set<RowKind> folded;         ///< Headings whose rows are hidden.
    std::vector<GoroutineId> pinned;  ///< Rows of these stand first and do not scroll.

    [[nodiscard]] bool is_pinned(GoroutineId g) const;

    /// Folds the group of a heading, or unfolds it.
    void toggle_folded(RowKind heading);

    /// Pins a goroutine's row, or lets it go.
    void toggle_pinned(GoroutineId g);

    friend bool operator==(const RowChoice&, const RowChoice&) = default;
};

/// Whether a row heads a group that can be folded.
bool is_heading(RowKind kind);

/// Whether a goroutine is meant: by a part of its name, in any case of letters, or by its number
/// ("G7"). An empty filter means everybody.
bool matches_filter(const std::string& filter, GoroutineId g, const std::string& name);

}  // namespace golanes::view

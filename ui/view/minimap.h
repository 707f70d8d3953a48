#pragma once
// Minimap: the whole recording in one strip: how much happened when, where runs failed and where
// events are missing. Pure; the timeline panel draws it above the picture.
#include <cstdint>
#include <vector>

#include "core/model/findings/finding.h"
#include "core/model/timeline.h"
#include "ui/view/viewport.h"

namespace golanes::view {

enum class NoteKind : std::uint8_t {
    Failed,   ///< A run ended by a deadlock, a panic, a failed check, ...
    Loss,     ///< Events are missing.
    Finding,  ///< Something was found there (findings_search.h).
};

struct MinimapNote {
    TimeNs time = 0;
    NoteKind kind = NoteKind::Failed;
};

struct Minimap {
    TimeRange range;                 ///< What the strip shows.
    std::vector<float> activity;     ///< By column: events, 0 to 1 of the busiest column.
    std::vector<MinimapNote> notes;  ///< By time; no two of a kind in one column.
};

/// Makes the strip of `columns` columns over all of the recording.
Minimap build_minimap(const model::Timeline& timeline, std::size_t columns);

/// Notes of the findings, at most one a column of the strip.
std::vector<MinimapNote> finding_notes(const Minimap& map,
                                       const std::vector<model::Finding>& findings);

/// The view moved so that `t` is in its middle.
TimeRange centered(TimeRange range, TimeNs t, TimeRange bounds);

}  // namespace golanes::view

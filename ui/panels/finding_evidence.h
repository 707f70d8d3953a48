#pragma once
// Finding evidence: what shows a finding: its goroutines, the events with their lines of the
// program, what it means.
#include <cstdint>
#include <string>

#include "core/model/findings/finding.h"
#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// An event of the evidence, and what stands in front of it.
struct EvidenceEvent {
    std::uint64_t number = 0;
    std::string before;
};

/// The event in words, wrapped, and below it the line of the program. A click goes there.
void draw_event_line(const FrameInput& input,
                     const model::Timeline& timeline,
                     const EvidenceEvent& event,
                     ViewState& state);

/// All of it, over the width of the window.
void draw_evidence(const FrameInput& input,
                   const model::Timeline& timeline,
                   const model::Finding& finding,
                   ViewState& state);

}  // namespace golanes::ui

#pragma once
// Findings as text and as JSON: what `golanes info --findings` says.
#include <span>
#include <string>

#include "core/model/findings/finding.h"
#include "core/model/timeline.h"

namespace golanes::exporting {

/// For people: a sentence each, with its time and run, and the report below it.
std::string findings_text(const model::Timeline& timeline,
                          std::span<const model::Finding> findings);

/// A JSON array; keys snake_case, times in ns.
std::string findings_json(const model::Timeline& timeline,
                          std::span<const model::Finding> findings);

}  // namespace golanes::exporting

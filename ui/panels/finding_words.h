#pragma once
// Finding words: a finding told in the present language.
#include <string>

#include "core/model/findings/finding.h"

namespace golanes::ui {

/// "Data race".
const char* finding_title(model::FindingKind kind);

/// The plain sentence, with who, what and where.
std::string finding_sentence(const model::Finding& finding);

/// What it means and what helps, for somebody who meets the word first.
const char* finding_meaning(model::FindingKind kind);

}  // namespace golanes::ui

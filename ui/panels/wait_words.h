#pragma once
// Wait words: why a goroutine waits, in plain words of the present language.
#include <string>

#include "core/model/statistics.h"

namespace golanes::ui {

/// One goroutine that waits, as one sentence with Go's own words: "worker 2 waits in chan receive
/// on tasks, pool.cpp:33".
std::string wait_words(const model::WaitFact& fact);

/// What it wants, and what has to happen so that it goes on, for somebody who sees it first.
std::string why_words(const model::WaitFact& fact);

}  // namespace golanes::ui

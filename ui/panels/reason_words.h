#pragma once
// Reason words: why a goroutine waits or leaves its P. Go's own words, which stand in its traces
// and dumps; in Chinese with a translation in front.
#include <string>
#include <string_view>

#include "core/trace/event.h"

namespace golanes::ui {

/// "chan receive".
std::string reason_words(trace::WaitReason reason);

/// "gosched".
std::string reason_words(trace::StopReason reason);

/// "idle".
std::string reason_words(trace::ProcStopReason reason);

/// The same for a text that is already one of wait_reason_text().
std::string reason_words(std::string_view go_words);

/// "Mutex".
std::string object_kind_words(trace::ObjectKind kind);

}  // namespace golanes::ui

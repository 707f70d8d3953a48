#pragma once
// The language a person's environment asks for.
#include "ui/panels/frame.h"

namespace golanes::app {

/// Looks at LANGUAGE, LC_ALL, LC_MESSAGES and LANG, in that order; the first that is set decides.
/// Chinese for "zh", "zh_CN.UTF-8" and the like, English for everything else.
[[nodiscard]] ui::Language language_from_environment();

}  // namespace golanes::app

#pragma once
// The line at the bottom: what is measured.
#include "ui/panels/context.h"

namespace golanes::ui {

/// `language_missing`: Chinese was asked for, but the machine has no font for it.
void draw_status_bar(const Context& context, bool language_missing);

}  // namespace golanes::ui

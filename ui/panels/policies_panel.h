#pragma once
// The policies of the scheduler, and the seed of virtual runs: turn a rule, run the same seed
// again.
#include "ui/panels/context.h"

namespace golanes::ui {

void draw_policies(const Context& context);

/// Whether the present engine knows more than one value of it.
bool policy_is_possible(const FrameInput& input, const catalog::Policy& policy);

/// The seed of a virtual run, to be read and changed. Nothing for real runs.
void draw_seed(const Context& context);

/// The replay token of the run in view; empty: it has none.
std::string token_in_view(const Context& context);

/// Puts the token in view on the clipboard.
void copy_token(const Context& context);

}  // namespace golanes::ui

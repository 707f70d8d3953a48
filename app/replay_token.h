#pragma once
// The replay token: one short word that says everything a virtual run depends on, to be typed,
// pasted, printed in a picture. Safe in a shell and in a URL: a-z 0-9 . _ -
//
//   gl1.letters.p4.s7.lines-26._runnext-off.1042-15us-p8.k3f9z
//
//   gl1         golanes, version of the scheduler's behaviour (core/runtime/version.h)
//   letters     the scenario
//   p4 c2 s7    Ps when it begins, cores (left out: one a P), seed
//   full        the level, unless it is scheduler
//   lines-26    a parameter that is not standard
//   _slice-1ms  a policy that is not standard; _costs-100-40-200-90-15-30-5000: percent, then the
//               nanoseconds of every rt::Op in their order
//   1042-15us-p8  a live change after 1,042 steps, 15 us after the run began: p Ps, h hold, r
//               release, v0-5 parameter 0 becomes 5, _slice-1ms a policy turns, x stop
//   k3f9z       check letters over all before
#include <string>
#include <string_view>

#include "app/run_options.h"

namespace golanes::app {

/// The token of a virtual run; empty for a real one, which no token can repeat.
std::string replay_token(const RunPlan& plan);

/// The inverse: a plan of one virtual run. Spaces around the token are no matter. Errors: one
/// sentence: another scheduler version, an unknown scenario or parameter, or where it is mistyped.
Result<RunPlan> read_replay_token(std::string_view text);

}  // namespace golanes::app

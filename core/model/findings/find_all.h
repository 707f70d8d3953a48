#pragma once
// Looks for every kind of finding. A kind that is not sure says nothing: a finding on a program
// without fault is a bug.
#include <stop_token>
#include <vector>

#include "core/model/findings/finding.h"
#include "core/model/findings/run_part.h"

namespace golanes::model {

/// The findings of a recording, by kind and then by time; what several runs have is told once.
/// Once `stop` is requested it gives up between two kinds and returns what it has.
/// Cost: some looks at every event.
std::vector<Finding> find_all(const Timeline& timeline, std::stop_token stop = {});

// One kind each; the files are called like them. They add what one run has. Goroutines, objects and
// events refer to that run.
void find_deadlock(const RunPart& part, std::vector<Finding>& findings);
void find_lock_orders(const RunPart& part, std::vector<Finding>& findings);
void find_leaks(const RunPart& part, std::vector<Finding>& findings);
void find_starvation(const RunPart& part, std::vector<Finding>& findings);
void find_convoys(const RunPart& part, std::vector<Finding>& findings);
void find_serialised(const RunPart& part, std::vector<Finding>& findings);
void find_idle_procs(const RunPart& part, std::vector<Finding>& findings);
void find_oversubscription(const RunPart& part, std::vector<Finding>& findings);

}  // namespace golanes::model

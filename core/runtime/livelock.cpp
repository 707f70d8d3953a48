#include "core/runtime/livelock.h"

#include <algorithm>

#include "core/base/time.h"
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/virtual_engine.h"

namespace golanes::rt {
namespace {

constexpr std::uint64_t kLooks = 16;  ///< In the time of its patience.
constexpr std::uint64_t kWitnessedSteps = 4096;
constexpr std::size_t kMostNames = 6;

}  // namespace

Livelock::Livelock(const VirtualEngine& engine, Scheduler& scheduler, std::uint64_t patience)
    : engine_(&engine),
      scheduler_(&scheduler),
      patience_(patience),
      next_look_(std::max<std::uint64_t>(1, patience / kLooks)) {}

Livelock::Progress Livelock::progress() const {
    return {engine_->now(), scheduler_->goroutines_made(), scheduler_->goroutines_live()};
}

bool Livelock::look() {
    const std::uint64_t step = engine_->steps();
    if (const Progress now = progress(); now != seen_) {
        seen_ = now;
        since_ = step;
        witnessed_ = 0;
        turning_.clear();
    }
    next_look_ = step + std::max<std::uint64_t>(1, patience_ / kLooks);
    if (step - since_ < patience_)
        return false;
    if (const M* m = engine_->last_resumed(); m != nullptr && m->current != nullptr)
        turning_.insert(m->current->id);
    next_look_ = step + 1;
    return ++witnessed_ > kWitnessedSteps;
}

std::string Livelock::words() const {
    std::string who;
    std::size_t named = 0;
    for (const GoroutineId id : turning_) {
        if (named++ == kMostNames)
            break;
        const std::string name = scheduler_->goroutine_name(id);
        who += (who.empty() ? "" : ", ") + std::to_string(id) +
               (name.empty() ? "" : " (" + name + ")");
    }
    if (turning_.size() > kMostNames)
        who += " and " + std::to_string(turning_.size() - kMostNames) + " more";
    const TimeNs at = static_cast<TimeNs>(seen_.now - scheduler_->begin_ticks());
    return "starved: at " + format_duration(at) + " goroutine" +
           (turning_.size() == 1 ? " " : "s ") + who + " turned " + std::to_string(patience_) +
           " times, and nothing else happened: operations cost nothing in this run, so virtual "
           "time never moves (--policy costs=1x makes it move)";
}

}  // namespace golanes::rt

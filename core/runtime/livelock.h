#pragma once
// Livelock: notices a virtual run that turns and turns at one instant. Where operations cost
// nothing, goroutines that only yield never move the clock: no timer fires, nobody else gets
// further, and without a word the run would go on for ever.
//
// What counts as standing still: the same virtual time, and no goroutine made or ended, for so many
// steps of the engine. All of that is part of the run: it ends at the same step every time.
#include <cstdint>
#include <set>
#include <string>

#include "core/base/ids.h"

namespace golanes::rt {

class Scheduler;
class VirtualEngine;

/// Steps at one instant after which a run has stood still: with two events each, more than a
/// recording holds.
inline constexpr std::uint64_t kLivelockSteps = 20'000'000;

/// Threads: the owner's.
class Livelock {
 public:
    /// Lifetime: both outlive it.
    Livelock(const VirtualEngine& engine, Scheduler& scheduler, std::uint64_t patience);

    /// The step at which look() wants to be called.
    [[nodiscard]] std::uint64_t next_look() const { return next_look_; }

    /// Looks whether the run gets on. True: it does not; words() tells.
    bool look();

    /// One line: who turns, and why time stands.
    [[nodiscard]] std::string words() const;

 private:
    struct Progress {
        std::uint64_t now = 0;
        std::uint64_t made = 0;
        std::int64_t live = 0;

        friend bool operator==(const Progress&, const Progress&) = default;
    };

    [[nodiscard]] Progress progress() const;

    const VirtualEngine* engine_;
    Scheduler* scheduler_;
    std::uint64_t patience_;
    std::uint64_t since_ = 0;  ///< The step at which seen_ was new.
    std::uint64_t next_look_;
    Progress seen_;
    std::uint64_t witnessed_ = 0;  ///< Single steps looked at, at the end of the patience.
    std::set<GoroutineId> turning_;
};

}  // namespace golanes::rt

#pragma once
// Pace: how virtual time follows the clock on the wall while a person watches.
#include <cstdint>
#include <functional>

#include "core/base/time.h"

namespace golanes::rt {

/// Threads: the owner's.
class Pace {
 public:
    /// `rate`: virtual nanoseconds per real one; 0: as fast as possible.
    Pace(double rate, std::uint64_t now) : rate_(rate) { anchor(now); }

    [[nodiscard]] bool is_free() const { return rate_ <= 0; }

    void set_rate(double rate, std::uint64_t now) {
        rate_ = rate;
        anchor(now);
    }

    /// Virtual time `now` is now: after the run stood still, it does not run after the clock.
    void anchor(std::uint64_t now);
    /// The virtual time that the clock shows.
    [[nodiscard]] std::uint64_t shown() const;
    /// Waits until the clock shows `time`. False: called away before.
    [[nodiscard]] bool wait_for(std::uint64_t time, const std::function<bool()>& called_away) const;

 private:
    double rate_;
    std::uint64_t virtual_anchor_ = 0;
    TimeNs real_anchor_ = 0;
};

}  // namespace golanes::rt

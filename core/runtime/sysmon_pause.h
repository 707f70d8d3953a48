#pragma once
// SysmonPause: how long sysmon sleeps between two looks, by Go's rule.
#include <algorithm>

#include "core/base/time.h"

namespace golanes::rt {

/// 20 us; after 50 looks in vain twice as long each time, up to 10 ms; 20 us again once a look
/// found something to do.
class SysmonPause {
 public:
    static constexpr DurationNs kShortest = 20 * kMicrosecond;
    static constexpr DurationNs kLongest = 10 * kMillisecond;

    /// The pause after a look.
    DurationNs after_look(bool did_something) {
        looks_in_vain_ = did_something ? 0 : looks_in_vain_ + 1;
        if (looks_in_vain_ == 0)
            pause_ = kShortest;
        else if (looks_in_vain_ > kLooksBeforeDoubling)
            pause_ = std::min(2 * pause_, kLongest);
        return pause_;
    }

 private:
    static constexpr int kLooksBeforeDoubling = 50;

    int looks_in_vain_ = 0;
    DurationNs pause_ = kShortest;
};

}  // namespace golanes::rt

#include "core/runtime/virtual_pace.h"

#include <algorithm>
#include <ctime>

namespace golanes::rt {

void Pace::anchor(std::uint64_t now) {
    virtual_anchor_ = now;
    real_anchor_ = monotonic_ns();
}

std::uint64_t Pace::shown() const {
    const auto passed = static_cast<double>(monotonic_ns() - real_anchor_);
    return virtual_anchor_ + static_cast<std::uint64_t>(std::max(0.0, passed * rate_));
}

bool Pace::wait_for(std::uint64_t time, const std::function<bool()>& called_away) const {
    if (is_free() || time <= virtual_anchor_)
        return true;
    constexpr DurationNs kLookEvery = 5 * kMillisecond;
    const double needed = static_cast<double>(time - virtual_anchor_) / rate_;
    for (;;) {
        if (called_away && called_away())
            return false;
        const double ahead = needed - static_cast<double>(monotonic_ns() - real_anchor_);
        if (ahead <= 0)
            return true;
        const auto nap = static_cast<long>(std::min(ahead, static_cast<double>(kLookEvery)));
        const timespec pause{0, nap};
        nanosleep(&pause, nullptr);
    }
}

}  // namespace golanes::rt

#pragma once
// VirtualCores: the operating system below a virtual run. When there are more Ps than cores, the Ms
// share the cores: one queue for all, first come first served, and an M that has had a core for 4
// ms goes to the queue's end when another waits. A woken M pushes nobody away before that. (Linux
// gives a task that just woke more credit, and slices of 3 ms and more; a fixed round is what can
// be drawn and predicted.)
#include <cstdint>
#include <deque>
#include <vector>

#include "core/base/time.h"
#include "core/runtime/virtual_fiber.h"

namespace golanes::rt {

inline constexpr DurationNs kCoreSlice = 4 * kMillisecond;

/// Threads: the owner's. Invariant: while somebody waits, no core is free.
class VirtualCores {
 public:
    explicit VirtualCores(int cores) : holders_(static_cast<std::size_t>(cores), nullptr) {}

    [[nodiscard]] int count() const { return static_cast<int>(holders_.size()); }

    /// Gives the fiber a core, the preferred one if it is free. False: there is none, it waits now.
    bool take(VirtualFiber& fiber, int preferred, std::uint64_t now);
    /// Moves the fiber to that core if it is free.
    void move(VirtualFiber& fiber, int core);
    /// Frees the fiber's core. Returns who has it now: the first that waited, or null.
    VirtualFiber* release(VirtualFiber& fiber, std::uint64_t now);
    /// Puts a fiber without a core at the queue's end.
    void wait(VirtualFiber& fiber);

    /// When the fiber must give its core to another; kNever while nobody waits.
    std::uint64_t turn_end(VirtualFiber& fiber, std::uint64_t now) const;

    /// The fibers that hold a core; null where a core is free.
    [[nodiscard]] const std::vector<VirtualFiber*>& holders() const { return holders_; }

 private:
    void give(VirtualFiber& fiber, int core, std::uint64_t now);

    std::vector<VirtualFiber*> holders_;  ///< By core.
    std::deque<VirtualFiber*> waiting_;
};

}  // namespace golanes::rt

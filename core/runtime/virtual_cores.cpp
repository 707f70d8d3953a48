#include "core/runtime/virtual_cores.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/machine.h"

namespace golanes::rt {

void VirtualCores::give(VirtualFiber& fiber, int core, std::uint64_t now) {
    holders_[static_cast<std::size_t>(core)] = &fiber;
    fiber.core = core;
    fiber.slice_end = now + static_cast<std::uint64_t>(kCoreSlice);
    fiber.m->virtual_core = static_cast<CpuId>(core);
}

bool VirtualCores::take(VirtualFiber& fiber, int preferred, std::uint64_t now) {
    GOLANES_CHECK(fiber.core < 0, "an M takes one core");
    if (holders_[static_cast<std::size_t>(preferred)] == nullptr) {
        give(fiber, preferred, now);
        return true;
    }
    const auto free = std::find(holders_.begin(), holders_.end(), nullptr);
    if (free == holders_.end()) {
        wait(fiber);
        return false;
    }
    give(fiber, static_cast<int>(free - holders_.begin()), now);
    return true;
}

void VirtualCores::move(VirtualFiber& fiber, int core) {
    if (holders_[static_cast<std::size_t>(core)] != nullptr)
        return;
    holders_[static_cast<std::size_t>(fiber.core)] = nullptr;
    holders_[static_cast<std::size_t>(core)] = &fiber;
    fiber.core = core;
    fiber.m->virtual_core = static_cast<CpuId>(core);
}

VirtualFiber* VirtualCores::release(VirtualFiber& fiber, std::uint64_t now) {
    const int core = std::exchange(fiber.core, -1);
    holders_[static_cast<std::size_t>(core)] = nullptr;
    if (waiting_.empty())
        return nullptr;
    VirtualFiber& next = *waiting_.front();
    waiting_.pop_front();
    give(next, core, now);
    return &next;
}

void VirtualCores::wait(VirtualFiber& fiber) {
    fiber.wait = VirtualFiber::Wait::Core;
    waiting_.push_back(&fiber);
}

// A share that ended while nobody waited was followed by another one.
std::uint64_t VirtualCores::turn_end(VirtualFiber& fiber, std::uint64_t now) const {
    if (waiting_.empty())
        return kNever;
    while (fiber.slice_end < now)
        fiber.slice_end += static_cast<std::uint64_t>(kCoreSlice);
    return fiber.slice_end;
}

}  // namespace golanes::rt

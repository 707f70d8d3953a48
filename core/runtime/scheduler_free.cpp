// Dead goroutines wait here for their next life, with their stacks: a few at each P, reached
// without a lock and the latest first (its stack is warm), the others on a global list.
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"

namespace golanes::rt {
namespace {

constexpr std::uint32_t kMostPerP = 64;  ///< At so many a P gives a batch away, as in Go.
constexpr std::uint32_t kBatch = 32;

}  // namespace

void Scheduler::put_free(P& p, G& g) {
    GList& own = p.free_goroutines;
    own.push_front(&g);
    if (own.size < kMostPerP)
        return;
    const LockGuard guard(free_lock_);
    for (std::uint32_t i = 0; i < kBatch; ++i)
        free_goroutines_.push_front(own.pop_front());
}

// Null: all goroutines are alive, a new one must be made.
G* Scheduler::take_free(P& p) {
    GList& own = p.free_goroutines;
    if (own.size == 0) {
        const LockGuard guard(free_lock_);
        while (own.size < kBatch && free_goroutines_.size != 0)
            own.push_front(free_goroutines_.pop_front());
    }
    return own.pop_front();
}

void Scheduler::give_up_free(P& p) {
    const LockGuard guard(free_lock_);
    free_goroutines_.append(p.free_goroutines);
}

}  // namespace golanes::rt

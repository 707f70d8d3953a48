// Dead goroutines wait here for their next life, with their stacks: a few at each P, reached
// without a lock and the latest first (its stack is warm), the others on a global list.
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"

namespace golanes::rt {
namespace {

constexpr std::uint32_t kMostPerP = 64;  ///< At so many a P gives a batch away, as in Go.
constexpr std::uint32_t kBatch = 32;
constexpr std::uint32_t kMostWarm = 1U << 20;  ///< Of the global list: 4 GB.

}  // namespace

void Scheduler::put_free(P& p, G& g) {
    GList& own = p.free_goroutines;
    own.push_front(&g);
    if (own.size < kMostPerP)
        return;
    const LockGuard guard(free_lock_);
    for (std::uint32_t i = 0; i < kBatch; ++i) {
        G* dead = own.pop_front();
        if (free_goroutines_.size < kMostWarm) {
            free_goroutines_.push_front(dead);
        } else {
            give_up_stack(*dead);
            bare_goroutines_.push_front(dead);
        }
    }
}

void Scheduler::give_up_stack(G& g) {
    forget_context(g.context);
    stacks_->give_back(g.stack);
    g.stack = {};
    g.is_bound = false;
}

// A stack that had become large would keep its memory from others.
void Scheduler::cool_down(M& m, G& g) {
    const std::size_t before = stacks_->shrink(g.stack);
    if (before == g.stack.committed())
        return;
    m.stack_notes.add({g.id,
                       trace::StackChange::Shrunk,
                       static_cast<std::uint32_t>(before),
                       static_cast<std::uint32_t>(g.stack.committed())});
}

// Null: all goroutines are alive, a new one must be made.
G* Scheduler::take_free(P& p) {
    GList& own = p.free_goroutines;
    if (own.size == 0) {
        const LockGuard guard(free_lock_);
        while (own.size < kBatch && free_goroutines_.size != 0)
            own.push_front(free_goroutines_.pop_front());
        if (own.size == 0 && bare_goroutines_.size != 0)
            own.push_front(bare_goroutines_.pop_front());
    }
    return own.pop_front();
}

void Scheduler::give_up_free(P& p) {
    const LockGuard guard(free_lock_);
    free_goroutines_.append(p.free_goroutines);
}

}  // namespace golanes::rt

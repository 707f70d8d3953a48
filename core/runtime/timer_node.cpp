#include "core/runtime/timer_node.h"

namespace golanes::rt {

// Keeps the zombie mark true to what the node wants.
void TimerNode::mark() {
    const bool zombie = heap_ != nullptr && !wants_entry();
    if (zombie == is_zombie_)
        return;
    is_zombie_ = zombie;
    if (zombie)
        heap_->zombies_.fetch_add(1, std::memory_order_relaxed);  // a hint
    else
        heap_->zombies_.fetch_sub(1, std::memory_order_relaxed);
}

bool TimerNode::set(std::uint64_t when, std::uint64_t order, std::uint64_t period) {
    when_ = when;
    order_ = order;
    period_ = period;
    mark();
    if (heap_ == nullptr)
        return false;
    is_modified_ = true;
    // After the mark: see TimerHeap::earliest_mark_.
    return wants_entry() && heap_->note_earlier(when);
}

void TimerNode::clear() {
    when_ = kNever;
    mark();
}

bool TimerNode::watch() {
    ++watchers_;
    mark();
    // What was set while nobody watched was marked only: see set().
    return heap_ != nullptr && is_set() && is_modified_ && heap_->note_earlier(when_);
}

void TimerNode::unwatch() {
    --watchers_;
    mark();
}

// A late periodic timer keeps its grid: the times it missed are skipped.
void TimerNode::move_on(std::uint64_t now) {
    if (period_ == 0)
        when_ = kNever;
    else
        when_ += period_ * (1 + (now - when_) / period_);
}

bool TimerNode::take_if_due(std::uint64_t now, DueTimer& due) {
    if (when_ > now || (heap_ != nullptr && !is_zombie_))
        return false;
    due = {when_, nullptr, shared_from_this()};
    move_on(now);
    is_modified_ = heap_ != nullptr;
    return true;
}

}  // namespace golanes::rt

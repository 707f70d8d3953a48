#include "core/runtime/timers.h"

#include <algorithm>
#include <utility>

#include "core/runtime/timer_node.h"

namespace golanes::rt {
namespace {

constexpr std::size_t kArity = 4;

}  // namespace

bool TimerHeap::earlier(const Entry& a, const Entry& b) {
    return a.when != b.when ? a.when < b.when : a.order < b.order;
}

bool TimerHeap::wants_sweep() const {
    return zombies() * 4 > size();
}

void TimerHeap::publish() {
    size_.store(heap_.size(), std::memory_order_relaxed);
    front_when_.store(heap_.empty() ? kNever : heap_.front().when, std::memory_order_seq_cst);
}

// True: `when` is earlier than all that this heap has.
bool TimerHeap::note_earlier(std::uint64_t when) {
    const bool is_earliest = when < front_when_.load(std::memory_order_seq_cst);
    std::uint64_t least = earliest_mark_.load(std::memory_order_seq_cst);
    while (when < least) {
        if (earliest_mark_.compare_exchange_weak(least, when, std::memory_order_seq_cst))
            return is_earliest;
    }
    return false;
}

void TimerHeap::sift_up(std::size_t index) {
    while (index > 0) {
        const std::size_t parent = (index - 1) / kArity;
        if (!earlier(heap_[index], heap_[parent]))
            return;
        std::swap(heap_[index], heap_[parent]);
        index = parent;
    }
}

void TimerHeap::sift_down(std::size_t index) {
    for (;;) {
        std::size_t least = index;
        const std::size_t first = index * kArity + 1;
        for (std::size_t child = first; child < std::min(first + kArity, heap_.size()); ++child) {
            if (earlier(heap_[child], heap_[least]))
                least = child;
        }
        if (least == index)
            return;
        std::swap(heap_[index], heap_[least]);
        index = least;
    }
}

bool TimerHeap::push(Entry entry) {
    const std::uint64_t order = entry.order;
    heap_.push_back(std::move(entry));
    sift_up(heap_.size() - 1);
    publish();
    return heap_.front().order == order;
}

bool TimerHeap::add(std::uint64_t when, std::uint64_t order, G* g) {
    return push({when, order, g, nullptr});
}

bool TimerHeap::add(std::shared_ptr<TimerNode> node) {
    const LockGuard guard(node->lock_);
    if (!node->needs_heap())
        return false;
    node->heap_ = this;
    node->is_modified_ = false;
    const std::uint64_t when = node->when_;
    const std::uint64_t order = node->order_;
    return push({when, order, nullptr, std::move(node)});
}

void TimerHeap::remove_front() {
    if (heap_.size() > 1)
        heap_.front() = std::move(heap_.back());
    heap_.pop_back();
    if (!heap_.empty())
        sift_down(0);
}

// Puts the front entry right if its node has changed, under the node's lock. True: it has, and
// another may be at the front now.
bool TimerHeap::settle_front() GOLANES_NO_TSA {
    Entry& front = heap_.front();
    TimerNode& node = *front.node;
    if (node.is_zombie_) {
        zombies_.fetch_sub(1, std::memory_order_relaxed);  // a hint
        node.is_zombie_ = false;
        node.heap_ = nullptr;
        return true;
    }
    if (!std::exchange(node.is_modified_, false))
        return false;
    front.when = node.when_;
    front.order = node.order_;
    return true;
}

void TimerHeap::clean_front() GOLANES_NO_TSA {
    while (!heap_.empty() && heap_.front().node != nullptr) {
        const std::shared_ptr<TimerNode> node = heap_.front().node;
        const LockGuard guard(node->lock_);
        if (!settle_front())
            break;
        if (node->heap_ == nullptr)
            remove_front();
        else
            sift_down(0);
    }
    if (heap_.empty())
        earliest_mark_.store(kNever, std::memory_order_seq_cst);
    publish();
}

void TimerHeap::sweep() GOLANES_NO_TSA {
    // Before the marks are read: one that is set meanwhile is either read below or noted again.
    earliest_mark_.store(kNever, std::memory_order_seq_cst);
    std::vector<Entry> old;
    old.swap(heap_);
    heap_.reserve(old.size());
    for (Entry& entry : old) {
        if (entry.node == nullptr) {
            heap_.push_back(std::move(entry));
        } else {
            const LockGuard guard(entry.node->lock_);
            entry.when = entry.node->when_;
            entry.order = entry.node->order_;
            entry.node->is_modified_ = false;
            if (std::exchange(entry.node->is_zombie_, false)) {
                zombies_.fetch_sub(1, std::memory_order_relaxed);  // a hint
                entry.node->heap_ = nullptr;
                continue;
            }
            heap_.push_back(entry);
        }
        sift_up(heap_.size() - 1);
    }
    publish();
}

bool TimerHeap::take_due_and_lock_node(std::uint64_t now, DueTimer& due) GOLANES_NO_TSA {
    if (earliest_mark_.load(std::memory_order_seq_cst) <= now)
        sweep();
    while (!heap_.empty() && heap_.front().when <= now) {
        Entry& front = heap_.front();
        due = {front.when, front.sleeper, front.node};
        if (front.sleeper != nullptr) {
            remove_front();
            publish();
            return true;
        }
        TimerNode& node = *due.node;
        node.lock_.lock();
        const bool has_changed = settle_front();
        if (!has_changed) {
            node.move_on(now);
            front.when = node.when_;
            if (!node.is_set())
                node.heap_ = nullptr;
        }
        if (node.heap_ == nullptr)
            remove_front();
        else
            sift_down(0);
        publish();
        if (!has_changed)
            return true;
        node.lock_.unlock();
    }
    due = {};
    return false;
}

void TimerHeap::take_all(TimerHeap& other) {
    other.sweep();
    for (Entry& entry : other.heap_) {
        if (entry.node != nullptr) {
            const LockGuard guard(entry.node->lock_);
            entry.node->heap_ = this;
        }
        push(std::move(entry));
    }
    other.heap_.clear();
    other.publish();
}

void TimerHeap::clear() {
    std::vector<Entry> old;
    {
        const LockGuard guard(lock_);
        old.swap(heap_);
        publish();
    }
    for (const Entry& entry : old) {
        if (entry.node == nullptr)
            continue;
        {
            const LockGuard guard(entry.node->lock_);
            entry.node->heap_ = nullptr;
        }
        entry.node->abandon();
    }
}

}  // namespace golanes::rt

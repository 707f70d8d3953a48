#include "core/runtime/timers.h"

#include <algorithm>

namespace golanes::rt {
namespace {

constexpr std::size_t kArity = 4;

bool earlier(const Timer& a, const Timer& b) {
    return a.when != b.when ? a.when < b.when : a.order < b.order;
}

}  // namespace

void TimerHeap::publish_next() {
    next_when_.store(heap_.empty() ? kNever : heap_.front().when, std::memory_order_seq_cst);
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

void TimerHeap::add(std::uint64_t when, G* g) {
    heap_.push_back({when, added_++, g});
    sift_up(heap_.size() - 1);
    publish_next();
}

bool TimerHeap::pop_due(std::uint64_t now, Timer& timer) {
    if (heap_.empty() || heap_.front().when > now)
        return false;
    timer = heap_.front();
    heap_.front() = heap_.back();
    heap_.pop_back();
    if (!heap_.empty())
        sift_down(0);
    publish_next();
    return true;
}

void TimerHeap::take_all(TimerHeap& other) {
    for (const Timer& timer : other.heap_)
        add(timer.when, timer.g);
    other.heap_.clear();
    other.publish_next();
}

}  // namespace golanes::rt

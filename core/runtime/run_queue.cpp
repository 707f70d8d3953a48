#include "core/runtime/run_queue.h"

#include <algorithm>

#include "core/runtime/goroutine.h"
#include "core/runtime/run_queue_inline.h"
#include "core/trace/event.h"

namespace golanes::rt {

using trace::QueueKind;

void GList::append(GList& other) {
    if (other.first == nullptr)
        return;
    if (last == nullptr)
        first = other.first;
    else
        last->queue_next = other.first;
    last = other.last;
    size += other.size;
    other = {};
}

void GList::prepend(GList& other) {
    other.append(*this);
    *this = other;
    other = {};
}

LocalQueue::LocalQueue() {
    for (auto& slot : slots_)
        slot.store(nullptr, std::memory_order_relaxed);  // nobody else sees the queue yet
}

// Half of the ring comes out; an empty result when a thief was faster (there is room then).
LocalQueue::PutResult LocalQueue::overflow(G* g, std::uint32_t head) {
    const std::uint32_t half = capacity_ / 2;
    std::array<G*, kRingSize / 2> taken{};
    for (std::uint32_t i = 0; i < half; ++i)
        taken[i] = slots_[(head + i) % kRingSize].load(std::memory_order_relaxed);
    // Release commits the reads above: only after it may the slots be written again.
    if (!head_.compare_exchange_strong(head, head + half, std::memory_order_acq_rel))
        return {};
    PutResult result;
    result.flags = static_cast<std::uint8_t>(QueueKind::Global);
    result.overflow = g;
    result.batch_head = head;
    for (std::uint32_t i = 0; i < half; ++i)
        result.batch.push_back(taken[i]);
    return result;
}

LocalQueue::Stolen LocalQueue::steal_half(LocalQueue& thief) {
    for (;;) {
        std::uint32_t head = head_.load(std::memory_order_acquire);  // pairs with other takes
        const std::uint32_t tail = tail_.load(
            std::memory_order_acquire);  // pairs with the owner's release: slots are written
        std::uint32_t count = tail - head;
        count -= count / 2;
        if (count == 0)
            return {};
        if (count > capacity_ / 2)
            continue;  // head and tail were read at different moments
        const std::uint32_t thief_tail = thief.tail_.load(std::memory_order_relaxed);  // ours
        G* last = nullptr;
        for (std::uint32_t i = 0; i < count; ++i) {
            last = slots_[(head + i) % kRingSize].load(std::memory_order_relaxed);
            if (i + 1 < count)
                thief.slots_[(thief_tail + i) % kRingSize].store(last, std::memory_order_relaxed);
        }
        // Release commits the reads; on failure the copies above are beyond thief's tail and
        // unseen.
        if (!head_.compare_exchange_strong(head, head + count, std::memory_order_acq_rel))
            continue;
        thief.tail_.store(thief_tail + count - 1, std::memory_order_release);
        return {count, head, last, thief_tail};
    }
}

// As steal_half, with ourselves for the thief. The tail must not reach the places that a thief may
// be reading: it takes the newest that leaves room.
LocalQueue::Stolen LocalQueue::take_inside(std::uint32_t place) {
    for (;;) {
        std::uint32_t head = head_.load(std::memory_order_acquire);        // pairs with other takes
        const std::uint32_t tail = tail_.load(std::memory_order_relaxed);  // only we write it
        const std::uint32_t before = std::min(place, kRingSize - (tail - head));
        if (tail - head <= before)
            return {};
        for (std::uint32_t i = 0; i < before; ++i)
            slots_[(tail + i) % kRingSize].store(
                slots_[(head + i) % kRingSize].load(std::memory_order_relaxed),
                std::memory_order_relaxed);
        G* one = slots_[(head + before) % kRingSize].load(std::memory_order_relaxed);
        // Release commits the reads; on failure the copies are beyond the tail and unseen.
        if (!head_.compare_exchange_strong(head, head + before + 1, std::memory_order_acq_rel))
            continue;
        tail_.store(tail + before, std::memory_order_release);  // pairs with the thief's acquire
        return {before + 1, head, one, tail};
    }
}

G* LocalQueue::peek_runnext() const {
    return runnext_.load(std::memory_order_relaxed);
}

bool LocalQueue::steal_runnext(G* expected) {
    // Acquire pairs with put_next: the goroutine's fields.
    return runnext_.compare_exchange_strong(expected, nullptr, std::memory_order_acq_rel);
}

std::uint32_t LocalQueue::drain(GList& into) {
    const std::uint32_t head = head_.load(std::memory_order_relaxed);  // the world is stopped
    const std::uint32_t tail = tail_.load(std::memory_order_relaxed);
    for (std::uint32_t i = head; i != tail; ++i)
        into.push_back(slots_[i % kRingSize].load(std::memory_order_relaxed));
    head_.store(tail, std::memory_order_release);
    return head;
}

bool LocalQueue::empty() const {
    // Seq_cst: the re-check after spinning stops relies on a total order with puts
    // (scheduler_wake.cpp).
    return head_.load() == tail_.load() && runnext_.load() == nullptr;
}

std::uint32_t GlobalQueue::put_batch(GList& list) {
    const std::uint32_t index = head_ + list_.size;
    list_.append(list);
    size_.store(list_.size, std::memory_order_relaxed);
    return index;
}

std::uint32_t GlobalQueue::put_front(GList& list) {
    head_ += list_.size;
    list_.prepend(list);
    size_.store(list_.size, std::memory_order_relaxed);
    return head_;
}

}  // namespace golanes::rt

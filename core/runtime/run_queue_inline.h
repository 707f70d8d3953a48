#pragma once
// What every switch does to the run queues, inline. For the scheduler's own files.
#include "core/runtime/goroutine.h"
#include "core/runtime/run_queue.h"
#include "core/trace/event.h"

namespace golanes::rt {

inline void GList::push_back(G* g) {
    g->queue_next = nullptr;
    if (last == nullptr)
        first = g;
    else
        last->queue_next = g;
    last = g;
    ++size;
}

inline void GList::push_front(G* g) {
    g->queue_next = first;
    first = g;
    if (last == nullptr)
        last = g;
    ++size;
}

inline G* GList::pop_front() {
    G* g = first;
    if (g == nullptr)
        return nullptr;
    first = g->queue_next;
    if (first == nullptr)
        last = nullptr;
    g->queue_next = nullptr;
    --size;
    return g;
}

inline LocalQueue::PutResult LocalQueue::put_next(G* g) {
    // Acquire/release: a thief that takes g from here sees its fields; we see those of the one
    // displaced. Seq_cst: see put_tail.
    G* displaced = runnext_.exchange(g, std::memory_order_seq_cst);
    if (displaced == nullptr)
        return {static_cast<std::uint8_t>(trace::QueueKind::Runnext), 0, nullptr, {}, 0};
    PutResult result = put_displaced(displaced);
    const std::uint8_t where = result.overflow != nullptr ? trace::put_flag::kDisplacedToGlobal
                                                          : trace::put_flag::kDisplacedToRing;
    result.flags =
        static_cast<std::uint8_t>(static_cast<std::uint8_t>(trace::QueueKind::Runnext) | where);
    return result;
}

// Seq_cst: the submitter's step (1) in scheduler_wake.cpp, also for one that is displaced: the one
// that displaced it was put so.
inline LocalQueue::PutResult LocalQueue::put_tail(G* g) {
    return put_ordered(g, std::memory_order_seq_cst);
}

inline LocalQueue::PutResult LocalQueue::put_displaced(G* g) {
    return put_ordered(g, std::memory_order_release);
}

inline LocalQueue::PutResult LocalQueue::put_ordered(G* g, std::memory_order order) {
    for (;;) {
        const std::uint32_t head =
            head_.load(std::memory_order_acquire);  // pairs with takes: the slot is free
        const std::uint32_t tail = tail_.load(std::memory_order_relaxed);  // only we write it
        if (tail - head < capacity_) {
            slots_[tail % kRingSize].store(g, std::memory_order_relaxed);
            tail_.store(tail + 1, order);  // pairs with the thief's acquire: the slot is written
            return {static_cast<std::uint8_t>(trace::QueueKind::Ring), tail, nullptr, {}, 0};
        }
        PutResult result = overflow(g, head);
        if (result.overflow != nullptr)
            return result;
    }
}

inline LocalQueue::Taken LocalQueue::take() {
    if (G* next = take_runnext(); next != nullptr)
        return {next, true, 0};
    return take_head();
}

inline LocalQueue::Taken LocalQueue::take_head() {
    for (;;) {
        std::uint32_t head = head_.load(std::memory_order_acquire);  // pairs with thieves' takes
        const std::uint32_t tail = tail_.load(std::memory_order_relaxed);
        if (head == tail)
            return {};
        G* g = slots_[head % kRingSize].load(std::memory_order_relaxed);
        if (head_.compare_exchange_weak(head, head + 1, std::memory_order_acq_rel))
            return {g, false, head};
    }
}

inline G* LocalQueue::take_runnext() {
    if (runnext_.load(std::memory_order_relaxed) == nullptr)
        return nullptr;
    return runnext_.exchange(
        nullptr, std::memory_order_acq_rel);  // pairs with put_next: the goroutine's fields
}

inline std::uint32_t LocalQueue::append(G* g) {
    const std::uint32_t tail = tail_.load(std::memory_order_relaxed);
    slots_[tail % kRingSize].store(g, std::memory_order_relaxed);
    tail_.store(tail + 1, std::memory_order_release);  // pairs with the thief's acquire
    return tail;
}

inline std::uint32_t GlobalQueue::put_unseen(G* g) {
    const std::uint32_t index = head_ + list_.size;
    list_.push_back(g);
    return index;
}

inline std::uint32_t GlobalQueue::put(G* g) {
    const std::uint32_t index = put_unseen(g);
    publish();
    return index;
}

inline GlobalQueue::Taken GlobalQueue::take() {
    G* g = list_.pop_front();
    if (g == nullptr)
        return {};
    publish();
    return {g, head_++};
}

}  // namespace golanes::rt

#include "core/model/indexed_queue.h"

#include <algorithm>
#include <bit>

namespace golanes::model {
namespace {

// Indices wrap at 2^32: their distance is signed.
std::int32_t distance(std::uint32_t from, std::uint32_t to) {
    return static_cast<std::int32_t>(to - from);
}

Fit fit_if(bool condition) {
    return condition ? Fit::Yes : Fit::No;
}

}  // namespace

Fit IndexedQueue::put(std::uint32_t index, GoroutineId goroutine) {
    if (!numbered_)
        restart_at(index);
    const std::int32_t ahead = distance(tail_, index);
    const Fit fit = fit_if(ahead == 0 || !tail_known_);
    tail_known_ = true;
    if (ahead < 0 && distance(head_, index) >= 0) {
        slot(index) = goroutine;
        return fit;
    }
    if (ahead < 0 || ahead > kMaxJump)
        restart_at(index);
    while (tail_ != index)
        append(0);
    append(goroutine);
    return fit;
}

IndexedQueue::Taken IndexedQueue::take(std::uint32_t index) {
    const std::int32_t ahead = numbered_ ? distance(head_, index) : 0;
    if (numbered_ && ahead < 0)  // Before all we know: only missing history explains it.
        return {0, fit_if(!head_known_)};
    const bool held = numbered_ && distance(index, tail_) > 0;
    const Fit fit = fit_if((ahead == 0 || !head_known_) && (held || !tail_known_));
    head_known_ = true;
    if (!held) {
        restart_at(index + 1);
        return {0, fit};
    }
    head_ = index;
    return {pop(), fit};
}

Fit IndexedQueue::put_in_front(std::uint32_t index, const std::vector<GoroutineId>& front) {
    if (!numbered_)
        restart_at(index);
    const Fit fit = fit_if(index == tail_ || !tail_known_);
    std::vector<GoroutineId> all = front;
    for (std::uint32_t i = head_; i != tail_; ++i)
        all.push_back(slot(i));
    restart_at(index);
    for (const GoroutineId goroutine : all)
        append(goroutine);
    head_known_ = tail_known_ = true;
    return fit;
}

void IndexedQueue::clear() {
    head_ = tail_ = 0;
    numbered_ = false;
    head_known_ = tail_known_ = true;
}

void IndexedQueue::forget() {
    head_known_ = tail_known_ = false;
}

std::vector<GoroutineId> IndexedQueue::contents() const {
    std::vector<GoroutineId> result;
    result.reserve(length());
    for (std::uint32_t i = head_; i != tail_; ++i) {
        const GoroutineId goroutine = slots_[i & (slots_.size() - 1)];
        if (goroutine != 0)
            result.push_back(goroutine);
    }
    return result;
}

void IndexedQueue::restart_at(std::uint32_t index) {
    head_ = tail_ = index;
    numbered_ = true;
}

void IndexedQueue::append(GoroutineId goroutine) {
    if (length() == slots_.size()) {
        std::vector<GoroutineId> larger(std::max<std::size_t>(8, slots_.size() * 2));
        for (std::uint32_t i = head_; i != tail_; ++i)
            larger[i & (larger.size() - 1)] = slot(i);
        slots_ = std::move(larger);
    }
    slot(tail_++) = goroutine;
}

GoroutineId IndexedQueue::pop() {
    return slot(head_++);
}

}  // namespace golanes::model

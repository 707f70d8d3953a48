#include "core/recording/recording.h"

#include <algorithm>
#include <utility>

namespace golanes::recording {

Chunk::Chunk(std::uint64_t first_index) : first_index_(first_index) {
    events_.reserve(kChunkEvents);
}

std::span<const trace::Event> Snapshot::events(std::size_t chunk) const {
    const bool last = chunk + 1 == chunks.size();
    return {chunks[chunk]->data(), last ? last_size : kChunkEvents};
}

std::uint64_t Snapshot::event_count() const {
    return chunks.empty() ? 0 : (chunks.size() - 1) * kChunkEvents + last_size;
}

std::uint64_t Snapshot::first_index() const {
    return chunks.empty() ? 0 : chunks.front()->first_index();
}

const trace::Event& Snapshot::event(std::uint64_t index) const {
    const std::uint64_t held = index - first_index();
    return chunks[held / kChunkEvents]->data()[held % kChunkEvents];
}

std::uint64_t Snapshot::index_after(TimeNs t) const {
    std::uint64_t low = first_index();
    std::uint64_t high = end_index();
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        if (static_cast<TimeNs>(event(middle).time) <= t)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

TimeNs Snapshot::start_ns() const {
    return event_count() == 0 ? 0 : static_cast<TimeNs>(chunks.front()->data()[0].time);
}

TimeNs Snapshot::end_ns() const {
    return event_count() == 0 ? 0 : static_cast<TimeNs>(events(chunks.size() - 1).back().time);
}

Recording::Recording(Meta meta, std::size_t budget_bytes)
    : budget_chunks_(
          budget_bytes == 0
              ? SIZE_MAX
              : std::max<std::size_t>(2, budget_bytes / (kChunkEvents * sizeof(trace::Event)))),
      meta_(std::make_shared<const Meta>(std::move(meta))) {
    publish();
}

void Recording::append(std::span<const trace::Event> events) {
    for (const trace::Event& event : events) {
        if (chunks_.empty() || chunks_.back()->written() == kChunkEvents) {
            chunks_.push_back(std::make_shared<Chunk>(appended_));
            shed_to_budget();
        }
        chunks_.back()->append(event);
        ++appended_;
    }
}

void Recording::shed_to_budget() {
    while (chunks_.size() > budget_chunks_) {
        shed_ += kChunkEvents;
        chunks_.erase(chunks_.begin());
    }
}

void Recording::set_names(std::shared_ptr<const trace::Names> names) {
    names_ = std::move(names);
}

void Recording::set_meta(Meta meta) {
    meta_ = std::make_shared<const Meta>(std::move(meta));
}

void Recording::set_honesty(Honesty honesty) {
    honesty_ = std::move(honesty);
}

void Recording::publish() {
    Snapshot next;
    next.chunks.assign(chunks_.begin(), chunks_.end());
    next.last_size = chunks_.empty() ? 0 : chunks_.back()->written();
    next.names = names_;
    next.meta = meta_;
    next.honesty = honesty_;
    next.honesty.shed = shed_;
    // The old view leaves in `next`, after the guard: a last reference to a chunk frees 2 MiB, and
    // that must not happen while readers wait for the lock.
    const LockGuard guard(lock_);
    std::swap(published_, next);
}

Snapshot Recording::snapshot() const {
    const LockGuard guard(lock_);
    return published_;
}

}  // namespace golanes::recording

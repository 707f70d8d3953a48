#pragma once
// IndexedQueue: one run queue as its recorded indices tell it. Places are numbered by 32-bit
// indices that only grow: a put names the tail index it filled, a take names the head index it
// emptied.
#include <cstdint>
#include <vector>

#include "core/base/ids.h"

namespace golanes::model {

/// Whether a recorded index agrees with what was replayed so far.
enum class Fit : std::uint8_t { Yes, No };

/// Threads: one at a time. Copies are independent.
/// Invariant: slot(i) for head <= i < tail holds the goroutine put at i, or 0 when that put was
/// lost.
class IndexedQueue {
 public:
    struct Taken {
        GoroutineId goroutine = 0;  ///< 0: not known (lost).
        Fit fit = Fit::Yes;
    };

    /// Puts at the tail. An index that is not the tail is believed, and is a misfit unless history
    /// is missing.
    Fit put(std::uint32_t index, GoroutineId goroutine);

    /// Takes from the head. An index that is not the head is believed, and is a misfit unless
    /// history is missing.
    Taken take(std::uint32_t index);

    /// Puts `front` before everything else and numbers all places anew from `index`, the old tail,
    /// on.
    Fit put_in_front(std::uint32_t index, const std::vector<GoroutineId>& front);

    /// Empties it; the next index, whatever it is, starts its numbering.
    void clear();

    /// Events are missing: the next put and the next take may name any index.
    void forget();

    [[nodiscard]] std::uint32_t head() const { return head_; }

    [[nodiscard]] std::uint32_t tail() const { return tail_; }

    /// Places between head and tail, those of lost puts included.
    [[nodiscard]] std::uint32_t length() const { return tail_ - head_; }

    /// The goroutine at that place, or 0 when it is not held.
    [[nodiscard]] GoroutineId at(std::uint32_t index) const {
        return index - head_ < length() ? slots_[index & (slots_.size() - 1)] : 0;
    }

    /// The known goroutines, head first.
    [[nodiscard]] std::vector<GoroutineId> contents() const;

 private:
    static constexpr std::int32_t kMaxJump =
        1 << 20;  ///< A greater step is damage, not loss: start anew.

    GoroutineId& slot(std::uint32_t index) { return slots_[index & (slots_.size() - 1)]; }

    void restart_at(std::uint32_t index);
    void append(GoroutineId goroutine);
    GoroutineId pop();

    std::vector<GoroutineId> slots_;  ///< Size is a power of two, or 0.
    std::uint32_t head_ = 0;
    std::uint32_t tail_ = 0;
    bool numbered_ = false;   ///< An index was seen since clear().
    bool head_known_ = true;  ///< False after forget(), until a take.
    bool tail_known_ = true;  ///< False after forget(), until a put.
};

}  // namespace golanes::model

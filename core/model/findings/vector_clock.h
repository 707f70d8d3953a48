#pragma once
// VectorClock: how far into each goroutine's life something knows. Kept sparse: most goroutines of
// a program know of few others.
#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/base/ids.h"

namespace golanes::model {

/// One goroutine's count.
struct Epoch {
    GoroutineId goroutine = 0;
    std::uint32_t count = 0;

    friend bool operator==(const Epoch&, const Epoch&) = default;
};

/// Invariant: entries are sorted by goroutine, counts are not 0.
class VectorClock {
 public:
    [[nodiscard]] std::uint32_t of(GoroutineId goroutine) const {
        const auto at = find(goroutine);
        return at != entries_.end() && at->goroutine == goroutine ? at->count : 0;
    }

    /// Whether what happened at `epoch` is known here: it happened before.
    [[nodiscard]] bool knows(Epoch epoch) const { return of(epoch.goroutine) >= epoch.count; }

    void advance(GoroutineId goroutine) {
        const auto at = find(goroutine);
        if (at != entries_.end() && at->goroutine == goroutine)
            ++entries_[static_cast<std::size_t>(at - entries_.begin())].count;
        else
            entries_.insert(at, {goroutine, 1});
    }

    /// Knows from here on what `other` knows, too.
    void join(const VectorClock& other) {
        if (includes(other))
            return;
        std::vector<Epoch> both;
        both.reserve(entries_.size() + other.entries_.size());
        auto a = entries_.begin();
        auto b = other.entries_.begin();
        while (a != entries_.end() || b != other.entries_.end()) {
            if (b == other.entries_.end() || (a != entries_.end() && a->goroutine < b->goroutine)) {
                both.push_back(*a++);
            } else if (a == entries_.end() || b->goroutine < a->goroutine) {
                both.push_back(*b++);
            } else {
                both.push_back({a->goroutine, std::max(a->count, b->count)});
                ++a;
                ++b;
            }
        }
        entries_ = std::move(both);
    }

 private:
    [[nodiscard]] std::vector<Epoch>::const_iterator find(GoroutineId goroutine) const {
        return std::lower_bound(
            entries_.begin(), entries_.end(), goroutine, [](const Epoch& epoch, GoroutineId g) {
                return epoch.goroutine < g;
            });
    }

    [[nodiscard]] bool includes(const VectorClock& other) const {
        auto a = entries_.begin();
        for (const Epoch& epoch : other.entries_) {
            while (a != entries_.end() && a->goroutine < epoch.goroutine)
                ++a;
            if (a == entries_.end() || a->goroutine != epoch.goroutine || a->count < epoch.count)
                return false;
        }
        return true;
    }

    std::vector<Epoch> entries_;
};

}  // namespace golanes::model

#pragma once
// Stack history: how large the stacks of a run were, over time. Read from the StackSize events; a
// goroutine without one has the page it was born with.
#include <cstdint>
#include <map>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::view {

/// Memory of a stack that has not grown.
inline constexpr std::uint32_t kFirstStackBytes = 4096;

/// A stack has this size from then on.
struct StackStep {
    TimeNs time = 0;
    std::uint32_t bytes = 0;
    trace::StackChange change = trace::StackChange::Grown;
};

/// The sizes in one run. Grows with a recording; read it again from where it ended.
class StackHistory {
 public:
    /// Reads what the recording holds of the run beyond what was read before. Another run, or
    /// another recording, is read from its begin.
    void advance(const model::Timeline& timeline, const model::RunInfo& run);

    /// The goroutines whose stacks are told, and their steps in time order.
    [[nodiscard]] const std::map<GoroutineId, std::vector<StackStep>>& stacks() const {
        return stacks_;
    }

    /// The size at t.
    [[nodiscard]] std::uint32_t bytes_at(GoroutineId g, TimeNs t) const;

    /// The largest size ever.
    [[nodiscard]] std::uint32_t most() const { return most_; }

 private:
    void add(const trace::Event& event);

    const void* recording_ = nullptr;
    std::uint32_t run_ = 0;
    TimeNs run_begin_ = -1;
    std::uint64_t next_ = 0;  ///< Number of the first event not read.
    bool is_over_ = false;
    std::map<GoroutineId, std::vector<StackStep>> stacks_;
    std::uint32_t most_ = kFirstStackBytes;
};

/// Goroutines by size: `count` of them have more than half of `bytes`, and at most `bytes`.
struct StackBin {
    std::uint32_t bytes = 0;
    std::uint32_t count = 0;
};

/// The stacks of the goroutines that live at t, by powers of two from the first page on; without
/// empty bins at the end.
std::vector<StackBin> stack_histogram(const StackHistory& history,
                                      const std::vector<model::GoroutineInfo>& goroutines,
                                      TimeNs t);

}  // namespace golanes::view

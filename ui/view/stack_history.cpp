#include "ui/view/stack_history.h"

#include <algorithm>

namespace golanes::view {

void StackHistory::add(const trace::Event& event) {
    const StackStep step{static_cast<TimeNs>(event.time),
                         trace::low_half(event.arg),
                         static_cast<trace::StackChange>(event.flags)};
    std::vector<StackStep>& steps = stacks_[event.a];
    const bool grew_first = steps.empty() && step.change == trace::StackChange::Grown;
    if (grew_first)
        steps.push_back({run_begin_, trace::high_half(event.arg), trace::StackChange::Reused});
    steps.push_back(step);
    most_ = std::max(most_, step.bytes);
}

void StackHistory::advance(const model::Timeline& timeline, const model::RunInfo& run) {
    const recording::Snapshot& recording = timeline.recording();
    const void* identity = recording.meta.get();
    const bool same = identity == recording_ && run.number == run_ && run.begin == run_begin_;
    if (!same) {
        *this = StackHistory();
        recording_ = identity;
        run_ = run.number;
        run_begin_ = run.begin;
        next_ = recording.index_after(run.begin - 1);
    }
    next_ = std::max(next_, recording.first_index());
    for (; next_ < recording.end_index() && !is_over_; ++next_) {
        const trace::Event& event = recording.event(next_);
        is_over_ = run.end >= 0 && static_cast<TimeNs>(event.time) > run.end;
        if (!is_over_ && event.type == trace::EventType::StackSize)
            add(event);
    }
}

std::uint32_t StackHistory::bytes_at(GoroutineId g, TimeNs t) const {
    const auto stack = stacks_.find(g);
    if (stack == stacks_.end())
        return kFirstStackBytes;
    const auto after = std::upper_bound(
        stack->second.begin(), stack->second.end(), t, [](TimeNs time, const StackStep& step) {
            return time < step.time;
        });
    return after == stack->second.begin() ? kFirstStackBytes : (after - 1)->bytes;
}

std::vector<StackBin> stack_histogram(const StackHistory& history,
                                      const std::vector<model::GoroutineInfo>& goroutines,
                                      TimeNs t) {
    std::vector<StackBin> bins;
    for (std::uint32_t bytes = kFirstStackBytes; bytes != 0; bytes <<= 1)
        bins.push_back({bytes, 0});
    for (const model::GoroutineInfo& goroutine : goroutines) {
        if (goroutine.created > t || (goroutine.ended >= 0 && goroutine.ended <= t))
            continue;
        const std::uint32_t bytes = history.bytes_at(goroutine.id, t);
        const auto bin = std::find_if(
            bins.begin(), bins.end(), [&](const StackBin& one) { return bytes <= one.bytes; });
        ++(bin == bins.end() ? bins.back() : *bin).count;
    }
    while (!bins.empty() && bins.back().count == 0)
        bins.pop_back();
    return bins;
}

}  // namespace golanes::view

#include "core/model/stretch_walk.h"

#include <algorithm>

namespace golanes::model {
namespace {

/// Whether there was anything in the queue for any time.
bool is_seen(const QueueSteps& segment, std::size_t step) {
    const auto& steps = segment.steps;
    return steps[step].length > 0 && steps[step].time < steps[step + 1].time;
}

/// What several stretches come to.
class Gathered {
 public:
    explicit Gathered(const QueueSteps& segment) : segment_(segment) {}

    void add(std::size_t first, std::size_t end, std::uint32_t most) {
        if (most == 0)
            return;
        first_ = longest_ == 0 ? first : first_;
        end_ = end;
        longest_ = std::max(longest_, most);
    }

    void add(std::size_t step) {
        if (is_seen(segment_, step))
            add(step, step + 1, segment_.steps[step].length);
    }

    [[nodiscard]] bool is_empty() const { return longest_ == 0; }

    [[nodiscard]] QueueStretch sum() const {
        std::size_t first = first_;
        while (!is_seen(segment_, first))
            ++first;
        std::size_t last = end_ - 1;
        while (!is_seen(segment_, last))
            --last;
        return {segment_.steps[first].time, segment_.steps[last + 1].time, longest_};
    }

 private:
    const QueueSteps& segment_;
    std::size_t first_ = 0;  ///< At or after it the first one seen stands, before end_ the last.
    std::size_t end_ = 0;
    std::uint32_t longest_ = 0;
};

/// The steps from one on that can be taken together.
struct Block {
    std::size_t size = 0;  ///< 0: none.
    std::uint32_t longest = 0;
};

Block largest_block(const QueueSteps& segment,
                    const PyramidLevels& levels,
                    std::size_t i,
                    TimeNs before) {
    for (std::size_t k = levels.list().size(); k-- > 0;) {
        const PyramidLevels::Level& level = levels.list()[k];
        if (!level.begins_at(i))
            continue;
        const std::size_t end = std::min(i + level.size, segment.steps.size() - 1);
        if (segment.steps[end].time < before)
            return {end - i, segment.longest[level.block_of(i)]};
    }
    return {};
}

}  // namespace

void StretchWalk::read(const QueueSteps& segment, const QueueLengthStep& at_begin) {
    const auto steps = segment.steps;
    const auto is_before = [&](const QueueLengthStep& step) {
        return step.time < t0_;
    };
    auto from = steps.begin();
    if (!steps.empty() && is_before(steps.front()))
        from = std::partition_point(from, steps.end(), is_before);
    if (!has_begun_) {
        const QueueLengthStep& before = from == steps.begin() ? at_begin : *(from - 1);
        present_ = {std::max(before.time, t0_), 0, before.length};
        has_begun_ = true;
    }
    const std::size_t closed = segment.longest.empty() ? 0 : steps.size() - 1;
    const PyramidLevels levels(closed, kBlockSteps, kBlockSteps);
    auto i = static_cast<std::size_t>(from - steps.begin());
    for (; i < steps.size() && steps[i].time < t1_; ++i) {
        close(steps[i].time);
        i = gather(segment, levels, i);
        present_ = {steps[i].time, 0, steps[i].length};
    }
}

void StretchWalk::close(TimeNs end) {
    present_.end = end;
    if (present_.length > 0 && present_.start < end)
        tell_(present_);
    present_.length = 0;
}

TimeNs StretchWalk::border_after(TimeNs t) {
    while (!borders_.empty() && borders_.front() <= t)
        borders_ = borders_.subspan(1);
    return borders_.empty() ? t1_ : std::min(borders_.front(), t1_);
}

// Tells the stretches from step i on that end before the next border; returns the step whose
// stretch does not.
std::size_t StretchWalk::gather(const QueueSteps& segment,
                                const PyramidLevels& levels,
                                std::size_t i) {
    const auto steps = segment.steps;
    if (!joins_)
        return i;
    const TimeNs before = border_after(steps[i].time);
    Gathered gathered(segment);
    while (i + 1 < steps.size() && steps[i + 1].time < before) {
        const Block block =
            i % kBlockSteps == 0 ? largest_block(segment, levels, i, before) : Block{};
        if (block.size > 0) {
            gathered.add(i, i + block.size, block.longest);
            i += block.size;
        } else {
            gathered.add(i++);
        }
    }
    if (!gathered.is_empty())
        tell_(gathered.sum());
    return i;
}

}  // namespace golanes::model

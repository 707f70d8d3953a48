#include "core/model/run_levels.h"

#include <algorithm>

namespace golanes::model {

void LevelSummary::add(TimeNs from, TimeNs to, int level) {
    if (to <= from || level < 0)
        return;
    if (static_cast<std::size_t>(level) >= time_at.size())
        time_at.resize(static_cast<std::size_t>(level) + 1);
    time_at[static_cast<std::size_t>(level)] += to - from;
    if (level == 0)
        return;
    const auto length = static_cast<double>(end - begin) / static_cast<double>(kBuckets);
    const auto at = [&](TimeNs t) {
        return static_cast<double>(t - begin) / length;
    };
    const double a = at(from);
    const double b = at(to);
    const auto last = std::min(kBuckets - 1, static_cast<std::size_t>(b));
    for (auto i = std::min(kBuckets - 1, static_cast<std::size_t>(a)); i <= last; ++i) {
        const auto left = static_cast<double>(i);
        const double share = std::min(b, left + 1) - std::max(a, left);
        if (share <= 0)
            continue;
        buckets[i].mean += static_cast<float>(share * level);
        buckets[i].most = std::max(buckets[i].most, static_cast<std::uint16_t>(level));
    }
}

void RunLevels::border(TimeNs begin, TimeNs settled) {
    borders_.push_back(begin);
    sweep(settled);
}

void RunLevels::shed(std::size_t count) {
    const std::size_t known = std::min(count, settled_.size());
    settled_.erase(settled_.begin(), settled_.begin() + static_cast<std::ptrdiff_t>(known));
    // Segments shed before they settled: their time is swept all the same, into nothing.
    for (std::size_t i = known; i < count && !borders_.empty(); ++i) {
        borders_.pop_front();
        filling_.reset();
    }
}

// The level stands from swept_ to `to`; summaries begin and end on the way.
void RunLevels::pass(TimeNs to) {
    while (swept_ < to) {
        if (!filling_ && !borders_.empty() && borders_.size() > 1 && borders_[0] <= swept_) {
            filling_ = std::make_shared<LevelSummary>();
            filling_->begin = borders_[0];
            filling_->end = borders_[1];
            filling_->buckets.resize(LevelSummary::kBuckets);
        }
        const TimeNs end = filling_                                         ? filling_->end
                           : !borders_.empty() && borders_.front() > swept_ ? borders_.front()
                                                                            : to;
        const TimeNs stop = std::min(to, end);
        if (filling_)
            filling_->add(swept_, stop, level_);
        swept_ = stop;
        if (filling_ && swept_ >= filling_->end)
            finish();
    }
}

void RunLevels::finish() {
    settled_.push_back(std::move(filling_));
    filling_.reset();
    borders_.pop_front();
}

void RunLevels::sweep(TimeNs until) {
    std::stable_sort(cuts_.begin(), cuts_.end(), [](const LevelEdge& a, const LevelEdge& b) {
        return a.time < b.time;
    });
    std::size_t cut = 0;
    std::size_t next = 0;
    for (;;) {
        const bool has_edge = next < edges_.size() && edges_[next].time < until;
        const bool has_cut = cut < cuts_.size() && cuts_[cut].time < until;
        if (!has_edge && !has_cut)
            break;
        const bool is_cut = has_cut && (!has_edge || cuts_[cut].time < edges_[next].time);
        const LevelEdge edge = is_cut ? cuts_[cut++] : edges_[next++];
        pass(edge.time);
        level_ += edge.step;
    }
    cuts_.erase(cuts_.begin(), cuts_.begin() + static_cast<std::ptrdiff_t>(cut));
    edges_.erase(edges_.begin(), edges_.begin() + static_cast<std::ptrdiff_t>(next));
    // Up to there the level is known; the newest segment has no end yet and is not filled.
    if (borders_.size() > 1 || filling_)
        pass(std::min(until, borders_.back()));
}

}  // namespace golanes::model

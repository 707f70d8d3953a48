#include "core/model/timeline.h"

#include <algorithm>

#include "core/model/timeline_data.h"

namespace golanes::model {

Timeline::Timeline() : data_(std::make_shared<TimelineData>()) {}

Timeline::Timeline(std::shared_ptr<const TimelineData> data) : data_(std::move(data)) {}

const recording::Snapshot& Timeline::recording() const {
    return *data_->recording;
}

TimeNs Timeline::start() const {
    return data_->start;
}

TimeNs Timeline::end() const {
    return data_->end;
}

std::span<const CountStep> Timeline::proc_counts() const {
    return *data_->proc_counts;
}

int Timeline::procs_at(TimeNs t) const {
    return count_at(data_->proc_counts, t).value_or(0);
}

int Timeline::cpus_at(TimeNs t) const {
    return count_at(data_->cpu_counts, t).value_or(recording().meta->cpus);
}

int Timeline::max_procs() const {
    int most = 0;
    for (const CountStep& step : proc_counts())
        most = std::max(most, step.count);
    return most;
}

std::vector<Mark> Timeline::marks(TimeNs t0, TimeNs t1) const {
    std::vector<Mark> result;
    for (const auto& segment : data_->sealed) {
        if (segment->end < t0 || segment->begin >= t1)
            continue;
        auto at = std::lower_bound(
            segment->marks.begin(), segment->marks.end(), t0, [](const Mark& mark, TimeNs t) {
                return mark.time < t;
            });
        for (; at != segment->marks.end() && at->time < t1; ++at)
            result.push_back(*at);
    }
    if (!data_->open || data_->open->begin >= t1)
        return result;
    const auto first = result.size();
    for (std::size_t i = data_->filled.marks; i-- > 0 && data_->open->marks[i].time >= t0;) {
        if (data_->open->marks[i].time < t1)
            result.push_back(data_->open->marks[i]);
    }
    std::reverse(result.begin() + static_cast<std::ptrdiff_t>(first), result.end());
    return result;
}

std::uint64_t Timeline::violations() const {
    return data_->violations;
}

std::span<const std::string> Timeline::violation_texts() const {
    return *data_->violation_texts;
}

}  // namespace golanes::model

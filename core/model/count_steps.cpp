#include "core/model/count_steps.h"

#include <algorithm>

namespace golanes::model {
namespace {

auto first_after(const std::vector<CountStep>& steps, TimeNs t) {
    return std::upper_bound(steps.begin(), steps.end(), t, [](TimeNs time, const CountStep& step) {
        return time < step.time;
    });
}

}  // namespace

CountSteps no_count_steps() {
    return std::make_shared<std::vector<CountStep>>();
}

void note_count(CountSteps& steps, TimeNs now, int count) {
    if (!steps->empty() && steps->back().count == count)
        return;
    auto longer = std::make_shared<std::vector<CountStep>>(*steps);
    longer->push_back({now, count});
    steps = std::move(longer);
}

void drop_counts(CountSteps& steps, TimeNs start) {
    const auto after = first_after(*steps, start);
    if (after - steps->begin() > 1)
        steps = std::make_shared<std::vector<CountStep>>(after - 1, steps->end());
}

std::optional<int> count_at(const CountSteps& steps, TimeNs t) {
    const auto after = first_after(*steps, t);
    if (after == steps->begin())
        return std::nullopt;
    return (after - 1)->count;
}

}  // namespace golanes::model

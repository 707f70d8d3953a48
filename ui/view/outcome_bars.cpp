#include "ui/view/outcome_bars.h"

#include <algorithm>

namespace golanes::view {

std::vector<OutcomeBar> outcome_bars(const std::vector<CountedResult>& results, std::size_t bars) {
    std::vector<OutcomeBar> list;
    if (results.empty() || bars == 0)
        return list;
    const std::size_t together = (results.size() + bars - 1) / bars;
    for (std::size_t first = 0; first < results.size(); first += together) {
        OutcomeBar bar;
        bar.first = first;
        bar.last = std::min(first + together, results.size()) - 1;
        bar.most = first;
        for (std::size_t i = bar.first; i <= bar.last; ++i) {
            bar.count += results[i].count;
            if (results[i].count > results[bar.most].count)
                bar.most = i;
        }
        bar.label = results[bar.first].text;
        if (bar.last != bar.first)
            bar.label += " .. " + results[bar.last].text;
        list.push_back(std::move(bar));
    }
    return list;
}

}  // namespace golanes::view

#include "ui/view/goroutine_shares.h"

#include <algorithm>

namespace golanes::view {
namespace {

void add(GoroutineShare& share, const model::Span& span, TimeRange range) {
    const DurationNs length = std::min(span.end, range.end) - std::max(span.start, range.start);
    if (length < 0)
        return;
    share.run = span.run;
    switch (span.state) {
        case model::State::Running:
            share.running += length;
            ++share.slices;
            break;
        case model::State::Runnable:
            share.runnable += length;
            break;
        case model::State::Waiting:
            share.waiting += length;
            break;
        case model::State::Blocking:
            share.blocking += length;
            break;
        case model::State::OffCpu:
            share.off_cpu += length;
            break;
        default:
            break;
    }
}

}  // namespace

std::vector<GoroutineShare> goroutine_shares(const model::Timeline& timeline,
                                             TimeRange range,
                                             std::size_t most) {
    std::vector<GoroutineShare> shares;
    for (const model::LaneId lane :
         timeline.lanes(model::LaneKind::Goroutine, range.start, range.end)) {
        if (shares.size() == most)
            break;
        GoroutineShare share;
        share.g = lane.number;
        timeline.for_each_span(lane, range.start, range.end, [&](const model::Span& span) {
            add(share, span, range);
        });
        shares.push_back(share);
    }
    return shares;
}

}  // namespace golanes::view

#include "ui/view/stands.h"

#include <algorithm>
#include <map>

namespace golanes::view {
namespace {

constexpr std::uint64_t kLookedBack = 300'000;

bool tells_where(const trace::Event& event) {
    return event.where != 0 && event.type != trace::EventType::GoCreate &&
           event.type != trace::EventType::GoUnblock &&
           trace::info_of(event.type).a.starts_with("goroutine");
}

}  // namespace

std::vector<Stand> stands_at(const model::Timeline& timeline, const model::RunInfo& run, TimeNs t) {
    std::map<GoroutineId, PlaceId> places;
    for (const model::GoroutineInfo& goroutine : timeline.goroutines(run.number)) {
        if (goroutine.created <= t && (goroutine.ended < 0 || goroutine.ended > t))
            places[goroutine.id] = 0;
    }
    const recording::Snapshot& recording = timeline.recording();
    const std::uint64_t end = recording.index_after(t);
    std::size_t unknown = places.size();
    const std::uint64_t first =
        std::max(recording.first_index(), end > kLookedBack ? end - kLookedBack : 0);
    for (std::uint64_t at = end; at > first && unknown > 0; --at) {
        const trace::Event& event = recording.event(at - 1);
        if (static_cast<TimeNs>(event.time) < run.begin)
            break;
        const auto known = tells_where(event) ? places.find(event.a) : places.end();
        if (known == places.end() || known->second != 0)
            continue;
        known->second = event.where;
        --unknown;
    }
    std::vector<Stand> stands;
    for (const auto& [g, place] : places) {
        if (place != 0)
            stands.push_back({g, place});
    }
    return stands;
}

}  // namespace golanes::view

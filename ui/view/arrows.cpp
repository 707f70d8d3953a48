#include "ui/view/arrows.h"

#include <map>
#include <optional>

#include "ui/view/wakes.h"

namespace golanes::view {
namespace {

class ArrowReader {
 public:
    explicit ArrowReader(GoroutineId g) : g_(g) {}

    std::optional<Arrow> read(const trace::Event& event) {
        if (event.type == trace::EventType::Move)
            note_steal(event);
        if (event.type == trace::EventType::GoStart)
            return start(event);
        const auto wake = wake_of(event);
        if (!wake || wake->by == 0 || wake->by == wake->g || (wake->g != g_ && wake->by != g_))
            return std::nullopt;
        const bool spawned = wake->kind == WakeKind::Created;
        return Arrow{spawned ? ArrowKind::Spawn : ArrowKind::Wake, wake->time, wake->by, wake->g};
    }

 private:
    // The last of a stolen batch is in the thief's hand and starts next on its P.
    void note_steal(const trace::Event& event) {
        const bool steal = static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::Steal;
        if (steal)
            stolen_from_[event.p] =
                trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16)).p;
        else
            stolen_from_.erase(event.p);
    }

    std::optional<Arrow> start(const trace::Event& event) {
        const auto stolen = stolen_from_.find(event.p);
        if (stolen == stolen_from_.end())
            return std::nullopt;
        const ProcId victim = stolen->second;
        stolen_from_.erase(stolen);
        const bool in_hand = (event.flags & trace::start_flag::kKindMask) == 0;
        if (event.a != g_ || !in_hand)
            return std::nullopt;
        return Arrow{ArrowKind::Steal, static_cast<TimeNs>(event.time), victim, event.p};
    }

    GoroutineId g_;
    std::map<ProcId, ProcId> stolen_from_;
};

}  // namespace

std::vector<Arrow> arrows_of(const model::Timeline& timeline,
                             TimeRange range,
                             GoroutineId g,
                             std::size_t most) {
    std::vector<Arrow> arrows;
    const recording::Snapshot& recording = timeline.recording();
    const std::uint64_t first = recording.index_after(range.start - 1);
    const std::uint64_t end = recording.index_after(range.end);
    if (g == 0 || end - first > kMostArrowEvents)
        return arrows;
    ArrowReader reader(g);
    for (std::uint64_t i = first; i < end && arrows.size() < most; ++i) {
        if (const auto arrow = reader.read(recording.event(i)))
            arrows.push_back(*arrow);
    }
    return arrows;
}

}  // namespace golanes::view

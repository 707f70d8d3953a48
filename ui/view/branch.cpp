#include "ui/view/branch.h"

namespace golanes::view {
namespace {

using recording::Snapshot;
using trace::EventType;

/// The number in the recording of the run's first event; empty: it has left the recording.
std::optional<std::uint64_t> first_event(const Snapshot& recording, const model::RunInfo& run) {
    for (std::uint64_t i = recording.index_after(run.begin - 1); i < recording.end_index(); ++i) {
        const trace::Event& event = recording.event(i);
        if (event.type == EventType::RunBegin && event.a == run.number)
            return i;
        if (static_cast<TimeNs>(event.time) > run.begin)
            break;
    }
    return std::nullopt;
}

/// How many events from `first` to `last` a virtual run numbers.
std::uint64_t numbered_events(const Snapshot& recording, std::uint64_t first, std::uint64_t last) {
    std::uint64_t count = 0;
    for (std::uint64_t i = first; i <= last; ++i)
        count += trace::is_numbered(recording.event(i).type) ? 1 : 0;
    return count;
}

bool tells_token(const trace::Event& event, const model::RunInfo& run) {
    return event.type == EventType::ReplayToken && event.a == run.number;
}

/// The run's token as it stood behind the event: every change writes it anew. Before the first
/// one nothing was changed.
std::string token_behind(const Snapshot& recording,
                         const model::RunInfo& run,
                         std::uint64_t begin,
                         std::uint64_t event) {
    const auto token = [&](std::uint64_t i) {
        return recording.names->string(static_cast<StringId>(recording.event(i).arg));
    };
    for (std::uint64_t i = event + 1; i-- > begin;) {
        if (tells_token(recording.event(i), run))
            return token(i);
    }
    for (std::uint64_t i = event + 1; i < recording.end_index(); ++i) {
        if (tells_token(recording.event(i), run))
            return token(i);
    }
    return {};
}

}  // namespace

bool can_branch(const model::RunInfo& run, TimeNs cursor) {
    return !run.replay.empty() && cursor >= run.begin && (run.end < 0 || cursor <= run.end);
}

std::optional<BranchPoint> branch_point(const model::Timeline& timeline,
                                        TimeNs cursor,
                                        std::optional<std::uint64_t> event) {
    const model::RunInfo* run = timeline.run_at(cursor);
    const Snapshot& recording = timeline.recording();
    if (run == nullptr || !can_branch(*run, cursor))
        return std::nullopt;
    const auto begin = first_event(recording, *run);
    if (!begin)
        return std::nullopt;
    const std::uint64_t at = event ? *event : recording.index_after(cursor) - 1;
    BranchPoint point;
    point.token = token_behind(recording, *run, *begin, at);
    point.time = cursor - run->begin;
    point.event_number = event ? numbered_events(recording, *begin, *event) : 0;
    return point;
}

}  // namespace golanes::view

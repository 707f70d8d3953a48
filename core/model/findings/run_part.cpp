#include "core/model/findings/run_part.h"

namespace golanes::model {

using trace::EventType;

std::vector<RunPart> run_parts(const Timeline& timeline) {
    std::vector<RunPart> parts;
    const recording::Snapshot& recording = timeline.recording();
    const auto runs = timeline.runs();
    std::size_t known = 0;
    bool inside = false;
    for (std::uint64_t i = recording.first_index(); i < recording.end_index(); ++i) {
        const trace::Event& event = recording.event(i);
        if (event.type == EventType::RunBegin) {
            while (known < runs.size() && runs[known].number != event.a)
                ++known;
            inside = known < runs.size();
            if (inside)
                parts.push_back({&timeline, runs[known], i, i, true});
        }
        if (inside)
            parts.back().end = i + 1;
        if (inside && event.type == EventType::Loss)
            parts.back().is_whole = false;
        inside = inside && event.type != EventType::RunEnd;
    }
    return parts;
}

}  // namespace golanes::model

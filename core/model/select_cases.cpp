#include "core/model/select_cases.h"

#include <algorithm>
#include <map>

namespace golanes::model {
namespace {

using trace::EventType;

// Other threads' events may stand between a goroutine's cases and its block, and a block whose time
// was moved after its cause's stands later than its cases. It is never far.
constexpr std::size_t kReach = 4096;

// Walks the events backwards.
class Backwards {
 public:
    // Begins at the last event at or before `time`.
    Backwards(const recording::Snapshot& recording, TimeNs time) : recording_(recording) {
        const auto is_later = [](std::uint64_t t, const trace::Event& event) {
            return t < event.time;
        };
        const auto moment = static_cast<std::uint64_t>(time);
        while (chunk_ < recording.chunks.size() && !recording.events(chunk_).empty() &&
               recording.events(chunk_).front().time <= moment)
            ++chunk_;
        if (chunk_ == 0)
            return;
        const auto events = recording.events(--chunk_);
        left_ = static_cast<std::size_t>(
            std::upper_bound(events.begin(), events.end(), moment, is_later) - events.begin());
    }

    const trace::Event* next() {
        while (left_ == 0) {
            if (chunk_ == 0)
                return nullptr;
            left_ = recording_.events(--chunk_).size();
        }
        return &recording_.events(chunk_)[--left_];
    }

 private:
    const recording::Snapshot& recording_;
    std::size_t chunk_ = 0;
    std::size_t left_ = 0;  ///< Events of the chunk that are still to come.
};

// The waits that began at one moment, by goroutine.
class Moment {
 public:
    Moment(TimeNs time, std::span<SelectWait> waits) : time_(static_cast<std::uint64_t>(time)) {
        for (SelectWait& wait : waits)
            sought_[wait.goroutine] = {&wait, false};
    }

    void search(const recording::Snapshot& recording) {
        Backwards walk(recording, static_cast<TimeNs>(time_));
        std::size_t before = 0;
        while (!sought_.empty() && before < kReach) {
            const trace::Event* event = walk.next();
            if (event == nullptr || event->type == EventType::RunBegin)
                return;
            before += event->time < time_ ? 1 : 0;
            read(*event);
        }
    }

 private:
    struct Sought {
        SelectWait* wait = nullptr;
        bool block_seen = false;
    };

    void read(const trace::Event& event) {
        const bool is_case = event.type == EventType::SelectCase;
        if (!is_case && !trace::is_goroutine_event(event.type))
            return;
        const auto found = sought_.find(event.a);
        if (found == sought_.end())
            return;
        Sought& sought = found->second;
        if (!sought.block_seen) {
            sought.block_seen = event.type == EventType::GoBlock;
        } else if (is_case) {
            auto& cases = sought.wait->cases;
            cases.insert(cases.begin(), {static_cast<ObjectId>(event.arg), (event.flags & 1) != 0});
        } else {
            sought_.erase(found);  // the step before the block: there are no more
        }
    }

    std::uint64_t time_;
    std::map<GoroutineId, Sought> sought_;
};

}  // namespace

void find_select_cases(const recording::Snapshot& recording, std::span<SelectWait> waits) {
    std::sort(waits.begin(), waits.end(), [](const SelectWait& a, const SelectWait& b) {
        return a.since < b.since;
    });
    for (std::size_t first = 0; first < waits.size();) {
        std::size_t end = first;
        while (end < waits.size() && waits[end].since == waits[first].since)
            ++end;
        Moment(waits[first].since, waits.subspan(first, end - first)).search(recording);
        first = end;
    }
}

}  // namespace golanes::model

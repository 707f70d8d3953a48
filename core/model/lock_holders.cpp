// Takes and releases of different CPUs may stand the wrong way round by tens of nanoseconds: the
// next holder's take before the last one's release. So a lock has a list of holders: a release
// strikes out its own goroutine, and whoever took it meanwhile stays.
#include "core/model/lock_holders.h"

#include <algorithm>

namespace golanes::model {
namespace {

using trace::EventType;

class Reader {
 public:
    Reader(std::uint32_t run, TimeNs until) : run_(run), until_(until) {}

    /// False: the rest is of no interest.
    bool read(const trace::Event& event) {
        if (static_cast<TimeNs>(event.time) > until_)
            return false;
        switch (event.type) {
            case EventType::RunBegin:
                if (is_inside_ && event.a != run_)
                    return false;
                is_inside_ = event.a == run_;
                holders_.clear();
                break;
            case EventType::Loss:
                holders_.clear();  // a release may be among what is missing
                break;
            case EventType::LockAcquire:
                take(event);
                break;
            case EventType::LockRelease:
                release(event);
                break;
            default:
                break;
        }
        return true;
    }

    std::map<ObjectId, LockHolders> result() { return std::move(holders_); }

 private:
    void take(const trace::Event& event) {
        LockHolders& holders = holders_[trace::high_half(event.arg)];
        holders.goroutines.push_back(event.a);
        holders.is_read = (event.flags & trace::lock_flag::kRead) != 0;
    }

    // Any goroutine may unlock: if it is no holder, the oldest one is none any more.
    void release(const trace::Event& event) {
        const auto held = holders_.find(trace::high_half(event.arg));
        if (held == holders_.end())
            return;
        std::vector<GoroutineId>& goroutines = held->second.goroutines;
        const auto own = std::find(goroutines.begin(), goroutines.end(), event.a);
        goroutines.erase(own != goroutines.end() ? own : goroutines.begin());
        if (goroutines.empty())
            holders_.erase(held);
    }

    std::uint32_t run_;
    TimeNs until_;
    bool is_inside_ = false;
    std::map<ObjectId, LockHolders> holders_;
};

}  // namespace

std::map<ObjectId, LockHolders> lock_holders(const Timeline& timeline,
                                             const RunInfo& run,
                                             TimeNs t) {
    const recording::Snapshot& recording = timeline.recording();
    Reader reader(run.number, t);
    for (std::size_t i = 0; i < recording.chunks.size(); ++i) {
        const auto events = recording.events(i);
        if (events.empty() || static_cast<TimeNs>(events.back().time) < run.begin)
            continue;
        for (const trace::Event& event : events) {
            if (!reader.read(event))
                return reader.result();
        }
    }
    return reader.result();
}

}  // namespace golanes::model

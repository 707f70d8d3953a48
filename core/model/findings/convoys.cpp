// A convoy: goroutines queue for one lock during a good part of the run, so that it runs at the
// pace of that lock.
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/model/findings/find_all.h"
#include "core/model/wait_state.h"
#include "core/model/words.h"

namespace golanes::model {
namespace {

using trace::Event;
using trace::EventType;

constexpr std::size_t kQueue = 2;       ///< So many wait at once.
constexpr std::uint64_t kWaits = 20;    ///< So often somebody waited.
constexpr std::size_t kGoroutines = 3;  ///< So many different ones.
constexpr DurationNs kTime = kMillisecond;
constexpr int kShare = 4;  ///< A quarter of the run.

struct LockQueue {
    std::set<GoroutineId> waiting;
    std::set<GoroutineId> ever;
    std::uint64_t waits = 0;
    DurationNs length = 0;
    TimeNs since = 0;
    TimeNs first = -1;
    TimeNs last = 0;
    std::uint64_t event = 0;
};

class LockQueues {
 public:
    void read(const Event& event, std::uint64_t number) {
        const auto now = static_cast<TimeNs>(event.time);
        const auto reason = static_cast<trace::WaitReason>(event.flags);
        if (event.type == EventType::GoBlock && is_lock_wait(reason))
            join(event.a, static_cast<ObjectId>(event.arg), now, number);
        if (event.type == EventType::GoUnblock || event.type == EventType::GoKilled)
            leave(event.a, now);
    }

    [[nodiscard]] const std::map<ObjectId, LockQueue>& all() const { return queues_; }

 private:
    void join(GoroutineId goroutine, ObjectId lock, TimeNs now, std::uint64_t number) {
        LockQueue& queue = queues_[lock];
        queue.waiting.insert(goroutine);
        queue.ever.insert(goroutine);
        ++queue.waits;
        lock_of_[goroutine] = lock;
        if (queue.waiting.size() != kQueue)
            return;
        queue.since = now;
        if (queue.first < 0) {
            queue.first = now;
            queue.event = number;
        }
    }

    void leave(GoroutineId goroutine, TimeNs now) {
        const auto at = lock_of_.find(goroutine);
        if (at == lock_of_.end())
            return;
        LockQueue& queue = queues_[at->second];
        lock_of_.erase(at);
        if (queue.waiting.size() == kQueue) {
            queue.length += now - queue.since;
            queue.last = now;
        }
        queue.waiting.erase(goroutine);
    }

    std::map<ObjectId, LockQueue> queues_;
    std::map<GoroutineId, ObjectId> lock_of_;
};

}  // namespace

void find_convoys(const RunPart& part, std::vector<Finding>& findings) {
    if (!part.is_whole || part.run.status == trace::RunStatus::Deadlock)
        return;
    LockQueues queues;
    part.for_each([&](const Event& event, std::uint64_t number) { queues.read(event, number); });
    const DurationNs wall = part.end_time() - part.run.begin;
    for (const auto& [lock, queue] : queues.all()) {
        if (queue.waits < kWaits || queue.ever.size() < kGoroutines || queue.length < kTime ||
            queue.length < wall / kShare)
            continue;
        Finding finding;
        finding.kind = FindingKind::Convoy;
        finding.run = part.run.number;
        finding.from = queue.first;
        finding.to = queue.last;
        finding.goroutines.assign(queue.ever.begin(), queue.ever.end());
        finding.object = lock;
        finding.events = {queue.event};
        finding.words = {object_name(*part.timeline, part.run.number, lock),
                         format_duration(queue.length),
                         format_duration(wall),
                         fmt::format("{}", queue.ever.size())};
        finding.key = finding.words[0];
        findings.push_back(std::move(finding));
    }
}

}  // namespace golanes::model

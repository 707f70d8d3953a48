#pragma once
// Ledger: a second, naive reading of the event stream. Every goroutine stands in exactly one place,
// and the queues hold what the recorded indices say. At every event
//   spawned = ended + queued + in hand + running + waiting,
// where spawned counts go statements and queued what the queues hold. The tests compare every
// recording with it.
#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/trace/event.h"

namespace golanes::test {

/// Replays the events of runs; the first thing that does not add up is kept.
class Ledger {
 public:
    void add(const trace::Event& event);

    /// Empty while all is well.
    [[nodiscard]] const std::string& complaint() const { return complaint_; }

 private:
    enum class Place { Queued, InHand, Running, Waiting, Ended };

    struct Standing {
        Place place = Place::InHand;
        ProcId proc = 0;  ///< Of one that runs.
    };

    using Queue = std::deque<GoroutineId>;

    void put(const trace::Event& event);
    void start(const trace::Event& event);
    void move(const trace::Event& event);
    void move_runnext(const trace::Event& event);
    void leave(const trace::Event& event, Place to);
    void kill(const trace::Event& event);
    void begin_run();
    void create(const trace::Event& event);
    void set(GoroutineId g, Place place);
    void expect(GoroutineId g, Place place, const char* what);
    void enter_proc(const trace::Event& event);
    void balance();
    void audit();

    Queue& queue(trace::QueueId id) { return queues_[trace::pack(id)]; }

    [[nodiscard]] std::size_t number_of(Place place) const {
        return count_[static_cast<std::size_t>(place)];
    }

    void complain(std::string text);

    std::map<std::uint16_t, Queue> queues_;
    std::map<GoroutineId, Standing> places_;
    std::set<GoroutineId> in_call_;          ///< Waiting in a blocking call.
    std::map<ProcId, GoroutineId> on_proc_;  ///< Who runs where.
    std::size_t count_[5] = {};              ///< Goroutines by Place.
    std::size_t spawned_ = 0;                ///< Go statements of this run.
    std::size_t queued_ = 0;                 ///< Goroutines in queues_.
    std::uint64_t index_ = 0;
    std::string complaint_;
};

}  // namespace golanes::test

#pragma once
// Ledger: a second, naive reading of the event stream. Every goroutine stands in exactly one place,
// and the queues hold what the recorded indices say. The tests compare every recording with it.
#include <deque>
#include <map>
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
    using Queue = std::deque<GoroutineId>;

    void put(const trace::Event& event);
    void start(const trace::Event& event);
    void move(const trace::Event& event);
    void move_runnext(const trace::Event& event);
    void leave(const trace::Event& event, Place to);
    void kill(const trace::Event& event);
    void set(GoroutineId g, Place place);
    void expect(GoroutineId g, Place place, const char* what);
    void balance();

    Queue& queue(trace::QueueId id) { return queues_[trace::pack(id)]; }

    void complain(std::string text);

    std::map<std::uint16_t, Queue> queues_;
    std::map<GoroutineId, Place> places_;
    std::size_t count_[5] = {};
    std::size_t queued_ = 0;
    std::uint64_t index_ = 0;
    std::string complaint_;
};

}  // namespace golanes::test

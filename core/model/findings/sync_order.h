#pragma once
// SyncOrder: happens-before, by Go's memory model, over the synchronisation that a run recorded.
#include <unordered_map>
#include <vector>

#include "core/model/findings/run_part.h"
#include "core/model/findings/vector_clock.h"

namespace golanes::model {

/// Whether a lock's release orders what follows its next acquire. Two locks taken in two orders are
/// a danger even if this run's releases happened to order them.
enum class LockEdges : std::uint8_t { Order, Ignore };

/// Reads the events of one run in order. The essay is in the .cpp.
class SyncOrder {
 public:
    SyncOrder(const RunPart& part, LockEdges locks);

    /// What the actor of the event learns by it.
    void acquire(const trace::Event& event);
    /// What it gives on. Called in the order of the events, and also early (see there).
    void release(const trace::Event& event);

    [[nodiscard]] const VectorClock& clock(GoroutineId goroutine) { return clock_of(goroutine); }

    /// Now, in the goroutine's own count.
    [[nodiscard]] Epoch now(GoroutineId goroutine) {
        return {goroutine, clock_of(goroutine).of(goroutine)};
    }

    /// Whether `goroutine` knows what happened at `epoch`, or may know it by a wait that leaves no
    /// event.
    [[nodiscard]] bool may_know(GoroutineId goroutine, Epoch epoch);

 private:
    /// One object's part in ordering.
    struct Object {
        trace::ObjectKind kind = trace::ObjectKind::Chan;
        std::uint32_t capacity = 0;
        std::uint64_t sends = 0;
        VectorClock given;  ///< By sends, closes, unlocks, dones, atomic writes, arrivals.
        VectorClock taken;  ///< By receives, and by readers that left.
    };

    struct Blocked {
        trace::WaitReason reason = trace::WaitReason::None;
        ObjectId object = 0;
    };

    VectorClock& clock_of(GoroutineId goroutine);
    void give(GoroutineId from, VectorClock& to);
    void tell(GoroutineId from, GoroutineId to);
    void block(const trace::Event& event);
    void create(const trace::Event& event);
    void unblock(const trace::Event& event);
    void acquire_lock(const trace::Event& event);
    void release_lock(const trace::Event& event);
    void release_block(const trace::Event& event);
    void release_shared(const trace::Event& event);
    void finish_task(const trace::Event& event);
    [[nodiscard]] bool is_sync_variable(const trace::Event& event);

    LockEdges locks_;
    std::uint64_t slack_;  ///< Sends that the recording may tell of too late.
    std::vector<VectorClock> clocks_;
    std::vector<Blocked> blocked_;
    std::unordered_map<ObjectId, Object> objects_;
    VectorClock timers_;  ///< What those knew who set timers.
    VectorClock
        calls_;  ///< What those knew who made blocking calls: one may read what another wrote.
    VectorClock silent_;  ///< What a wait that needed no waiting may have learned.
};

/// The goroutine that did what the event says: its creator, its waker, or itself. 0: none.
GoroutineId actor_of(const trace::Event& event);

/// Whether somebody gives something on by such an event.
bool is_release(const trace::Event& event);

/// The part of a run that orders it, or is ordered: its synchronisation and shared accesses.
class SyncEvents {
 public:
    explicit SyncEvents(const RunPart& part);

    [[nodiscard]] std::size_t size() const { return numbers_.size(); }

    [[nodiscard]] std::uint64_t number(std::size_t i) const { return numbers_[i]; }

    [[nodiscard]] const trace::Event& event(std::size_t i) const {
        return recording_->event(numbers_[i]);
    }

    /// The next event of the same actor; size() when there is none.
    [[nodiscard]] std::size_t next(std::size_t i) const { return next_[i]; }

    /// Leads `order` through the events and calls f(i) at each, after its acquire and before its
    /// release.
    template <typename F>
    void replay(SyncOrder& order, F&& f) const {
        for (std::size_t i = 0; i < size(); ++i) {
            order.acquire(event(i));
            f(i);
            order.release(event(i));
            if (is_real_ && next(i) < size() && is_release(event(next(i))))
                order.release(event(next(i)));
        }
    }

 private:
    const recording::Snapshot* recording_;
    bool is_real_;
    std::vector<std::uint64_t> numbers_;
    std::vector<std::size_t> next_;
};

}  // namespace golanes::model

#pragma once
// Stepper: lets a virtual run go on to a moment or to an event and stand there, as its watcher asks
// on the control page. Standing is no event and changes nothing: the one thread that carries the
// run just waits.
#include <cstdint>
#include <functional>

#include "core/base/time.h"
#include "core/runtime/timers.h"
#include "core/trace/region.h"

namespace golanes::rt {

/// Threads: the owner's (goroutines of a virtual run included).
class Stepper {
 public:
    /// `start`: virtual time when the run began. `called_away`: something else than a step is asked
    /// for.
    Stepper(trace::Control& control, std::uint64_t start, std::function<bool()> called_away)
        : control_(&control), start_(start), called_away_(std::move(called_away)) {}

    /// A step (or freedom) was asked for that adopt() has not seen.
    [[nodiscard]] bool asked() const;
    void adopt();

    /// The event types to stand at, as a mask; 0: none.
    [[nodiscard]] std::uint64_t events() const { return events_; }

    /// The moment to stand at; kNever: none.
    [[nodiscard]] std::uint64_t until() const { return until_; }

    /// An event of events() was put, the run's event number `number`: whether to stand at it.
    [[nodiscard]] bool arrives(std::uint64_t number) {
        return event_number_ != 0 ? number >= event_number_ : --events_left_ == 0;
    }

    /// The last step was made and no other is asked for: only stand() may follow.
    [[nodiscard]] bool stands() const { return stands_; }

    /// A step was taken in whose end has not come.
    [[nodiscard]] bool is_under_way() const { return events_ != 0 || until_ != kNever; }

    /// Reports that the run stands and waits for the next step, or until called away.
    void stand(std::uint64_t now, std::uint64_t steps);
    /// Writes where the run is.
    void tell(std::uint64_t now, std::uint64_t steps) const;

 private:
    trace::Control* control_;
    std::uint64_t start_;
    std::function<bool()> called_away_;
    std::uint32_t number_ = 0;
    std::uint64_t events_ = 0;
    std::uint64_t events_left_ = 1;
    std::uint64_t event_number_ = 0;  ///< 0: the events are counted from the step's beginning.
    std::uint64_t until_ = kNever;
    bool stands_ = false;
};

}  // namespace golanes::rt

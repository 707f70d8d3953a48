#pragma once
// VirtualEngine: every M is a fiber, all on the owner's thread; time is a number of nanoseconds
// that moves from one due moment to the next. Which M acts at a moment is decided by (time, order
// of registration): a run depends on its seed, and on where its owner interferes, alone.
//
// Steps: an M that goes on after time passed, or after others had their turn, makes one step. They
// number the places where the owner may interfere. An M that nobody else can overtake makes its
// step without a switch to the owner's loop and back; the count is the same.
#include <atomic>
#include <functional>
#include <memory>
#include <vector>

#include "core/runtime/engine.h"
#include "core/runtime/stepper.h"
#include "core/runtime/virtual_cores.h"
#include "core/runtime/virtual_fiber.h"
#include "core/runtime/virtual_pace.h"

namespace golanes::rt {

struct VirtualOptions {
    int cores = 2;
    /// Virtual time at the beginning (a repeated run goes on where the last one ended).
    TimeNs start = 0;
    Costs costs;
    double pace = 0;  ///< Virtual nanoseconds per real one; 0: as fast as possible.
    /// Asked now and then from the owner's loop: true when the owner has something else to do.
    std::function<bool()> interrupted;
    trace::Control* control = nullptr;  ///< Where steps are asked for.
    void* emergency_stack = nullptr;    ///< Of the owner's thread, see M::emergency_stack.
    /// Counts the events that the runs of this process have put and published.
    const std::atomic<std::uint64_t>* events_put = nullptr;
};

class VirtualEngine final : public Engine {
 public:
    explicit VirtualEngine(VirtualOptions options);
    ~VirtualEngine() override;

    [[nodiscard]] std::uint64_t ticks_from_ns(DurationNs duration) const override {
        return static_cast<std::uint64_t>(duration);
    }

    [[nodiscard]] DurationNs ns_from_ticks(std::uint64_t ticks) const override {
        return static_cast<DurationNs>(ticks);
    }

    bool start_machine(M& m) override;
    void park(M& m, std::uint64_t until) override;
    void wake(M& m) override;
    void turn(M& m) override;
    void pause(M& m, DurationNs duration) override;

    void begin_call(M& m) override { sleep_in_call(m, 0); }

    void sleep_in_call(M& m, std::uint64_t ticks) override;
    void wait_in_call(M& m) override;
    void end_wait(M& m) override;
    bool cut_calls(std::span<M* const> machines, DurationNs patience) override;
    std::uint64_t advance(M& m, std::uint64_t ticks) override;
    void interrupt_all() override;
    void pay(M& m) override;
    void took_p(M& m) override;
    void announce(M& m) override;
    void run_until(const std::function<bool()>& done, DurationNs timeout) override;

    /// The owner's loop gets its turn at the next step.
    void nudge_owner() override { inline_limit_ = 0; }

    void join(M& m) override;

    int set_cpus(int /*count*/, std::span<M* const> /*machines*/) override { return cpus(); }

    [[nodiscard]] int cpus() const override { return cores_.count(); }

    // --- For the owner
    // ------------------------------------------------------------------------------------
    /// Nobody will ever act again by itself: all that is left waits in blocking calls for an end of
    /// a pipe that nobody uses.
    [[nodiscard]] bool is_hanging() { return due_.first_time() == kNever; }

    /// Steps made so far.
    [[nodiscard]] std::uint64_t steps() const { return steps_; }

    /// The M that the owner's loop let go on last; null: none yet.
    [[nodiscard]] const M* last_resumed() const { return last_resumed_; }

    /// run_until() returns when so many steps are made; kNever: no such place.
    void set_break(std::uint64_t step) { break_at_ = step; }

    /// Moves the clock to `time`, or to the next due moment if that is earlier: nobody acts
    /// between.
    void move_clock(std::uint64_t time);
    /// Moves the clock to what the pace shows.
    void follow_pace();
    void set_pace(double rate);

    /// The run stood still on purpose: the pace goes on from here.
    void restart_pace() { pace_.anchor(now_); }

    Stepper& stepper() { return stepper_; }

    /// While it lives no event is stood at. `engine` may be null.
    class Unwatched {
     public:
        explicit Unwatched(VirtualEngine* engine) : engine_(engine) {
            if (engine_ != nullptr)
                engine_->watch(0, kNever);
        }

        ~Unwatched() {
            if (engine_ != nullptr)
                engine_->watch(engine_->stepper_.events(), engine_->stepper_.until());
        }

        Unwatched(const Unwatched&) = delete;
        Unwatched& operator=(const Unwatched&) = delete;

     private:
        VirtualEngine* engine_;
    };

    /// Takes in the step that was asked for.
    void adopt_step();
    /// Stands where a step has led, until the next one or until interrupted.
    void stand();
    /// The run is over: a step that was on its way ends here.
    void stand_at_end();

 private:
    using Fiber = VirtualFiber;
    using Wait = VirtualFiber::Wait;

    enum class Step : std::uint8_t { Made, NobodyDue, CalledAway };

    void watch(std::uint64_t events, std::uint64_t until) {
        watched_events_ = events;
        stand_at_ = until;
    }

    Fiber& fiber_of(const M& m);
    void schedule(Fiber& fiber, std::uint64_t time);
    void suspend(Fiber& fiber, Wait wait);
    Step step();
    void resume(Fiber& fiber);
    [[nodiscard]] bool may_go_on_until(std::uint64_t time);
    static void fiber_main();

    // The simulated operating system, virtual_engine_cores.cpp.
    [[nodiscard]] bool shares_cores(const M& m) const;
    [[nodiscard]] int preferred_core(const M& m) const;
    [[nodiscard]] bool take_core(Fiber& fiber);
    void release_core(Fiber& fiber);
    void share_core(Fiber& fiber);
    void tell_holders();

    VirtualOptions options_;
    std::uint64_t now_;
    std::uint64_t events_before_;  ///< Put by earlier runs of this process.
    std::uint64_t steps_ = 0;
    std::uint64_t next_look_ = 0;     ///< The step at which the owner looks what is asked for.
    std::uint64_t inline_limit_ = 0;  ///< Steps below this number need no switch to the owner.
    std::uint64_t break_at_ = kNever;
    std::uint64_t stand_at_ = kNever;  ///< The time to stand at, see Stepper::until.
    Pace pace_;
    Stepper stepper_;
    Context owner_;
    StackPool stacks_;
    std::vector<std::unique_ptr<Fiber>> fibers_;  ///< By M number - 1.
    const M* last_resumed_ = nullptr;
    DueQueue due_;
    VirtualCores cores_;
};

}  // namespace golanes::rt

#pragma once
// Scheduler: Go's G-M-P rules. Who runs next, where a woken goroutine goes, when an M spins, parks
// or is made, how the world stops.
//
// A visit to the scheduler reads the clock once; all events of the visit carry that time. A
// goroutine that leaves its M picks its successor from the P's own queues and switches to it
// directly; stealing, timers and parking happen on g0. What must happen once the leaver is safely
// off its stack (dropping the lock of the list it waits on, putting it on the global queue) is done
// by the side that arrives (settle): before that nobody may resume it.
//
// Files: scheduler.cpp (wait, wake), scheduler_switch.h (leave, arrive), scheduler_visit.h (visits,
// events), scheduler_yield.cpp (yields), scheduler_life.cpp (create, run, end), scheduler_free.cpp
// (dead goroutines), scheduler_panic.cpp (unrecovered panics, fatal errors), scheduler_events.cpp
// (what is recorded), scheduler_find.cpp (findRunnable), scheduler_steal.cpp (its search of other
// Ps), scheduler_wake.cpp (who searches, who is woken), scheduler_idle.cpp (Ms: life, sleep, stop),
// scheduler_syscall.cpp (blocking calls), scheduler_locked.cpp (LockOSThread), scheduler_timers.cpp
// (sleepers), scheduler_slice.cpp (time slices), scheduler_sysmon.cpp (what sysmon looks for),
// scheduler_overflow.cpp (goroutines without stack), scheduler_world.cpp (stop and start the world,
// number of Ps, end of the run).
#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/lock.h"
#include "core/runtime/engine.h"
#include "core/runtime/machine.h"
#include "core/runtime/run_state.h"
#include "core/runtime/scheduler_options.h"
#include "core/runtime/stack.h"
#include "core/runtime/sysmon.h"
#include "core/runtime/this_machine.h"
#include "core/runtime/tracer.h"
#include "core/trace/event.h"
#include "core/trace/where.h"

namespace golanes::rt {

class TimerNode;

/// How the words of a fatal error begin: of a deadlock, of misuse that no recover stops.
inline constexpr std::string_view kFatal = "fatal error: ";

/// Thrown into goroutines when an in-process run is unwound. catch (...) must rethrow it.
struct RunEnded {};

class Scheduler {
 public:
    Scheduler(const SchedulerOptions& options, Engine& engine, Tracer& tracer, StackPool& stacks);
    ~Scheduler();
    Scheduler(const Scheduler&) = delete;
    Scheduler& operator=(const Scheduler&) = delete;

    // --- On a goroutine
    /// A go statement. The name labels the goroutine; empty: none.
    void spawn(std::function<void()> body, std::string_view name, const trace::Where& where);
    /// The calling goroutine goes to the global queue's tail.
    void yield(trace::StopReason reason, const trace::Where& where);
    /// The calling goroutine goes to the tail of its P's own ring (Go's goyield): whoever it has
    /// just made ready runs next, in the same time slice. For handing a lock over.
    void yield_local(trace::StopReason reason, const trace::Where& where);
    /// The calling goroutine waits. `lock` guards the list it has put itself on; it is dropped once
    /// the goroutine is off its stack. Throws RunEnded when the run is being unwound.
    void block(trace::WaitReason reason, ObjectId object, Lock& lock, const trace::Where& where);
    /// The same for a goroutine that waits on several lists at once: all their locks are dropped,
    /// in this order. Requires: it takes all of them again before it gives up the array.
    void block(trace::WaitReason reason, std::span<Lock* const> locks, const trace::Where& where);
    /// Records an event of the calling goroutine in the visit of the block() that follows at once.
    void record_before_block(trace::EventType type,
                             std::uint32_t seq,
                             std::uint8_t flags,
                             const trace::Where& where,
                             std::uint64_t arg);
    /// Makes a waiting goroutine runnable: into runnext of the caller's P. Requires: its list's
    /// lock was taken after it was put there, and is dropped.
    void ready(G& g, const trace::Where& where);
    void sleep(DurationNs duration, const trace::Where& where);
    /// Sets a timer, anew if it was set, to `delay` from now and then every `period` (0: once).
    /// Returns whether it was set, or had fired and nobody had seen it.
    bool set_timer(TimerNode& timer,
                   DurationNs delay,
                   DurationNs period,
                   const trace::Where& where);
    /// Returns what set_timer() would.
    bool stop_timer(TimerNode& timer, const trace::Where& where);
    /// Runs a timer that is due and that no heap will run.
    void look_at_timer(TimerNode& timer);
    /// Looks at it, and has it run from now on, until TimerNode::unwatch().
    void watch_timer(TimerNode& timer);

    /// Gives way if the world is to stop, or if the time slice was over at the P's last visit
    /// (those who wake each other through runnext share one, and nobody else ends it), and pays
    /// what the calls before cost. Cheap: every runtime call that does not switch polls. Requires:
    /// no lock is held.
    void poll(const trace::Where& where) {
        if (!is_calm()) [[unlikely]]
            attend(where);
    }

    /// Whether nothing special is asked of the goroutine that runs here: a runtime call may take
    /// its short way. False in virtual runs, where calls cost time, and while a run is unwound.
    [[nodiscard]] static bool is_calm() {
        const M& m = *this_machine();  // inlined into the program's code: may be stale at once
        const P& p = *m.last_p;
        return p.preempt.load(std::memory_order_relaxed) == 0 && m.now < p.calm_until;
    }

    /// Adds what `op` costs to the caller's debt; poll() pays. May be called with locks held.
    void charge(Op op) const { engine_->charge(*this_machine(), op); }

    /// True once the calling goroutine should give way at `now`: its time slice is used up, or the
    /// world is to stop.
    [[nodiscard]] bool wants_yield(std::uint64_t now) const;
    /// Ticks left of the calling goroutine's time slice; at least 1.
    [[nodiscard]] std::uint64_t slice_left() const;

    /// When the present time slice of the calling goroutine's P began.
    [[nodiscard]] std::uint64_t slice_start() const;
    /// Gives way because the time slice is over.
    void preempt(const trace::Where& where);
    /// The same where a signal interrupted the calling goroutine, in the middle of its code.
    void preempt_by_signal();
    /// Ends the run when forced preemption is off and no goroutine has started anywhere for 10 s of
    /// the run's time although one could. Asked between two stretches of computing.
    void check_starvation();
    /// Records that the operating system ran something else on m, ending now.
    void record_off_cpu(M& m, DurationNs length);

    /// Whether the calling goroutine may spin for a lock, by Go's rule: there are several CPUs and
    /// Ps, another P runs, and nothing waits in the queue of its own P.
    [[nodiscard]] bool may_spin() const;

    [[nodiscard]] bool stop_requested() const {
        return stop_requested_.load(std::memory_order_relaxed);
    }

    /// Records an event of the calling goroutine in a visit of its own.
    void record(trace::EventType type,
                std::uint8_t flags,
                const trace::Where& where,
                std::uint64_t arg,
                std::uint32_t seq = 0);
    /// Numbers a channel, lock or shared variable of the calling goroutine and records it.
    ObjectId make_object(trace::ObjectKind kind,
                         std::uint32_t capacity,
                         std::string_view name,
                         const trace::Where& where);

    [[nodiscard]] Tracer& tracer() { return *tracer_; }

    [[nodiscard]] Engine& engine() { return *engine_; }

    [[nodiscard]] RunState& run_state() { return run_state_; }

    /// The clock when the run began.
    [[nodiscard]] std::uint64_t begin_ticks() const { return begin_ticks_; }

    /// The events of stacks so far: those that a virtual run does not number.
    [[nodiscard]] std::uint64_t stack_events() const {
        return stack_events_.load(std::memory_order_relaxed);
    }

    // --- On an M
    /// The life of an M. Returns when the run is over.
    void machine_main(M& m);
    /// What a goroutine's stack runs first.
    static void goroutine_main();
    /// What an M's emergency stack runs when its goroutine has no stack left. Never returns.
    static void overflow_main();

    /// Bytes of stack a goroutine may use.
    [[nodiscard]] std::size_t stack_limit() const { return stacks_->limit(); }

    // --- On the owner's thread
    /// Makes the main goroutine and lets the world start.
    void begin(std::function<void()> body, const trace::Where& where);
    /// Returns once no goroutine runs; false when one did not stop within `timeout`.
    bool stop_world(trace::StopWorldReason reason, DurationNs timeout);
    /// Lets them run again, on `procs` Ps. Requires: stopped.
    void start_world(trace::StopWorldReason reason, int procs);
    /// Keeps the run on the first `count` of its CPUs, and records it. Real engine.
    void set_cpus(int count);
    /// Emits GoKilled for every live goroutine. Requires: stopped for good.
    void kill_all();
    /// Lets all Ms end. False: one did not come back from a blocking call within `patience`, and
    /// none is joined. Requires: stopped for good.
    bool dismiss_machines(DurationNs patience);
    /// Records the losses of Ms that fell silent. Requires: machines dismissed.
    void tell_losses();
    /// Resumes every live goroutine once with RunEnded, so that plain destructors free memory.
    /// Requires: machines dismissed.
    Drops unwind_all();

    // --- The end
    /// The run is over for this reason; the first call wins. Any thread.
    void end_run(trace::RunStatus status, std::string message);
    /// The same from the goroutine that ends it: no other goroutine starts from here on.
    void end_run_here(trace::RunStatus status, std::string message);

    [[nodiscard]] bool ended() const {
        return ended_.load(std::memory_order_acquire);
    }  // pairs with end_run's release: the report below

    [[nodiscard]] trace::RunStatus status() const { return status_; }

    [[nodiscard]] const std::string& message() const { return message_; }

    /// A fatal error that no deferred function sees and no recover stops: ends the run with this
    /// text and the lines of all goroutines; does not return. Requires: "fatal error: ...".
    [[noreturn]] void fatal(std::string_view text, const trace::Where& where);
    /// Ends the run because nobody recovered the calling goroutine's panics; does not return.
    [[noreturn]] void die_of_panic(const trace::Where& where);

    // --- Blocking calls and threads of their own, scheduler_syscall.cpp and scheduler_locked.cpp
    /// The calling goroutine enters a call that blocks: its M keeps it, its P goes (Go's
    /// entersyscallblock). Until leave_call() it may not call the runtime.
    void enter_call(const trace::Where& where);
    /// Back from it: on the P it had, else any idle one, else through the global queue.
    void leave_call();

    /// A blocking call is to return: the run is over. Any thread.
    [[nodiscard]] bool calls_are_over() const {
        return calls_over_.load(std::memory_order_acquire);  // pairs with dismiss_machines()
    }

    /// Ties the calling goroutine and its M to each other, and undoes that. Calls nest.
    void lock_thread();
    void unlock_thread();

    /// Counts panics whose deferred functions run. Main waits for them a little when it returns.
    void count_panicking(int delta) {
        running_panic_defers_.fetch_add(delta, std::memory_order_seq_cst);
    }

    /// Parks the calling goroutine until the run ends.
    [[noreturn]] void block_forever(trace::WaitReason reason, const trace::Where& where);
    /// What every live goroutine does, in the form of a Go traceback. Requires: stopped for good.
    [[nodiscard]] std::string traceback();
    /// The name of a goroutine that lives; empty: it has none, or is dead. Virtual runs only.
    [[nodiscard]] std::string goroutine_name(GoroutineId id);
    /// Plays by other rules from now on; seed, Ps and rings stay. Virtual runs only.
    void turn_policies(const SchedulerOptions& options);

    /// True while goroutines are unwound: runtime calls return at once and emit nothing.
    [[nodiscard]] bool unwinding() const { return unwinding_; }

    /// Acquire pairs with resize(): an M without a P may look at the Ps while one is added.
    [[nodiscard]] int procs() const { return proc_count_.load(std::memory_order_acquire); }

    [[nodiscard]] std::uint64_t goroutines_made() const {
        return next_goroutine_.load(std::memory_order_relaxed);
    }

    [[nodiscard]] std::int64_t goroutines_live() const {
        return live_.load(std::memory_order_relaxed);
    }

    /// Emits one event outside goroutines, on the owner's thread, in a visit of its own.
    void record_control(trace::EventType type,
                        std::uint32_t a,
                        std::uint8_t flags,
                        std::uint64_t arg);

 private:
    /// What a look for work came to. Again: things changed meanwhile, look anew from the start.
    enum class Search : std::uint8_t { Found, Again, Nothing };

    // Visits and events: scheduler_visit.h.
    void begin_visit(M& m);
    void begin_silent_visit(M& m);
    /// For those who reckon with m.now.
    void begin_timed_visit(M& m);
    static void end_visit(M& m);
    static void tell_stacks(M& m);
    static void emit(M& m,
                     trace::EventType type,
                     std::uint32_t a,
                     std::uint32_t seq,
                     std::uint8_t flags,
                     PlaceId where,
                     std::uint64_t arg);
    static void emit_proc(M& m, P& p, trace::EventType type, std::uint8_t flags);
    PlaceId place(M& m, const trace::Where& where);
    PlaceId named_place(M& m, const trace::Where& where, std::string_view name);

    // scheduler_slice.cpp
    void pay(const trace::Where& where);

    [[nodiscard]] std::uint64_t slice_end(const P& p) const {
        return slice_ends_by_deadline_
                   ? p.slice_start.load(std::memory_order_relaxed) + slice_ticks_
                   : late_slice_end(p);
    }

    [[nodiscard]] std::uint64_t late_slice_end(const P& p) const;
    [[nodiscard]] bool somebody_could_run() const;
    [[nodiscard]] bool is_starved() const;

    // scheduler_sysmon.cpp, on sysmon's thread
    SysmonLook look_from_outside();
    [[nodiscard]] bool all_ps_idle() const;
    bool retake_slice(P& p, std::uint64_t now, std::uint64_t& next_look);
    void nag(P& p, std::uint64_t slice, std::uint64_t now, std::uint64_t& next_look);
    void look_for_starvation();

    // scheduler.cpp, scheduler_life.cpp
    void attend(const trace::Where& where);
    G* new_goroutine(M* m, std::function<void()> body);
    void bind(G& g);
    void leave(M& m, const AfterSwitch& after, Departure departure);
    void arrive();
    void run_on(M& m);
    void settle(M& m);
    void wait(trace::WaitReason reason,
              ObjectId object,
              AfterSwitch after,
              const trace::Where& where);
    void run_body(G& g);
    static void throw_run_ended();
    void finish_goroutine();
    LocalQueue::PutResult put_local(M& m, G& g, LocalQueue::Place place);
    LocalQueue::PutResult put_into_full(M& m, G& g, LocalQueue::Place place);
    [[nodiscard]] LocalQueue::Place place_of_next() const;
    void put_new(M& m, G& g, PlaceId made_at, GoroutineId creator);
    void put_woken(M& m, G& g, GoroutineId waker, PlaceId where);

    // scheduler_yield.cpp
    void settle_global(M& m, const AfterSwitch& after);
    void settle_local(M& m, const AfterSwitch& after);
    [[nodiscard]] bool may_yield_short(const M& m) const GOLANES_REQUIRES(lock_);
    void choose_successor(M& m) GOLANES_REQUIRES(lock_);
    [[nodiscard]] bool leaves_work(const M& m) const GOLANES_REQUIRES(lock_);
    bool yield_short(M& m, trace::StopReason reason, PlaceId where);
    void give_way(AfterSwitch::Kind to, trace::StopReason reason, const trace::Where& where);
    // scheduler_overflow.cpp
    [[noreturn]] void end_overflowed();
    void tell_overflow(M& m, G& g);

    // scheduler_free.cpp
    void cool_down(M& m, G& g);
    void give_up_stack(G& g);
    G* take_free(P& p);
    void put_free(P& p, G& g);
    void give_up_free(P& p);

    // scheduler_panic.cpp
    void let_panics_finish();
    void tell_panic(const std::string& text, std::string headline, const trace::Where& where);
    [[noreturn]] void park_for_good();
    [[nodiscard]] trace::Names names_so_far();

    // scheduler_find.cpp
    bool pick_local(M& m);
    bool find_runnable(M& m);
    Search look_around(M& m);

    [[nodiscard]] bool is_globals_turn(const P& p) const {
        return p.schedtick == 0 && options_.global_tick != 0;
    }

    bool take_by_tick(M& m);
    bool take_local(M& m);
    bool take_random(M& m);
    bool start_taken(M& m, const LocalQueue::Taken& taken);
    static void choose_taken(M& m, const LocalQueue::Taken& taken);
    bool take_batch(M& m) GOLANES_REQUIRES(lock_);
    [[nodiscard]] std::uint32_t batch_of(std::uint32_t size) const;
    bool take_global(M& m);

    // scheduler_steal.cpp
    Search steal(M& m);
    Search steal_round(M& m, bool is_last, bool& ran_timers);
    bool steal_from_ring(M& m, P& victim);
    bool steal_runnext(M& m, P& victim);
    bool wait_for_work(M& m);

    // scheduler_timers.cpp
    [[nodiscard]] std::uint64_t due_time(const M& m, DurationNs delay) const;
    [[nodiscard]] std::uint64_t next_timer_order();
    void enter_heap(M& m, TimerNode& timer, bool is_earliest);
    void wake_for_timer(std::uint64_t when);
    [[nodiscard]] std::uint64_t earliest_timer() const;
    void tidy_timers();
    bool take_due_elsewhere(M& m);
    bool run_timers(M& m, P& owner);
    void emit_fire(M& m, const DueTimer& due, GoroutineId sleeper, ObjectId object);
    void wake_sleeper(M& m, const DueTimer& due);
    void fire_and_unlock(M& m, const DueTimer& due);

    // scheduler_wake.cpp
    bool start_spinning(M& m);
    void become_spinning(M& m);
    void stop_spinning(M& m);
    void found(M& m);
    void wake_one_more();
    void wake_after_global_put();
    void wake_searcher();
    [[nodiscard]] bool idle_p_in_sight();
    P* idle_p_for_work();
    P* pop_idle_p() GOLANES_REQUIRES(lock_);
    void push_idle_p(P& p) GOLANES_REQUIRES(lock_);
    M* start_machine(P& p, bool spinning);
    M* make_machine() GOLANES_REQUIRES(lock_);
    void no_machine(P& p, bool spinning, std::string why);
    void release_to_idle(M& m);
    [[nodiscard]] bool work_in_sight();
    void recheck_after_spinning(M& m);

    // scheduler_syscall.cpp
    void hand_off(M& m);
    void keep_p(M& m);
    bool rest_handed_off(P& p, bool& spins);
    void settle_returned(M& m, const AfterSwitch& after) GOLANES_NO_TSA;
    P* p_after_call(M& m) GOLANES_REQUIRES(lock_);

    // scheduler_locked.cpp
    bool wait_locked(M& m);
    bool give_to_locked(M& m);
    void take_in_hand(M& m);
    bool lie_down_locked(M& m, M*& late_poller) GOLANES_REQUIRES(lock_);
    void end_machine(M& m);

    // scheduler_idle.cpp
    [[nodiscard]] std::size_t machines_awake() const GOLANES_REQUIRES(lock_);
    bool wait_for_p(M& m);
    std::uint64_t prepare_sleep(M& m, M*& late_poller) GOLANES_REQUIRES(lock_);
    bool take_next_p(M& m) GOLANES_REQUIRES(lock_);
    void sleep_as_poller(M& m, std::uint64_t until);
    void sleep_idle(M& m);
    void take_p(M& m, P& p);
    void stop_machine(M& m);
    void check_dead() GOLANES_REQUIRES(lock_);

    // scheduler_world.cpp
    bool request_stop();
    [[nodiscard]] bool needs_searcher(const std::vector<P*>& with_work) const;
    void resize(int procs) GOLANES_REQUIRES(lock_);
    void retire(P& p) GOLANES_REQUIRES(lock_);
    P& make_p(int number);

    SchedulerOptions options_;
    Engine* engine_;
    Tracer* tracer_;
    StackPool* stacks_;
    std::unique_ptr<Sysmon> sysmon_;  ///< Null on the virtual engine.
    std::uint64_t slice_ticks_;
    bool slice_ends_by_deadline_;
    std::uint64_t begin_ticks_;
    RunState run_state_;
    P limbo_{kNoProc};  ///< What goroutines that are unwound run on: never calm.
    M control_;  ///< Stands for the owner's thread in events, and carries goroutines being unwound.

    Lock lock_;  ///< The scheduler's: queues of idle things, the global queue, the states of Ps.
    std::array<std::unique_ptr<P>, kMaxProcs>
        procs_;  ///< Never moved or freed before the end: thieves look without a lock.
    std::atomic<int> proc_count_{0};
    GlobalQueue global_;                                 // take and put under lock_
    std::vector<P*> idle_ps_ GOLANES_GUARDED_BY(lock_);  ///< LIFO.
    std::vector<M*> idle_ms_ GOLANES_GUARDED_BY(lock_);  ///< LIFO.
    std::vector<std::unique_ptr<M>> machines_ GOLANES_GUARDED_BY(lock_);
    std::vector<std::unique_ptr<G>> all_goroutines_ GOLANES_GUARDED_BY(lock_);
    std::size_t locked_asleep_ GOLANES_GUARDED_BY(lock_) = 0;  ///< Ms that wait_locked().
    std::vector<M*> ended_ms_ GOLANES_GUARDED_BY(lock_);  ///< Without a thread, to be used again.
    std::atomic<bool> calls_over_{false};
    Lock free_lock_;
    GList free_goroutines_ GOLANES_GUARDED_BY(free_lock_);  ///< Dead ones that no P keeps.
    GList bare_goroutines_ GOLANES_GUARDED_BY(free_lock_);  ///< The same, without a stack.
    M* poller_ GOLANES_GUARDED_BY(lock_) = nullptr;  ///< The M that sleeps until the next timer.
    std::atomic<std::uint64_t> poller_until_{kNever};
    std::atomic<int> idle_p_count_{0};
    std::atomic<int> spinning_{0};  ///< Ms that search. See scheduler_wake.cpp for its order.
    /// There was work, but no idle P to search with: the next M that would give its P up searches.
    std::atomic<bool> need_spinning_{false};
    std::atomic<bool> stop_requested_{false};
    std::atomic<int> stop_wait_{0};  ///< Ps that have yet to stop.
    std::atomic<std::uint32_t> next_goroutine_{0};
    std::atomic<std::int64_t> live_{0};
    std::atomic<ObjectId> objects_{0};
    std::atomic<std::uint64_t> stack_events_{0};
    std::atomic<std::uint64_t> timer_order_{0};
    bool dismissed_ GOLANES_GUARDED_BY(lock_) = false;
    bool unwinding_ = false;
    std::atomic<int> running_panic_defers_{0};  ///< Panics whose deferred functions run.
    std::atomic<int> panicking_{0};             ///< Goroutines about to end the run.
    std::atomic<bool> main_exited_{false};      ///< By goexit().

    Lock end_lock_;
    std::atomic<bool> ended_{false};
    trace::RunStatus status_ = trace::RunStatus::Running;  // written once before ended_
    std::string message_;
};

}  // namespace golanes::rt

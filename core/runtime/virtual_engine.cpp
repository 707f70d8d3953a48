#include "core/runtime/virtual_engine.h"

#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

constexpr std::size_t kFiberStackBytes = std::size_t{256} << 10;
constexpr std::uint64_t kStepsPerLook = 64;

}  // namespace

VirtualEngine::VirtualEngine(VirtualOptions options)
    : options_(std::move(options)),
      now_(static_cast<std::uint64_t>(options_.start)),
      // Relaxed: this thread counts.
      events_before_(options_.events_put->load(std::memory_order_relaxed)),
      pace_(options_.pace, now_),
      stepper_(*options_.control,
               now_,
               [this] { return options_.interrupted && options_.interrupted(); }),
      stacks_({.bytes = kFiberStackBytes, .allowed = only(StackBackend::Plain)}),
      cores_(options_.cores) {
    virtual_clock_ = &now_;
    for (std::size_t op = 0; op < kOpCount; ++op) {
        prices_[op] = static_cast<std::uint64_t>(options_.costs.of(static_cast<Op>(op)));
        has_costs_ = has_costs_ || prices_[op] != 0;
    }
    adopt_thread_stack(owner_);
}

VirtualEngine::~VirtualEngine() = default;

VirtualEngine::Fiber& VirtualEngine::fiber_of(const M& m) {
    GOLANES_CHECK(m.id >= 1 && m.id <= fibers_.size(), "the M has a fiber");
    return *fibers_[m.id - 1];
}

void VirtualEngine::schedule(Fiber& fiber, std::uint64_t time) {
    due_.add(fiber, time);
}

bool VirtualEngine::start_machine(M& m) {
    fibers_.resize(std::max<std::size_t>(fibers_.size(), m.id));
    auto& fiber = fibers_[m.id - 1];
    if (fiber == nullptr) {
        fiber = std::make_unique<Fiber>();
        fiber->stack = stacks_.take();
    } else {  // of an M that ended; entries of it in the queue are told apart by their tickets
        forget_context(m.g0);
        m.g0 = Context{};
        clean_stack_for_reuse(fiber->stack.low, fiber->stack.bytes);
        fiber->wait = Wait::Turn;
        fiber->wake_pending = fiber->is_interrupted = fiber->finished = false;
    }
    fiber->m = &m;
    m.emergency_stack = options_.emergency_stack;
    GOLANES_CHECK(fiber->stack.low != nullptr, "no memory for a virtual core");
    m.virtual_core = static_cast<CpuId>(preferred_core(m));
    make_context(m.g0, fiber->stack.low, fiber->stack.bytes, &VirtualEngine::fiber_main);
    fiber->suspended = &m.g0;
    schedule(*fiber, now_);
    return true;
}

void VirtualEngine::fiber_main() {
    M& m = *this_machine();
    m.scheduler->machine_main(m);
    auto& self = static_cast<VirtualEngine&>(m.scheduler->engine());
    Fiber& fiber = self.fiber_of(m);
    fiber.finished = true;
    self.release_core(fiber);
    switch_context(m.g0, self.owner_, Departure::Dies);
}

// Back to the owner's loop, which goes on with whoever is due next.
void VirtualEngine::suspend(Fiber& fiber, Wait wait) {
    fiber.wait = wait;
    fiber.suspended = fiber.m->current != nullptr ? &fiber.m->current->context : &fiber.m->g0;
    switch_context(*fiber.suspended, owner_, Departure::Returns);
    fiber.wait = Wait::Turn;  // it runs: a wake is for its next park
}

void VirtualEngine::park(M& m, std::uint64_t until) {
    Fiber& fiber = fiber_of(m);
    if (std::exchange(fiber.wake_pending, false))
        return;
    if (until != kNever)
        schedule(fiber, std::max(until, now_));
    release_core(fiber);
    suspend(fiber, Wait::Park);
    fiber.wake_pending = false;
}

void VirtualEngine::wake(M& m) {
    Fiber& fiber = fiber_of(m);
    fiber.wake_pending = true;
    if (fiber.wait == Wait::Park && !fiber.finished && (fiber.ticket == 0 || fiber.due > now_))
        schedule(fiber, now_);
}

// --- Time

// Nobody else acts before `time`, and the owner has nothing to do: a step without a switch.
bool VirtualEngine::may_go_on_until(std::uint64_t time) {
    if (steps_ >= inline_limit_ || time > stand_at_ || due_.first_time() <= time)
        return false;
    ++steps_;
    now_ = time;
    return true;
}

void VirtualEngine::turn(M& m) {
    charge(m, Op::Switch);
    if (m.debt != 0)
        return pay(m);
    if (may_go_on_until(now_))
        return;
    Fiber& fiber = fiber_of(m);
    schedule(fiber, now_);
    suspend(fiber, Wait::Turn);
}

void VirtualEngine::pause(M& m, DurationNs duration) {
    if (has_costs_) {
        advance(m, static_cast<std::uint64_t>(duration));
    } else if (!may_go_on_until(now_)) {
        Fiber& fiber = fiber_of(m);
        schedule(fiber, now_);
        suspend(fiber, Wait::Turn);
    }
}

std::uint64_t VirtualEngine::advance(M& m, std::uint64_t ticks) {
    Fiber& fiber = fiber_of(m);
    const std::uint64_t before = now_;
    const std::uint64_t turn_end = fiber.core < 0 ? kNever : cores_.turn_end(fiber, now_);
    const std::uint64_t until = std::min(now_ + ticks, turn_end);
    fiber.is_interrupted = false;
    if (!may_go_on_until(until)) {
        schedule(fiber, until);
        suspend(fiber, Wait::Advance);
    }
    const std::uint64_t used = now_ - before;
    if (fiber.core >= 0 && now_ >= cores_.turn_end(fiber, now_))
        share_core(fiber);
    return used;
}

void VirtualEngine::pay(M& m) {
    while (m.debt != 0) {
        m.debt -= std::min(m.debt, advance(m, m.debt));
        if (fiber_of(m).is_interrupted)
            return;  // the world is to stop: the rest is paid after it
    }
}

void VirtualEngine::interrupt_all() {
    for (const auto& fiber : fibers_) {
        if (fiber == nullptr)
            continue;
        fiber->is_interrupted = true;
        if (fiber->ticket != 0 && fiber->wait == Wait::Advance)
            schedule(*fiber, now_);
    }
}

void VirtualEngine::move_clock(std::uint64_t time) {
    now_ = std::max(now_, std::min(time, due_.first_time()));
}

void VirtualEngine::follow_pace() {
    if (!pace_.is_free())
        move_clock(pace_.shown());
}

void VirtualEngine::set_pace(double rate) {
    pace_.set_rate(rate, now_);
}

// --- The owner's loop

void VirtualEngine::resume(Fiber& fiber) {
    last_resumed_ = fiber.m;
    set_this_machine(fiber.m);
    switch_context(owner_, *fiber.suspended, Departure::Returns);
    set_this_machine(nullptr);
}

VirtualEngine::Step VirtualEngine::step() {
    const std::uint64_t time = due_.first_time();
    if (time == kNever)
        return Step::NobodyDue;
    if (time > now_ && !pace_.wait_for(time, options_.interrupted))
        return Step::CalledAway;
    Fiber& fiber = due_.pop();
    now_ = std::max(now_, time);
    ++steps_;
    if (take_core(fiber))
        resume(fiber);
    return Step::Made;
}

void VirtualEngine::run_until(const std::function<bool()>& done, DurationNs timeout) {
    const TimeNs deadline = timeout < 0 ? -1 : monotonic_ns() + timeout;
    while (!done()) {
        next_look_ = std::min(steps_ + kStepsPerLook, break_at_);
        inline_limit_ = pace_.is_free() ? next_look_ : 0;
        while (steps_ < next_look_ && !done()) {
            if (due_.first_time() > stand_at_) {
                move_clock(stand_at_);
                return stand();
            }
            if (step() != Step::Made)
                return;
        }
        stepper_.tell(now_, steps_);
        if (steps_ >= break_at_ || (deadline >= 0 && monotonic_ns() >= deadline) ||
            (options_.interrupted && options_.interrupted()))
            return;
    }
}

void VirtualEngine::join(M& m) {
    const Fiber& fiber = fiber_of(m);
    while (!fiber.finished)
        GOLANES_CHECK(step() == Step::Made, "a dismissed M ends");
    forget_context(m.g0);
}

// --- Steps on request

void VirtualEngine::adopt_step() {
    stepper_.adopt();
    watch(stepper_.events(), stepper_.until());
    pace_.anchor(now_);
}

void VirtualEngine::stand() {
    stepper_.stand(now_, steps_);
    watch(stepper_.events(), stepper_.until());
    pace_.anchor(now_);
}

void VirtualEngine::stand_at_end() {
    if (stepper_.asked())
        adopt_step();
    if (stepper_.is_under_way())
        stand();
}

void VirtualEngine::announce(M& m) {
    m.emitter->end_visit();  // the watcher sees the event
    // Relaxed: this thread counts.
    const std::uint64_t put = options_.events_put->load(std::memory_order_relaxed) - events_before_;
    if (stepper_.arrives(put - m.scheduler->stack_events())) {
        stand();
        inline_limit_ = next_look_ = 0;  // the owner looks what else was asked for
    }
    m.emitter->begin_visit_at(m.now);
}

}  // namespace golanes::rt

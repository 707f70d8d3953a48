#include "core/runtime/virtual_engine.h"

#include <algorithm>
#include <ctime>

#include "core/base/check.h"
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

constexpr std::size_t kFiberStackBytes = std::size_t{256} << 10;

}  // namespace

VirtualEngine::VirtualEngine(VirtualOptions options)
    : options_(std::move(options)),
      now_(static_cast<std::uint64_t>(options_.start)),
      start_(now_),
      real_start_(monotonic_ns()),
      stacks_(kFiberStackBytes) {
    virtual_clock_ = &now_;
    adopt_thread_stack(owner_);
}

VirtualEngine::~VirtualEngine() = default;

VirtualEngine::Fiber& VirtualEngine::fiber_of(const M& m) {
    GOLANES_CHECK(m.id >= 1 && m.id <= fibers_.size(), "the M has a fiber");
    return *fibers_[m.id - 1];
}

void VirtualEngine::schedule(Fiber& fiber, std::uint64_t time) {
    unschedule(fiber);
    fiber.ticket = ++tickets_;
    fiber.due = time;
    due_.emplace(Due{time, fiber.ticket}, &fiber);
}

void VirtualEngine::unschedule(Fiber& fiber) {
    if (fiber.ticket != 0)
        due_.erase(Due{fiber.due, fiber.ticket});
    fiber.ticket = 0;
}

void VirtualEngine::start_machine(M& m) {
    fibers_.resize(std::max<std::size_t>(fibers_.size(), m.id));
    auto& fiber = fibers_[m.id - 1];
    fiber = std::make_unique<Fiber>();
    fiber->m = &m;
    fiber->stack = stacks_.take();
    GOLANES_CHECK(fiber->stack.low != nullptr, "no memory for a virtual core");
    m.virtual_core = static_cast<CpuId>((m.id - 1) % static_cast<MachineId>(options_.cores));
    make_context(m.g0, fiber->stack.low, fiber->stack.bytes, &VirtualEngine::fiber_main);
    fiber->suspended = &m.g0;
    schedule(*fiber, now_);
}

void VirtualEngine::fiber_main() {
    M& m = *this_machine();
    m.scheduler->machine_main(m);
    auto& self = static_cast<VirtualEngine&>(m.scheduler->engine());
    self.fiber_of(m).finished = true;
    switch_context(m.g0, self.owner_, Departure::Dies);
}

// Back to the owner's loop, which goes on with whoever is due next.
void VirtualEngine::suspend(M& m, Wait wait) {
    Fiber& fiber = fiber_of(m);
    fiber.wait = wait;
    fiber.suspended = m.current != nullptr ? &m.current->context : &m.g0;
    switch_context(*fiber.suspended, owner_, Departure::Returns);
    fiber.wait = Wait::Turn;  // it runs: a wake is for its next park
}

void VirtualEngine::park(M& m, std::uint64_t until) {
    Fiber& fiber = fiber_of(m);
    if (std::exchange(fiber.wake_pending, false))
        return;
    if (until != kNever)
        schedule(fiber, std::max(until, now_));
    suspend(m, Wait::Park);
    fiber.wake_pending = false;
}

void VirtualEngine::wake(M& m) {
    Fiber& fiber = fiber_of(m);
    fiber.wake_pending = true;
    if (fiber.wait == Wait::Park && !fiber.finished && (fiber.ticket == 0 || fiber.due > now_))
        schedule(fiber, now_);
}

void VirtualEngine::turn(M& m) {
    if (options_.switch_cost > 0) {
        advance(m, static_cast<std::uint64_t>(options_.switch_cost));
        return;
    }
    if (due_.empty() || due_.begin()->first.time > now_)
        return;  // nobody else acts at this instant
    schedule(fiber_of(m), now_);
    suspend(m, Wait::Turn);
}

std::uint64_t VirtualEngine::advance(M& m, std::uint64_t ticks) {
    const std::uint64_t before = now_;
    schedule(fiber_of(m), now_ + ticks);
    suspend(m, Wait::Advance);
    return now_ - before;
}

void VirtualEngine::interrupt_all() {
    for (const auto& fiber : fibers_) {
        if (fiber != nullptr && fiber->ticket != 0 && fiber->wait == Wait::Advance)
            schedule(*fiber, now_);
    }
}

void VirtualEngine::wait_for_pace(std::uint64_t time) const {
    const auto due_real =
        static_cast<DurationNs>(static_cast<double>(time - start_) / options_.pace);
    for (;;) {
        const DurationNs ahead = due_real - (monotonic_ns() - real_start_);
        if (ahead <= 0 || (options_.interrupted && options_.interrupted()))
            return;
        const timespec pause{0, std::min<DurationNs>(ahead, 5 * kMillisecond)};
        nanosleep(&pause, nullptr);
    }
}

bool VirtualEngine::step() {
    if (due_.empty())
        return false;
    const auto first = due_.begin();
    if (options_.pace > 0 && first->first.time > now_) {
        wait_for_pace(first->first.time);
        if (options_.interrupted && options_.interrupted())
            return true;
    }
    Fiber& fiber = *first->second;
    now_ = std::max(now_, first->first.time);
    unschedule(fiber);
    set_this_machine(fiber.m);
    switch_context(owner_, *fiber.suspended, Departure::Returns);
    set_this_machine(nullptr);
    return true;
}

void VirtualEngine::run_until(const std::function<bool()>& done, DurationNs timeout) {
    constexpr int kStepsPerLook = 64;
    const TimeNs deadline = timeout < 0 ? -1 : monotonic_ns() + timeout;
    while (!done()) {
        for (int i = 0; i < kStepsPerLook && !done(); ++i) {
            if (!step())
                return;
        }
        if ((deadline >= 0 && monotonic_ns() >= deadline) ||
            (options_.interrupted && options_.interrupted()))
            return;
    }
}

void VirtualEngine::join(M& m) {
    const Fiber& fiber = fiber_of(m);
    while (!fiber.finished)
        GOLANES_CHECK(step(), "a dismissed M ends");
    forget_context(m.g0);
}

}  // namespace golanes::rt

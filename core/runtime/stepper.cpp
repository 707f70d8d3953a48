#include "core/runtime/stepper.h"

#include <algorithm>

#include "core/base/futex.h"

namespace golanes::rt {

using trace::ChildPhase;
using trace::StepKind;

namespace {

constexpr std::uint64_t kEveryEvent = ~std::uint64_t{0};

}  // namespace

bool Stepper::asked() const {
    // Relaxed: a hint; adopt() acquires.
    return control_->step_sequence.load(std::memory_order_relaxed) !=
           (number_ != 0 ? number_ : control_->step_reached.load(std::memory_order_relaxed));
}

void Stepper::adopt() {
    // Acquire pairs with request_step: the three below were written before.
    number_ = control_->step_sequence.load(std::memory_order_acquire);
    const auto kind = static_cast<StepKind>(control_->step_kind.load(std::memory_order_relaxed));
    const std::uint64_t argument = control_->step_argument.load(std::memory_order_relaxed);
    const std::uint64_t count = control_->step_count.load(std::memory_order_relaxed);
    stands_ = false;
    events_ = kind == StepKind::UntilEvent    ? argument
              : kind == StepKind::UntilNumber ? kEveryEvent
                                              : 0;
    events_left_ = std::max<std::uint64_t>(1, count);
    event_number_ = kind == StepKind::UntilNumber ? std::max<std::uint64_t>(1, argument) : 0;
    until_ = kind == StepKind::UntilTime ? start_ + argument : kNever;
    if (kind == StepKind::Free)
        control_->step_reached.store(number_, std::memory_order_release);  // pairs with the watcher
}

void Stepper::tell(std::uint64_t now, std::uint64_t steps) const {
    control_->virtual_now.store(now - start_, std::memory_order_relaxed);
    control_->virtual_steps.store(steps, std::memory_order_relaxed);
}

void Stepper::stand(std::uint64_t now, std::uint64_t steps) {
    events_ = 0;
    until_ = kNever;
    stands_ = true;
    tell(now, steps);
    control_->phase.store(static_cast<std::uint32_t>(ChildPhase::Held), std::memory_order_relaxed);
    // Release pairs with the watcher's acquire: the phase, the time and the event are there.
    control_->step_reached.store(number_, std::memory_order_release);
    for (;;) {
        // Acquire pairs with trace::notify_control: what was asked is read after it.
        const std::uint32_t seen = control_->command.load(std::memory_order_acquire);
        if (asked() || called_away_())
            break;
        futex_wait(control_->command, seen, 100 * kMillisecond, FutexScope::Shared);
    }
    control_->phase.store(static_cast<std::uint32_t>(ChildPhase::Running),
                          std::memory_order_relaxed);
    if (asked())
        adopt();
}

}  // namespace golanes::rt

#include "core/runtime/wishes.h"

#include <algorithm>
#include <utility>

namespace golanes::rt {

Wishes::Wishes(const trace::Control& control,
               trace::ControlValues* values,
               const Policies& policies)
    : control_(&control), values_(values), seen_policies_(policies), seen_(read()) {
    for (std::size_t i = 0; i < seen_values_.size() && values_ != nullptr; ++i) {
        seen_values_[i] = control_->values[i].load(std::memory_order_relaxed);
        (*values_)[i].store(seen_values_[i], std::memory_order_relaxed);
    }
}

Wishes::Page Wishes::read() const {
    return {control_->wanted_procs.load(std::memory_order_relaxed),
            control_->wanted_cpus.load(std::memory_order_relaxed),
            control_->hold.load(std::memory_order_relaxed) != 0,
            control_->stop.load(std::memory_order_relaxed) != 0};
}

bool Wishes::values_changed() const {
    return values_ != nullptr &&
           !std::equal(seen_values_.begin(),
                       seen_values_.end(),
                       control_->values.begin(),
                       [](std::int64_t seen, const std::atomic<std::int64_t>& value) {
                           return seen == value.load(std::memory_order_relaxed);
                       });
}

bool Wishes::changed() const {
    return read() != seen_ || values_changed() || policies_changed();
}

bool Wishes::policies_changed() const {
    return values_ != nullptr &&
           !std::equal(seen_policies_.begin(),
                       seen_policies_.end(),
                       control_->policies.begin(),
                       [](std::int64_t seen, const std::atomic<std::int64_t>& asked) {
                           return seen == asked.load(std::memory_order_relaxed);
                       });
}

void Wishes::take_policies(std::vector<LiveChange>& changes) {
    for (std::uint32_t i = 0; i < seen_policies_.size() && values_ != nullptr; ++i) {
        const std::int64_t asked = control_->policies[i].load(std::memory_order_relaxed);
        if (std::exchange(seen_policies_[i], asked) != asked && asked != 0)
            changes.push_back({.kind = ChangeKind::Policy, .index = i, .value = asked - 1});
    }
}

void Wishes::take_values(std::vector<LiveChange>& changes) {
    for (std::uint32_t i = 0; i < seen_values_.size() && values_ != nullptr; ++i) {
        const std::int64_t value = control_->values[i].load(std::memory_order_relaxed);
        if (value == seen_values_[i])
            continue;
        seen_values_[i] = value;
        if (value == (*values_)[i].load(std::memory_order_relaxed))
            continue;  // a change of the token made it so
        changes.push_back({.kind = ChangeKind::Value, .index = i, .value = value});
    }
}

std::vector<LiveChange> Wishes::take() {
    std::vector<LiveChange> changes;
    const Page page = read();
    take_values(changes);
    if (page.cpus != seen_.cpus && page.cpus != 0)
        changes.push_back({.kind = ChangeKind::Cpus, .value = page.cpus});
    take_policies(changes);
    if (page.procs != seen_.procs && page.procs != 0)
        changes.push_back({.kind = ChangeKind::Procs, .value = page.procs});
    if (page.hold != seen_.hold)
        changes.push_back({.kind = page.hold ? ChangeKind::Hold : ChangeKind::Release});
    if (page.stop != seen_.stop)
        changes.push_back({.kind = ChangeKind::Stop});
    seen_ = page;
    return changes;
}

}  // namespace golanes::rt

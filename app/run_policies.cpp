#include "app/run_policies.h"

#include <algorithm>

namespace golanes::app {

using catalog::PolicyId;

bool has_costs(const rt::Costs& costs) {
    return costs.scale_percent != 0 &&
           std::ranges::any_of(costs.ns, [](DurationNs ns) { return ns != 0; });
}

catalog::PolicyValues policies_of(const rt::RunSettings& settings) {
    const rt::SchedulerOptions& scheduler = settings.scheduler;
    catalog::PolicyValues values(catalog::kPolicyCount);
    const auto set = [&values](PolicyId id, std::int64_t value) {
        values[static_cast<std::size_t>(id)] = value;
    };
    set(PolicyId::Stealing, scheduler.stealing ? 1 : 0);
    set(PolicyId::Runnext, scheduler.runnext ? 1 : 0);
    set(PolicyId::GlobalTick, scheduler.global_tick);
    set(PolicyId::Slice, scheduler.slice);
    set(PolicyId::ForcedPreemption, scheduler.forced_preemption ? 1 : 0);
    set(PolicyId::Ring, catalog::ring_value(scheduler.ring));
    set(PolicyId::Handoff, scheduler.handoff ? 1 : 0);
    set(PolicyId::Pick, static_cast<std::int64_t>(scheduler.pick));
    set(PolicyId::Sysmon, static_cast<std::int64_t>(scheduler.sysmon));
    set(PolicyId::Overflow, static_cast<std::int64_t>(scheduler.overflow));
    set(PolicyId::Costs, has_costs(settings.costs) ? settings.costs.scale_percent : 0);
    return values;
}

void apply_policies(const catalog::PolicyValues& values, rt::RunSettings& settings) {
    rt::SchedulerOptions& scheduler = settings.scheduler;
    const auto get = [&values](PolicyId id) {
        return values[static_cast<std::size_t>(id)];
    };
    scheduler.stealing = get(PolicyId::Stealing) != 0;
    scheduler.runnext = get(PolicyId::Runnext) != 0;
    scheduler.global_tick = static_cast<std::uint32_t>(get(PolicyId::GlobalTick));
    scheduler.slice = get(PolicyId::Slice);
    scheduler.forced_preemption = get(PolicyId::ForcedPreemption) != 0;
    scheduler.ring = catalog::ring_places(get(PolicyId::Ring));
    scheduler.handoff = get(PolicyId::Handoff) != 0;
    scheduler.pick = static_cast<rt::Pick>(get(PolicyId::Pick));
    scheduler.sysmon = static_cast<rt::SysmonPolicy>(get(PolicyId::Sysmon));
    scheduler.overflow = static_cast<rt::OverflowPolicy>(get(PolicyId::Overflow));
    settings.costs.scale_percent = static_cast<std::int32_t>(get(PolicyId::Costs));
}

void turn_policy(rt::SchedulerOptions& options, std::uint32_t index, std::int64_t value) {
    rt::RunSettings settings;
    settings.scheduler = options;
    catalog::PolicyValues values = policies_of(settings);
    if (index >= values.size())
        return;
    values[index] = value;
    apply_policies(values, settings);
    options = settings.scheduler;
}

}  // namespace golanes::app

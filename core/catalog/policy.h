#pragma once
// The scheduling policies: each rule of Go's scheduler that a run can turn, as plain descriptors.
// The command line, the window, recordings and replay tokens all read this one list. What a policy
// does is core/runtime's business (SchedulerOptions).
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/catalog/catalog.h"

namespace golanes::catalog {

/// The numbers stand in no file: recordings and tokens know policies by name.
enum class PolicyId : std::uint8_t {
    Stealing,
    Runnext,
    GlobalTick,
    Slice,
    ForcedPreemption,
    Ring,
    Handoff,
    Pick,
    Sysmon,
    Overflow,
    Costs,
    Count_
};

inline constexpr std::size_t kPolicyCount = static_cast<std::size_t>(PolicyId::Count_);

struct Policy {
    PolicyId id;
    /// Its standard is Go's rule. `takes`: whether a virtual run that goes on takes it; a real one
    /// never does.
    Parameter knob;
    Text lesson;  ///< One sentence: what turning it shows.
    bool virtual_only = false;
    /// A value that is understood but that this version cannot do.
    std::optional<std::int64_t> not_yet = {};
};

/// All of them, in the order of PolicyId.
std::span<const Policy> policies();

const Policy& policy(PolicyId id);

/// One value for every policy, in their order.
using PolicyValues = std::vector<std::int64_t>;

/// Go's rules, and no costs: what a headless run has.
PolicyValues standard_policies();

/// The same with this machine's costs: what a run in the window begins with.
PolicyValues watched_policies();

struct PolicySetting {
    PolicyId id;
    std::int64_t value;
};

/// Reads "name=value". Errors: one line that names the policy, the value and what it takes.
Result<PolicySetting> parse_policy(std::string_view text);

/// The inverse, for the policies that are not standard: "stealing=off", ...
std::vector<std::string> changed_policies(const PolicyValues& values);

/// Whether an engine can do it. Errors: one line.
Status check_policies(const PolicyValues& values, bool is_virtual);

/// The places of a P's ring for a value of PolicyId::Ring, and the inverse.
std::uint32_t ring_places(std::int64_t value);
std::int64_t ring_value(std::uint32_t places);

}  // namespace golanes::catalog

#pragma once
// The catalogue: plain descriptions of scenarios and their parameters. Scenarios fill it, the
// command line and the window read it. No code of a scenario is reachable from here.
#include <array>
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace golanes::catalog {

/// The same words in the two languages of the program.
struct Text {
    std::string_view en;
    std::string_view zh;
};

enum class ParameterKind {
    Integer,
    Duration,
    Switch,
    Choice,
    Factor  ///< In percent; written as "2x", "0.5x" or "50%".
};

/// When a changed parameter acts.
enum class Takes { Live, NextRun };

/// One knob of a scenario. All values are 64-bit integers: durations in ns, switches 0 or 1,
/// choices by their number.
struct Parameter {
    std::string_view name;  ///< As in --set name=value.
    Text title;
    ParameterKind kind = ParameterKind::Integer;
    std::int64_t minimum = 0;
    std::int64_t maximum = 0;
    std::int64_t standard = 0;
    Takes takes = Takes::NextRun;
    std::vector<std::string_view> choices = {};  ///< For Choice.
};

inline constexpr std::size_t kMaxParameters = 16;

/// What a scenario expects of its own end, so that a deadlock on purpose is a success.
enum class Expects { Ok, Deadlock, Panic, Starvation };

/// An end that a scenario is there to show, and when.
struct End {
    Expects expects = Expects::Ok;
    std::string_view when = {};  ///< Names a parameter or a policy; empty: always.
    std::int64_t value = 0;      ///< That it must have.
};

/// A named choice of values: what the command line would say. Whoever gives a value beside it
/// overrules it.
struct Preset {
    std::string_view
        id;  ///< As in --preset ID. "as-article": as the article has it; "quick": 50 ms.
    Text title;
    std::vector<std::string_view> sets = {};      ///< As in --set: "tasks=2".
    int procs = 0;                                ///< 0: the scenario's standard.
    std::vector<std::string_view> policies = {};  ///< As in --policy: "stealing=off".
};

/// Whether the schedule decides what a scenario reports. What it may report stands in
/// tests/scenarios/outcome_sets_test.cpp, and is the same on both engines.
enum class Outcomes {
    Open,         ///< It does, or there is no outcome.
    FixedOnOneP,  ///< One P, standard parameters: one of a known set.
    Fixed,        ///< Any number of Ps, standard parameters: one of a known set.
};

struct Scenario {
    std::string_view id;
    Text title;
    Text summary;  ///< One sentence: what to look for.
    std::string_view group;
    std::vector<Parameter> parameters = {};
    int standard_procs = 2;
    /// Ends other than Ok; the first that applies counts. A run may end well in spite of it.
    std::vector<End> ends = {};
    Outcomes outcomes = Outcomes::Open;
    bool real_only = false;
    bool full_level = false;  ///< Its lesson needs Level::Full.
    std::vector<Preset> presets = {};
};

/// The preset with that id, or null.
const Preset* preset_named(const Scenario& scenario, std::string_view id);

/// Reads --set texts, "name=value", into `values`. Errors: one line that names the
/// parameter, or those that there are.
Status read_sets(const Scenario& scenario,
                 const std::vector<std::string_view>& sets,
                 std::vector<std::int64_t>& values);

/// The standard values.
std::vector<std::int64_t> standard_values(const Scenario& scenario);

/// The number of a parameter, if the scenario has it.
std::optional<std::size_t> parameter_index(const Scenario& scenario, std::string_view name);

/// How a run with these values is expected to end. `policies`: one value for each, as in policy.h;
/// empty: Go's.
Expects expectation(const Scenario& scenario,
                    const std::vector<std::int64_t>& values,
                    const std::vector<std::int64_t>& policies = {});

/// Reads "5", "10ms", "on", a choice's word. Errors: names the parameter, its range and the text.
Result<std::int64_t> parse_value(const Parameter& parameter, std::string_view text);

/// What a parameter takes, in words: "on or off", "1 to 64".
std::string range_text(const Parameter& parameter);

/// The inverse of parse_value; a choice that does not exist is written as its number.
std::string value_text(const Parameter& parameter, std::int64_t value);

/// The storage of live values: in a run region's control page, or anywhere else that outlives the
/// run.
using ValueStore = std::array<std::atomic<std::int64_t>, kMaxParameters>;

/// Fills a store with the standard values.
void set_standard(const Scenario& scenario, ValueStore& store);

/// The values a scenario reads. Threads: any; a live value may change between two reads.
class Values {
 public:
    Values(const Scenario& scenario, const ValueStore& store)
        : scenario_(&scenario), store_(&store) {}

    /// The value now. Requires: the scenario declares `name`.
    [[nodiscard]] std::int64_t get(std::string_view name) const;

    [[nodiscard]] int count(std::string_view name) const { return static_cast<int>(get(name)); }

    [[nodiscard]] bool on(std::string_view name) const { return get(name) != 0; }

 private:
    const Scenario* scenario_;
    const ValueStore* store_;
};

}  // namespace golanes::catalog

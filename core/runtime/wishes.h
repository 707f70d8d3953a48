#pragma once
// Wishes: what the watcher of a run asks for on the control page, read as a list of changes.
#include <array>
#include <cstdint>
#include <vector>

#include "core/runtime/live_change.h"
#include "core/trace/region.h"

namespace golanes::rt {

/// Threads: the owner's.
class Wishes {
 public:
    /// What the run has already of what the page may ask for.
    using Policies = std::array<std::int64_t, trace::kControlPolicies>;

    /// `values`: the program's own copy of the parameters, whose changes are wishes then; null:
    /// they are not. `policies`: see RunSettings::policies_seen.
    Wishes(const trace::Control& control,
           trace::ControlValues* values,
           const Policies& policies = {});

    /// The number of Ps that is asked for; 0: none is.
    [[nodiscard]] std::uint32_t procs() const { return seen_.procs; }

    /// The number of CPUs that is asked for; 0: none is.
    [[nodiscard]] std::uint32_t cpus() const { return seen_.cpus; }

    [[nodiscard]] bool hold() const { return seen_.hold; }

    [[nodiscard]] bool stop() const { return seen_.stop; }

    /// Something is asked for that take() has not returned.
    [[nodiscard]] bool changed() const;
    /// What is new, in the order in which it is to be done: values, CPUs, policies, Ps, hold, stop.
    std::vector<LiveChange> take();

 private:
    // Single knobs are read relaxed: the acquire of Control::command came before.
    struct Page {
        std::uint32_t procs = 0;
        std::uint32_t cpus = 0;
        bool hold = false;
        bool stop = false;

        friend bool operator==(const Page&, const Page&) = default;
    };

    [[nodiscard]] Page read() const;
    [[nodiscard]] bool values_changed() const;
    void take_values(std::vector<LiveChange>& changes);
    [[nodiscard]] bool policies_changed() const;
    void take_policies(std::vector<LiveChange>& changes);

    const trace::Control* control_;
    trace::ControlValues* values_;
    std::array<std::int64_t, trace::kControlValues> seen_values_{};
    Policies seen_policies_;
    Page seen_;
};

}  // namespace golanes::rt

#pragma once
// StepOptions: where the command line wants a virtual run to stand: at a time, at an event of a
// kind, or wherever the person at the terminal says next.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.h"
#include "core/trace/region.h"

namespace CLI {
class App;
}

namespace golanes::app {

struct StepOptions {
    std::string until;        ///< A virtual time: "5ms".
    std::string until_event;  ///< A kind of event and how many of them: "go_start:3".
    bool talks = false;       ///< --step.

    [[nodiscard]] bool any() const { return talks || !until.empty() || !until_event.empty(); }
};

/// Declares the options on a verb.
void add_step_options(CLI::App& verb, StepOptions& options);

/// One step, as trace::request_step takes it.
struct StepRequest {
    trace::StepKind kind = trace::StepKind::UntilEvent;
    std::uint64_t argument = ~std::uint64_t{0};
    std::uint64_t count = 1;
};

/// The first step that the options ask for; with --step alone: the first event. Errors: one line
/// that says what is wrong and what it takes.
Result<StepRequest> first_step(const StepOptions& options);

/// To a virtual time since the run began. Errors: no duration, or a negative one.
Result<StepRequest> step_to_time(std::string_view text);

/// To the next event of a kind, by the name that `golanes dump` prints, "KIND" or "KIND:N".
/// Errors: one line; an unknown kind lists the known ones.
Result<StepRequest> step_to_event(std::string_view text);

}  // namespace golanes::app

#include "app/step_options.h"

#include <charconv>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "core/base/time.h"
#include "core/trace/event.h"

namespace golanes::app {
namespace {

// What the scheduler says while it runs; the others are said about it, from outside.
bool can_be_stood_at(const trace::EventInfo& info) {
    using trace::EventType;
    return info.type != EventType::None && info.type != EventType::Loss &&
           info.type != EventType::ReplayToken;
}

std::string known_kinds() {
    std::vector<std::string_view> names;
    for (const trace::EventInfo& info : trace::event_table()) {
        if (can_be_stood_at(info))
            names.push_back(info.name);
    }
    return fmt::format("{}", fmt::join(names, ", "));
}

Result<std::uint64_t> read_count(std::string_view text) {
    std::uint64_t count = 0;
    const char* end = text.data() + text.size();
    const auto [rest, code] = std::from_chars(text.data(), end, count);
    if (code != std::errc() || rest != end || count == 0)
        return Error{fmt::format("KIND:N takes the number of events, 1 or more, not \"{}\"", text)};
    return count;
}

}  // namespace

void add_step_options(CLI::App& verb, StepOptions& options) {
    verb.add_option(
        "--until", options.until, "Stop the virtual run at this virtual time, for example 5ms");
    verb.add_option("--until-event",
                    options.until_event,
                    "Stop the virtual run at the next event of a kind, KIND, or at the Nth, "
                    "KIND:N; kinds as golanes dump names them, for example go_start:3");
    verb.add_flag("--step",
                  options.talks,
                  "Go through the virtual run event by event, asked on stdin: Enter or n = next "
                  "event, n KIND = next event of that kind, t TIME = on to a virtual time, c = on "
                  "to the end, q = quit");
}

Result<StepRequest> step_to_time(std::string_view text) {
    const auto time = parse_duration(text);
    if (!time.ok())
        return time.error();
    if (time.value() < 0)
        return Error{fmt::format("\"{}\" is before the run begins", text)};
    return StepRequest{trace::StepKind::UntilTime, static_cast<std::uint64_t>(time.value())};
}

Result<StepRequest> step_to_event(std::string_view text) {
    const std::size_t colon = std::min(text.find(':'), text.size());
    const std::string_view kind = text.substr(0, colon);
    const auto type = trace::event_type_named(kind);
    if (!type || !can_be_stood_at(trace::info_of(*type)))
        return Error{
            fmt::format("there is no kind of event \"{}\"; there are: {}", kind, known_kinds())};
    StepRequest request{trace::StepKind::UntilEvent,
                        std::uint64_t{1} << static_cast<unsigned>(*type)};
    if (colon == text.size())
        return request;
    const auto count = read_count(text.substr(colon + 1));
    if (!count.ok())
        return count.error();
    request.count = count.value();
    return request;
}

Result<StepRequest> first_step(const StepOptions& options) {
    if (!options.until.empty() && !options.until_event.empty())
        return Error{"--until and --until-event are two places: give one of them"};
    if (options.until.empty() && options.until_event.empty())
        return StepRequest{};
    const bool to_time = !options.until.empty();
    auto request = to_time ? step_to_time(options.until) : step_to_event(options.until_event);
    if (!request.ok())
        return Error{(to_time ? "--until: " : "--until-event: ") + request.error().message};
    return request;
}

}  // namespace golanes::app

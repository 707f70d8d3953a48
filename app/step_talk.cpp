#include "app/step_talk.h"

#include <cstdio>
#include <iostream>
#include <string>

#include <fmt/format.h>
#include <unistd.h>

#include "core/base/time.h"
#include "core/export/event_line.h"

namespace golanes::app {
namespace {

constexpr std::uint64_t kMostLines = 20;  ///< Of one step.

// Writes the events that were not told yet.
class Teller {
 public:
    void tell(const recording::Snapshot& events) {
        names_ = *events.names;
        const std::uint64_t end = events.end_index();
        if (end - told_ > kMostLines)
            fmt::print("... {} events\n", end - told_ - kMostLines);
        for (std::uint64_t i = std::max(told_, events.first_index()); i < end; ++i) {
            lines_.learn(events.event(i));
            if (i + kMostLines >= end)
                print(events.event(i));
        }
        told_ = end;
    }

 private:
    void print(const trace::Event& event) const {
        fmt::memory_buffer line;
        lines_.append(line, event);
        fmt::print("{}\n", fmt::to_string(line));
    }

    trace::Names names_;
    exporting::EventLines lines_{names_};
    std::uint64_t told_ = 0;
};

struct Spoken {
    std::string verb;
    std::string rest;
};

Spoken split(const std::string& line) {
    const auto begin = line.find_first_not_of(" \t\r");
    if (begin == std::string::npos)
        return {"n", ""};
    const auto end = std::min(line.find_first_of(" \t\r", begin), line.size());
    const auto rest = line.find_first_not_of(" \t\r", end);
    if (rest == std::string::npos)
        return {line.substr(begin, end - begin), ""};
    const auto last = line.find_last_not_of(" \t\r");
    return {line.substr(begin, end - begin), line.substr(rest, last + 1 - rest)};
}

Result<StepRequest> request_of(const Spoken& spoken, TimeNs now) {
    if (spoken.verb == "n")
        return spoken.rest.empty() ? Result<StepRequest>(StepRequest{})
                                   : step_to_event(spoken.rest);
    if (spoken.verb != "t")
        return Error{fmt::format(
            "\"{}\" is no step; Enter or n = next event, n KIND = next event of that kind, "
            "t TIME = on to a virtual time, c = on to the end, q = quit",
            spoken.verb)};
    auto request = step_to_time(spoken.rest);
    if (request.ok() && request->argument < static_cast<std::uint64_t>(now))
        return Error{fmt::format("the run stands at {} already", format_duration(now))};
    return request;
}

bool next_line(std::string& line) {
    if (isatty(STDIN_FILENO) != 0)
        fmt::print("step> ");
    std::fflush(stdout);
    return static_cast<bool>(std::getline(std::cin, line));
}

}  // namespace

StepEnd talk_through(StepWatch& watch) {
    Teller teller;
    for (;;) {
        teller.tell(watch.events());
        fmt::print("at {}{}\n", format_duration(watch.now()), watch.is_over() ? ": the end" : "");
        if (watch.is_over())
            return StepEnd::LetGo;
        for (bool asked = false; !asked;) {
            std::string line;
            if (!next_line(line))
                return StepEnd::Stop;
            const Spoken spoken = split(line);
            if (spoken.verb == "q" || spoken.verb == "c")
                return spoken.verb == "q" ? StepEnd::Stop : StepEnd::LetGo;
            const auto request = request_of(spoken, watch.now());
            if (!request.ok()) {
                fmt::print("{}\n", request.error().message);
                continue;
            }
            watch.ask(request.value());
            asked = true;
        }
        if (!watch.stand())
            return StepEnd::LetGo;
    }
}

}  // namespace golanes::app

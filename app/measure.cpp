// What can be measured in a run: one function a measure, found by name.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "app/measured_run.h"
#include "core/base/time.h"

namespace golanes::app {
namespace {

using Text = std::optional<std::string>;  // nothing: the run has no such thing

model::Statistics statistics_of(const MeasuredRun& run) {
    return model::statistics(run.timeline, run.timeline.start(), run.timeline.end() + 1);
}

std::vector<std::string> log_lines(const MeasuredRun& run) {
    std::vector<std::string> lines;
    const recording::Snapshot& recording = run.timeline.recording();
    recording.for_each([&](const trace::Event& event) {
        if (event.type == trace::EventType::Log)
            lines.push_back(recording.names->string(static_cast<StringId>(event.arg)));
    });
    return lines;
}

Text outcome(const MeasuredRun& run) {
    const rt::Outcome& outcome = run.report.last.outcome;
    if (const auto* number = std::get_if<std::int64_t>(&outcome))
        return fmt::format("{}", *number);
    if (const auto* text = std::get_if<std::string>(&outcome))
        return *text;
    return std::nullopt;
}

Text status(const MeasuredRun& run) {
    return std::string(trace::run_status_text(run.report.last.status));
}

// On the run's own clock: of a virtual run exactly.
Text wall_ms(const MeasuredRun& run) {
    const DurationNs wall = run.report.last.wall_ns;
    return wall % kMillisecond == 0
               ? fmt::format("{}", wall / kMillisecond)
               : fmt::format("{:.1f}", static_cast<double>(wall) / kMillisecond);
}

Text max_running(const MeasuredRun& run) {
    return fmt::format("{}", statistics_of(run).max_running);
}

Text parallelism(const MeasuredRun& run) {
    return fmt::format("{:.2f}", statistics_of(run).parallelism);
}

Text overlap_ms(const MeasuredRun& run) {
    return fmt::format("{}", statistics_of(run).overlap_ns / kMillisecond);
}

Text goroutines(const MeasuredRun& run) {
    return fmt::format("{}", run.report.last.goroutines);
}

Text switches(const MeasuredRun& run) {
    return fmt::format("{}", statistics_of(run).switches);
}

Text steals(const MeasuredRun& run) {
    return fmt::format("{}", statistics_of(run).steals);
}

Text preemptions(const MeasuredRun& run) {
    return fmt::format("{}", statistics_of(run).preemptions);
}

Text machines(const MeasuredRun& run) {
    return fmt::format("{}", run.timeline.lanes(model::LaneKind::Machine).size());
}

Text cpus(const MeasuredRun& run) {
    return fmt::format("{}", run.timeline.recording().meta->cpus);
}

Text stack_kb(const MeasuredRun& run) {
    std::uint32_t most = 0;
    for (const auto& goroutine : run.timeline.goroutines(run.timeline.runs().back().number))
        most = std::max(most, goroutine.stack_bytes);
    return most == 0 ? Text() : fmt::format("{}", most / 1024);
}

// Of all goroutines but main: parked, not only without a P.
Text waiting_ms(const MeasuredRun& run) {
    DurationNs waiting = 0;
    for (const auto& goroutine : run.timeline.goroutines(run.timeline.runs().back().number))
        waiting += goroutine.id == 1 ? 0 : goroutine.waiting_ns;
    return fmt::format("{}", waiting / kMillisecond);
}

// Of the first time that a full queue gave half of itself away.
Text overflowed(const MeasuredRun& run) {
    Text moved;
    run.timeline.recording().for_each([&](const trace::Event& event) {
        if (!moved && event.type == trace::EventType::Move &&
            event.flags == static_cast<std::uint8_t>(trace::MoveReason::Overflow))
            moved = fmt::format("{}", event.seq);
    });
    return moved;
}

// The last word of each line of the log.
Text order(const MeasuredRun& run) {
    std::string words;
    for (const std::string& line : log_lines(run))
        words += (words.empty() ? "" : " ") + line.substr(line.rfind(' ') + 1);
    return words.empty() ? Text() : words;
}

// Where main stood and waited when the run was over.
Text blocked_line(const MeasuredRun& run) {
    const auto main = run.timeline.goroutine(run.timeline.runs().back().number, 1);
    if (!main)
        return std::nullopt;
    const auto place = run.timeline.recording().names->place(main->where);
    return place.line == 0 ? Text() : fmt::format("{}", place.line);
}

Text checks(const MeasuredRun& run) {
    const auto& all = run.report.last.checks;
    const auto hold =
        std::count_if(all.begin(), all.end(), [](const rt::CheckResult& c) { return c.holds; });
    return fmt::format("{} of {}", hold, all.size());
}

struct Measure {
    std::string_view name;
    Text (*function)(const MeasuredRun&);
};

constexpr std::array kMeasures{Measure{"outcome", &outcome},
                               Measure{"status", &status},
                               Measure{"wall_ms", &wall_ms},
                               Measure{"max_running", &max_running},
                               Measure{"parallelism", &parallelism},
                               Measure{"overlap_ms", &overlap_ms},
                               Measure{"goroutines", &goroutines},
                               Measure{"switches", &switches},
                               Measure{"steals", &steals},
                               Measure{"preemptions", &preemptions},
                               Measure{"machines", &machines},
                               Measure{"cpus", &cpus},
                               Measure{"stack_kb", &stack_kb},
                               Measure{"waiting_ms", &waiting_ms},
                               Measure{"overflowed", &overflowed},
                               Measure{"order", &order},
                               Measure{"blocked_line", &blocked_line},
                               Measure{"checks", &checks}};

// The number behind these words in the first line that has them.
Text said(const MeasuredRun& run, std::string_view words) {
    constexpr std::string_view kDigits = "0123456789";
    for (const std::string& line : log_lines(run)) {
        const auto at = line.find(words);
        if (at == std::string::npos)
            continue;
        const auto begin = line.find_first_of(kDigits, at + words.size());
        if (begin == std::string::npos)
            continue;
        return line.substr(begin, line.find_first_not_of(kDigits, begin) - begin);
    }
    return std::nullopt;
}

Text distinct(const MeasuredRun& run, std::string_view word) {
    std::set<std::string> found;
    const std::string before = std::string(word) + " ";
    for (const std::string& line : log_lines(run)) {
        const auto at = line.find(before);
        if (at != std::string::npos)
            found.insert(
                line.substr(at + before.size(),
                            line.find_first_of(" ,", at + before.size()) - (at + before.size())));
    }
    return found.empty() ? Text() : fmt::format("{}", found.size());
}

}  // namespace

Result<std::string> measure(std::string_view what, const MeasuredRun& run) {
    constexpr std::string_view kSaid = "said ";
    constexpr std::string_view kDistinct = "distinct ";
    Text text;
    if (what.starts_with(kSaid)) {
        text = said(run, what.substr(kSaid.size()));
    } else if (what.starts_with(kDistinct)) {
        text = distinct(run, what.substr(kDistinct.size()));
    } else {
        const auto* const found =
            std::find_if(kMeasures.begin(), kMeasures.end(), [&](const Measure& each) {
                return each.name == what;
            });
        if (found == kMeasures.end())
            return Error{fmt::format("there is no measure \"{}\"", what)};
        text = found->function(run);
    }
    if (!text)
        return Error{fmt::format(
            "the run of {} has nothing to measure by \"{}\"", run.plan.entry->scenario->id, what)};
    return *text;
}

}  // namespace golanes::app

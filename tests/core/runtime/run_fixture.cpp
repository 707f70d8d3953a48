#include "tests/core/runtime/run_fixture.h"

#include <csignal>
#include <cstring>
#include <iterator>
#include <thread>

#include <fmt/format.h>
#include <unistd.h>

#include "app/recorder.h"
#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/export/event_line.h"
#include "tests/core/runtime/ledger.h"

namespace golanes::test {
namespace {

constexpr unsigned kHangSeconds = 60;

char running_test[256];

void on_alarm(int /*signal*/) {
    [[maybe_unused]] auto written = ::write(STDERR_FILENO, running_test, std::strlen(running_test));
    std::abort();
}

DurationNs slice_of(const RunRequest& request) {
    if (request.slice != 0)
        return request.slice;
    return request.engine == EngineKind::Real && request.procs == 1 ? kSecond : 10 * kMillisecond;
}

rt::RunSettings settings_of(const RunRequest& request) {
    rt::RunSettings settings;
    settings.scheduler.procs = request.procs;
    settings.scheduler.seed = request.seed;
    settings.scheduler.global_tick = request.global_tick;
    settings.scheduler.stealing = request.stealing;
    settings.scheduler.runnext = request.runnext;
    settings.scheduler.slice = slice_of(request);
    settings.costs = request.costs;
    settings.is_virtual = request.engine == EngineKind::Virtual;
    settings.timeout = request.timeout;
    settings.cpus = request.cpus;
    if (request.tune)
        request.tune(settings);
    return settings;
}

// The events of a recording around one that came out of order, that one marked.
std::string events_around(const recording::Snapshot& recording, std::uint64_t index) {
    constexpr std::uint64_t kReach = 12;
    exporting::EventLines lines(*recording.names);
    fmt::memory_buffer text;
    std::uint64_t i = 0;
    recording.for_each([&](const trace::Event& event) {
        if (i + kReach >= index && i <= index + kReach) {
            fmt::format_to(std::back_inserter(text), "\n{}{} ", i == index ? "> " : "  ", i);
            lines.append(text, event);
        }
        ++i;
    });
    return fmt::to_string(text);
}

// What held an event back is known to the orderer only.
void tell_overdue(const app::Recorder& recorder, const recording::Snapshot& recording) {
    for (const trace::Overdue& overdue : recorder.overdue())
        ADD_FAILURE() << trace::overdue_text(overdue)
                      << "\nIn the recording:" << events_around(recording, overdue.index);
}

}  // namespace

Watchdog::Watchdog() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    std::snprintf(running_test,
                  sizeof running_test,
                  "hangs: %s.%s\n",
                  info == nullptr ? "" : info->test_suite_name(),
                  info == nullptr ? "" : info->name());

    struct sigaction action {};

    action.sa_handler = on_alarm;
    action.sa_flags = SA_ONSTACK;  // it may hit a goroutine's small stack
    sigaction(SIGALRM, &action, nullptr);
    alarm(kHangSeconds);
}

Watchdog::~Watchdog() {
    alarm(0);
}

void expect_orderly(const recording::Snapshot& recording, const model::Timeline& timeline) {
    const recording::Honesty& honesty = recording.honesty;
    EXPECT_EQ(honesty.lost, 0U);
    EXPECT_EQ(honesty.unordered, 0U);
    EXPECT_EQ(honesty.shed, 0U);
    EXPECT_EQ(timeline.violations(), 0U)
        << (timeline.violation_texts().empty() ? "" : timeline.violation_texts().front());
    Ledger ledger;
    recording.for_each([&](const trace::Event& event) { ledger.add(event); });
    EXPECT_EQ(ledger.complaint(), "");
}

void expect_ok(const RunResult& result) {
    EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
    for (const auto& check : result.report.checks)
        EXPECT_TRUE(check.holds) << check.what;
}

RunResult run(const RunRequest& request, std::function<void()> main) {
    const bool is_virtual = request.engine == EngineKind::Virtual;
    trace::RegionOptions options;
    options.rings = 128;
    options.ring_events = 1U << 18;  // a busy machine may let the recorder wait for 100 ms
    auto region = trace::RunRegion::create_anonymous(
        options, is_virtual ? TickClock{} : process_tick_clock());
    GOLANES_CHECK(region.ok(), "memory for a run region");
    if (request.wanted_procs != 0)
        rt::request_procs(region->control(), request.wanted_procs);
    app::Recorder recorder(region.value(), {}, {});
    recorder.start();
    RunResult result;
    {
        rt::RunHost host(region.value(), request.level, is_virtual, request.stacks);
        std::thread beside;
        std::atomic<bool> over{false};
        if (request.beside)
            beside = std::thread([&] { request.beside(region->control(), over); });
        result.report = rt::run_program(host, settings_of(request), std::move(main));
        over = true;
        if (beside.joinable())
            beside.join();
    }
    recorder.stop();
    result.recording = recorder.snapshot();
    result.timeline = recorder.timeline();
    EXPECT_FALSE(result.report.is_stuck) << result.report.message;
    if (request.expected_drops != kAnyDrops) {
        // One that a signal cut off on a slow machine, when main returned, is no surprise.
        const rt::Drops& drops = result.report.drops;
        EXPECT_GE(drops.all, request.expected_drops);
        EXPECT_LE(drops.all - drops.cut_off, request.expected_drops);
    }
    tell_overdue(recorder, result.recording);
    expect_orderly(result.recording, result.timeline);
    return result;
}

std::vector<trace::Event> RunResult::events() const {
    std::vector<trace::Event> all;
    recording.for_each([&](const trace::Event& event) { all.push_back(event); });
    return all;
}

std::size_t RunResult::count(trace::EventType type) const {
    std::size_t number = 0;
    recording.for_each([&](const trace::Event& event) { number += event.type == type ? 1 : 0; });
    return number;
}

std::vector<std::string> RunResult::lines() const {
    std::vector<std::string> all;
    recording.for_each([&](const trace::Event& event) {
        if (event.type == trace::EventType::Log)
            all.push_back(recording.names->string(static_cast<StringId>(event.arg)));
    });
    return all;
}

std::string RunResult::words() const {
    std::string text;
    for (const std::string& line : lines())
        text += (text.empty() ? "" : " ") + line;
    return text;
}

std::int64_t RunResult::number() const {
    const auto* value = std::get_if<std::int64_t>(&report.outcome);
    return value != nullptr ? *value : -1;
}

std::string in_tree(std::string text) {
    for (std::size_t at = text.find("\n\t/"); at != std::string::npos;
         at = text.find("\n\t/", at)) {
        const std::size_t tests = text.find("/tests/", at);
        text.erase(at + 2, tests == std::string::npos ? 1 : tests + 1 - (at + 2));
    }
    return text;
}

std::string RunResult::headline() const {
    return report.message.substr(0, report.message.find("\n\n"));
}

std::uint64_t RunResult::logical_hash() const {
    std::uint64_t hash = 0;
    recording.for_each([&](const trace::Event& event) {
        if (trace::info_of(event.type).nature != trace::Nature::Logical)
            return;
        for (const std::uint64_t part : {static_cast<std::uint64_t>(event.type),
                                         std::uint64_t{event.a},
                                         std::uint64_t{event.seq},
                                         std::uint64_t{event.flags},
                                         std::uint64_t{event.p},
                                         std::uint64_t{event.where},
                                         event.arg,
                                         event.time})
            hash = mix64(hash ^ part);
    });
    return hash;
}

}  // namespace golanes::test

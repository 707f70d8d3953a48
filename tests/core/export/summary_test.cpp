// The summary of a recording counts what is there.
#include "core/export/summary.h"

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "core/trace/event.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::exporting {
namespace {

using trace::Event;
using trace::EventType;

/// Two runs: one ends well, one in a deadlock.
std::vector<Event> two_runs() {
    return {{.time = 10, .a = 1, .type = EventType::RunBegin, .arg = 42},
            {.time = 11, .a = 1, .type = EventType::MachineCreate, .p = 0},
            {.time = 12, .a = 1, .seq = 1, .type = EventType::GoCreate, .p = 0},
            {.time = 13, .a = 2, .seq = 1, .type = EventType::GoCreate, .p = 1},
            {.time = 14, .a = 1, .type = EventType::RunEnd, .flags = 1},
            {.time = 20, .a = 2, .type = EventType::RunBegin, .arg = 42},
            {.time = 21, .a = 3, .type = EventType::ProcCount, .arg = 2},
            {.time = 22, .a = 1, .seq = 1, .type = EventType::GoCreate, .p = 0},
            {.time = 23, .a = 2, .type = EventType::ProcStart, .p = 1},
            {.time = 30, .a = 2, .type = EventType::RunEnd, .flags = 2}};
}

TEST(SummaryTest, CountsRunsGoroutinesProcsAndThreads) {
    const Summary summary = summarize(recording::test::snapshot_of(two_runs()));
    EXPECT_EQ(summary.events, 10U);
    EXPECT_EQ(summary.runs, 2U);
    EXPECT_EQ(summary.goroutines, 3U);
    EXPECT_EQ(summary.procs, 3U);
    EXPECT_EQ(summary.threads, 2U);
    EXPECT_EQ(summary.start_ns, 10);
    EXPECT_EQ(summary.end_ns, 30);
    EXPECT_EQ(summary.status, "deadlock");
    EXPECT_EQ(summary.events_by_kind.at("go_create"), 3U);
}

TEST(SummaryTest, EventsByKindAddUpAndUnknownKindsAreNumbered) {
    auto events = two_runs();
    events.push_back({.type = static_cast<EventType>(222)});
    const Summary summary = summarize(recording::test::snapshot_of(events));
    std::uint64_t sum = 0;
    for (const auto& [name, count] : summary.events_by_kind)
        sum += count;
    EXPECT_EQ(sum, summary.events);
    EXPECT_EQ(summary.events_by_kind.at("type#222"), 1U);
}

TEST(SummaryTest, ARunWhoseBeginningWasShedIsCounted) {
    auto events = two_runs();
    events.erase(events.begin());
    EXPECT_EQ(summarize(recording::test::snapshot_of(events)).runs, 2U);
}

TEST(SummaryTest, ARunStillGoingOnIsRunning) {
    auto events = two_runs();
    events.pop_back();
    EXPECT_EQ(summarize(recording::test::snapshot_of(events)).status, "running");
}

nlohmann::json json_of(const std::vector<Event>& events) {
    return nlohmann::json::parse(summary_json(summarize(recording::test::snapshot_of(events))));
}

TEST(SummaryTest, JsonHasTheKeysScriptsRelyOn) {
    const auto json = json_of({});
    for (const char* key : {"source",
                            "version",
                            "events",
                            "events_by_kind",
                            "goroutines",
                            "procs",
                            "threads",
                            "start_ns",
                            "end_ns",
                            "lost",
                            "warnings",
                            "scenario",
                            "engine",
                            "seed"})
        EXPECT_TRUE(json.contains(key)) << key;
}

TEST(SummaryTest, JsonHoldsTheRecordingsOwnValues) {
    const auto json = json_of(two_runs());
    EXPECT_EQ(json["scenario"], "letters");
    EXPECT_EQ(json["seed"], UINT64_MAX);
    EXPECT_EQ(json["version"], 1);
    EXPECT_EQ(json["lost"], 3);
    EXPECT_EQ(json["warnings"], (std::vector<std::string>{"one", "two\nlines"}));
    EXPECT_EQ(json["events_by_kind"]["run_begin"], 2);
}

TEST(SummaryTest, TextNamesTheScenarioTheLossAndEveryKind) {
    const std::string text = summary_text(summarize(recording::test::snapshot_of(two_runs())));
    EXPECT_NE(text.find("letters, virtual engine, seed 18446744073709551615"), std::string::npos)
        << text;
    EXPECT_NE(text.find("3 lost, 0 shed, 2 clamped, 1 unordered"), std::string::npos) << text;
    EXPECT_NE(text.find("two\\nlines"), std::string::npos) << text;
    EXPECT_NE(text.find("go_create"), std::string::npos) << text;
}

TEST(SummaryTest, AnEmptyRecordingHasASummary) {
    const Summary summary = summarize(recording::Snapshot{});
    EXPECT_EQ(summary.events, 0U);
    EXPECT_FALSE(summary_text(summary).empty());
    EXPECT_EQ(nlohmann::json::parse(summary_json(summary))["events_by_kind"],
              nlohmann::json::object());
}

}  // namespace
}  // namespace golanes::exporting

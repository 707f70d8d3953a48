// The text of a recording: every field of every event can be read back from its line.
#include "core/export/text.h"

#include <cstdlib>
#include <optional>
#include <random>
#include <sstream>

#include <gtest/gtest.h>

#include "core/trace/event.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::exporting {
namespace {

using recording::Snapshot;
using trace::Event;
using trace::EventType;

std::string text_of(const Snapshot& snapshot, const TextRange& range = {}) {
    std::FILE* file = std::tmpfile();
    EXPECT_TRUE(write_text(snapshot, range, file));
    std::string text(static_cast<std::size_t>(std::ftell(file)), '\0');
    std::rewind(file);
    EXPECT_EQ(std::fread(text.data(), 1, text.size(), file), text.size());
    std::fclose(file);
    return text;
}

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream in(text);
    for (std::string line; std::getline(in, line);)
        lines.push_back(line);
    return lines;
}

/// The lines after the declarations.
std::vector<std::string> event_lines(const Snapshot& snapshot, const TextRange& range = {}) {
    std::vector<std::string> lines = lines_of(text_of(snapshot, range));
    std::size_t first = 0;
    while (!lines[first].starts_with("events "))
        ++first;
    lines.erase(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(first) + 1);
    return lines;
}

std::uint64_t number(const std::string& text) {
    return std::stoull(text);
}

void set_field(Event& event, const std::string& key, const std::string& value) {
    if (key == "g" || key == "m" || key == "a")
        event.a = static_cast<std::uint32_t>(number(value));
    else if (key == "seq")
        event.seq = static_cast<std::uint32_t>(number(value));
    else if (key == "flags")
        event.flags = static_cast<std::uint8_t>(number(value));
    else if (key == "where")
        event.where = static_cast<PlaceId>(number(value));
    else if (const auto colon = value.find(':'); key == "arg" && colon != std::string::npos)
        event.arg = trace::pack_pair(static_cast<std::uint32_t>(number(value.substr(0, colon))),
                                     static_cast<std::uint32_t>(number(value.substr(colon + 1))));
    else if (key == "arg")
        event.arg = number(value);
    else
        ADD_FAILURE() << "unknown key " << key;
}

EventType type_named(const std::string& name) {
    if (name.starts_with("type#"))
        return static_cast<EventType>(number(name.substr(5)));
    return trace::event_type_named(name).value_or(EventType::None);
}

/// Reads an event back from the part of its line before the '#'.
Event parse_line(const std::string& line) {
    Event event;
    std::istringstream in(line.substr(0, line.find("  # ")));
    std::string time;
    std::string p;
    std::string cpu;
    std::string name;
    in >> time >> p >> cpu >> name;
    const auto point = time.find('.');
    event.time = number(time.substr(0, point)) * 1'000'000 + number(time.substr(point + 1, 6));
    event.p = p == "P-" ? kNoProc : static_cast<ProcId>(number(p.substr(1)));
    event.cpu = cpu == "cpu-" ? kNoCpu : static_cast<CpuId>(number(cpu.substr(3)));
    event.type = type_named(name);
    for (std::string field; in >> field;)
        set_field(event, field.substr(0, field.find('=')), field.substr(field.find('=') + 1));
    return event;
}

std::string line_of(const Event& event) {
    return event_lines(recording::test::snapshot_of({event})).at(0);
}

TEST(TextTest, EveryFieldOfRandomEventsCanBeReadBack) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const auto events = recording::test::random_events(5'000, seed);
    const auto lines = event_lines(recording::test::snapshot_of(events));
    ASSERT_EQ(lines.size(), events.size());
    for (std::size_t i = 0; i < events.size(); ++i)
        ASSERT_TRUE(parse_line(lines[i]) == events[i]) << lines[i];
}

TEST(TextTest, AStartSaysQueueNameAndPlace) {
    const Event create{.time = 5,
                       .a = 7,
                       .seq = 1,
                       .type = EventType::GoCreate,
                       .flags = 2,
                       .cpu = 1,
                       .p = 0,
                       .where = 1,
                       .arg = trace::pack_pair(1, 12)};
    const Event start{.time = 12'345'678,
                      .a = 7,
                      .seq = 2,
                      .type = EventType::GoStart,
                      .flags = 6,
                      .cpu = 1,
                      .p = 0,
                      .where = 3,
                      .arg = 12};
    const auto lines = event_lines(recording::test::snapshot_of({create, start}));
    EXPECT_EQ(lines.at(0),
              "0.000005ms  P0 cpu1  go_create  g=7 seq=1 flags=2 arg=1:12 where=1  # \"worker 3\" "
              "to ring[12] by main at "
              "scenarios/letters.cpp:31");
    EXPECT_EQ(lines.at(1),
              "12.345678ms  P0 cpu1  go_start  g=7 seq=2 flags=6 arg=0:12 where=3  # \"worker 3\" "
              "from ring[12], inherits the "
              "time slice at scenarios/letters.cpp:7");
}

TEST(TextTest, ReasonsQueuesAndStringsAreSaidInWords) {
    EXPECT_TRUE(line_of({.a = 2, .type = EventType::GoBlock, .flags = 1, .arg = 4})
                    .ends_with("# G2 chan receive on object 4"));
    EXPECT_TRUE(line_of({.a = 2, .type = EventType::GoStop, .flags = 0x21, .arg = 3})
                    .ends_with("# G2 to global[3], preempted"));
    EXPECT_TRUE(line_of({.type = EventType::RunEnd, .flags = 2}).ends_with("# deadlock \"\""));
    EXPECT_TRUE(line_of({.a = 1, .type = EventType::Log, .arg = 2})
                    .ends_with("# main \"say \\\"hi\\\"\\n\""));
    EXPECT_TRUE(line_of({.a = (pack(trace::QueueId{trace::QueueKind::Ring, 1}) << 16U) |
                              pack(trace::QueueId{trace::QueueKind::Ring, 0}),
                         .seq = 3,
                         .type = EventType::Move,
                         .flags = 1,
                         .arg = trace::pack_pair(5, 9)})
                    .ends_with("# steal: 3 from P1 ring[5] to P0 ring[9]"));
    EXPECT_TRUE(line_of({.a = 1, .type = EventType::Outcome, .arg = static_cast<std::uint64_t>(-5)})
                    .ends_with("# main result -5"));
}

TEST(TextTest, SelectAndLocksAreSaidInWords) {
    const auto said = [](Event event, std::uint64_t arg) {
        event.a = 2;
        event.arg = arg;
        const std::string line = line_of(event);
        return line.substr(line.find("# G2") + 4);
    };
    const std::uint64_t pair = trace::pack_pair(4, 3);
    EXPECT_EQ(said({.type = EventType::LockAcquire, .flags = 3}, pair),
              " as a reader by hand-over on object 4");
    EXPECT_EQ(said({.type = EventType::WaitGroupAdd}, pair), " 3 to go on object 4");
    EXPECT_EQ(said({.type = EventType::CondSignal, .flags = 1}, pair),
              " broadcast wakes 3 on object 4");
    EXPECT_EQ(said({.seq = 1, .type = EventType::SelectCase, .flags = 1}, 4),
              " case 1: send on object 4");
    EXPECT_EQ(said({.seq = 2, .type = EventType::SelectPick, .flags = 1}, 4),
              " case 2 after waiting on object 4");
}

TEST(TextTest, AStackThatGrowsIsUsedAgainOrShrinksIsSaidInWords) {
    const auto said = [](trace::StackChange change) {
        const std::string line = line_of({.a = 2,
                                          .type = EventType::StackSize,
                                          .flags = static_cast<std::uint8_t>(change),
                                          .arg = trace::pack_pair(4096, 8192)});
        return line.substr(line.find("# G2") + 4);
    };
    EXPECT_EQ(said(trace::StackChange::Grown), " grows its stack from 4096 to 8192 bytes");
    EXPECT_EQ(said(trace::StackChange::Reused),
              " begins on a stack of 8192 bytes that had grown before");
    EXPECT_EQ(said(trace::StackChange::Shrunk), " had a stack of 4096 bytes, 8192 are kept");
}

TEST(TextTest, ATimerThatWakesAGoroutineIsNamed) {
    EXPECT_TRUE(line_of({.a = 2, .type = EventType::GoUnblock, .flags = 3})
                    .ends_with("# G2 to runnext by a timer"));
}

TEST(TextTest, AnEventWithoutWordsHasNoComment) {
    EXPECT_EQ(line_of({.time = 1, .a = 3, .type = EventType::SpinBegin}),
              "0.000001ms  P- cpu-  spin_begin  m=3");
}

TEST(TextTest, AnUnknownTypeKeepsItsNumber) {
    EXPECT_EQ(line_of({.time = 1, .a = 3, .type = static_cast<EventType>(200)}),
              "0.000001ms  P- cpu-  type#200  a=3");
}

TEST(TextTest, GoroutineNamesEndWithTheirRun) {
    const Event create{.a = 7, .type = EventType::GoCreate, .where = 1};
    const Event begin{.a = 2, .type = EventType::RunBegin};
    const Event end{.a = 7, .type = EventType::GoEnd};
    const auto lines = event_lines(recording::test::snapshot_of({create, end, begin, end}));
    EXPECT_TRUE(lines.at(1).ends_with("# \"worker 3\""));
    EXPECT_TRUE(lines.at(3).ends_with("# G7"));
}

TEST(TextTest, ARangeHoldsItsStartAndNotItsEnd) {
    std::vector<Event> events;
    for (std::uint64_t t = 0; t < 10; ++t)
        events.push_back({.time = t, .type = EventType::Log});
    const auto lines = event_lines(recording::test::snapshot_of(events), {.from = 3, .to = 5});
    ASSERT_EQ(lines.size(), 2U);
    EXPECT_TRUE(lines[0].starts_with("0.000003ms"));
}

TEST(TextTest, NamesBeforeTheRangeAreStillKnown) {
    const Event create{.time = 1, .a = 7, .type = EventType::GoCreate, .where = 1};
    const Event end{.time = 9, .a = 7, .type = EventType::GoEnd};
    EXPECT_TRUE(event_lines(recording::test::snapshot_of({create, end}), {.from = 5})
                    .at(0)
                    .ends_with("# \"worker 3\""));
}

TEST(TextTest, TheHeadDeclaresFactsAndNames) {
    const auto lines = lines_of(text_of(recording::test::snapshot_of({})));
    EXPECT_EQ(lines[0],
              "# golanes text 1: declarations, then one event a line; what follows a # explains");
    EXPECT_EQ(lines[1],
              "meta source=\"golanes\" scenario=\"letters\" title=\"Letters, 字母\" "
              "engine=\"virtual\" seed=18446744073709551615 "
              "procs=2 cpus=4 level=\"full\"");
    EXPECT_EQ(lines[3], "parameter name=\"tasks\" value=\"10\"");
    EXPECT_EQ(lines[5], "honesty lost=3 shed=0 clamped=2 unordered=1");
    EXPECT_EQ(lines[7], "warning \"two\\nlines\"");
    EXPECT_EQ(lines[9], "string 2 \"say \\\"hi\\\"\\n\"");
    EXPECT_EQ(
        lines[12],
        "place 1 file=\"scenarios/letters.cpp\" line=31 function=\"letters\" label=\"worker 3\"");
    EXPECT_EQ(lines.back(), "events first=0 count=0");
}

TEST(TextTest, QuotingKeepsOneLine) {
    EXPECT_EQ(quoted_text(std::string("a\"b\\c\nd\te\0", 10)), "\"a\\\"b\\\\c\\nd\\x09e\\x00\"");
}

TEST(TextTest, AFullDiskIsAnError) {
    std::FILE* full = std::fopen("/dev/full", "w");
    ASSERT_NE(full, nullptr);
    const Status written = write_text(recording::test::snapshot_of({}), {}, full);
    std::fclose(full);
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().message, "the text cannot be written (No space left on device)");
}

}  // namespace
}  // namespace golanes::exporting

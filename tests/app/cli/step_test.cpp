// run --until, --until-event, --step: a virtual run goes on to a place and stands, or ends, there.
#include <algorithm>
#include <cstdint>
#include <sstream>
#include <vector>

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

namespace golanes::test {
namespace {

using Json = nlohmann::json;

const std::string kRun = "run alternate --engine virtual --seed 7 --procs 2 ";

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line);
    return lines;
}

// The events of a run as `golanes dump` writes them.
std::vector<std::string> dumped(const std::string& arguments, const std::string& name) {
    const std::string file = temporary_path(name);
    EXPECT_EQ(golanes(arguments + "--force --record " + file).code, 0);
    std::vector<std::string> events;
    bool declarations = true;
    for (const std::string& line : lines_of(golanes("dump " + file).out)) {
        if (!declarations && line.find("  replay_token  ") == std::string::npos)
            events.push_back(line);
        declarations = declarations && line.rfind("events first=", 0) != 0;
    }
    return events;
}

std::int64_t count_of(const std::vector<std::string>& events, const std::string& kind) {
    return std::count_if(events.begin(), events.end(), [&](const std::string& line) {
        return line.find("  " + kind) != std::string::npos;
    });
}

TEST(StepTest, UntilStopsThereAndSaysSoWithTheToken) {
    const Said said = golanes(kRun + "--until 60ms");
    EXPECT_EQ(said.code, 0) << said.err;
    const std::vector<std::string> lines = lines_of(said.out);
    const auto told = std::find_if(lines.begin(), lines.end(), [](const std::string& line) {
        return line.rfind("stopped at 60", 0) == 0;
    });
    ASSERT_NE(told, lines.end()) << said.out;
    EXPECT_NE(told->find("(--until 60ms): gl"), std::string::npos) << *told;
    const std::string token = told->substr(told->rfind(' ') + 1);
    const Said again = golanes("run --replay " + token);
    EXPECT_EQ(again.code, 0) << again.err;
    EXPECT_NE(again.out.find("alternate: stopped"), std::string::npos) << again.out;
}

TEST(StepTest, UntilRecordsNothingBeyond) {
    const auto events = dumped(kRun + "--until 60ms ", "until.golanes");
    const auto whole = dumped(kRun, "whole.golanes");
    ASSERT_GT(events.size(), 10U);
    ASSERT_LT(count_of(events, "go_start"), count_of(whole, "go_start"));
    EXPECT_EQ(events[8], whole[8]) << "the same run";
    EXPECT_EQ(Json::parse(golanes(kRun + "--until 60ms --json").out)["status"], "stopped");
}

TEST(StepTest, UntilTheNthEventOfAKindStopsBehindIt) {
    for (const int n : {1, 2, 5}) {
        const auto events =
            dumped(kRun + "--until-event go_start:" + std::to_string(n) + " ", "nth.golanes");
        EXPECT_EQ(count_of(events, "go_start"), n);
        EXPECT_EQ(count_of(events, "world_stop"), 1) << "it was stopped";
    }
    EXPECT_EQ(count_of(dumped(kRun + "--until-event go_start ", "one.golanes"), "go_start"), 1);
}

TEST(StepTest, ARunThatEndsBeforeSaysSo) {
    const Said said = golanes(kRun + "--until 10s");
    EXPECT_EQ(said.code, 0);
    EXPECT_NE(said.out.find("the run ended before --until 10s\n"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("alternate: ok"), std::string::npos) << said.out;
    const Said never = golanes(kRun + "--until-event chan_close");
    EXPECT_NE(never.out.find("the run ended before --until-event chan_close\n"), std::string::npos);
}

// Every answer to an Enter is the next line of the dump.
TEST(StepTest, EnterGoesThroughTheEventsOfTheDump) {
    const auto whole = dumped(kRun, "whole.golanes");
    const Said said = golanes(kRun + "--step", "\nn\n\n n \n");
    EXPECT_EQ(said.code, 0) << said.err;
    const auto lines = lines_of(said.out);
    ASSERT_GT(lines.size(), 10U);
    for (std::size_t i = 0; i < 5; ++i) {
        EXPECT_EQ(lines[2 * i], whole[i]);
        EXPECT_EQ(lines[2 * i + 1], "at 0 ns");
    }
    EXPECT_EQ(lines[10].rfind("stopped at 0 ns, after 5 events (q): gl", 0), 0U)
        << "the end of stdin quits: " << lines[10];
}

TEST(StepTest, AKindATimeAndTheEndAreReached) {
    const Said said = golanes(kRun + "--step", "n go_start:2\nt 60ms\nn go_stop\nc\n");
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("\nat 60.0 ms\n"), std::string::npos) << said.out;
    const auto lines = lines_of(said.out);
    std::int64_t starts = 0;
    for (std::size_t i = 0; i < lines.size() && lines[i] != "at 60.0 ms"; ++i)
        starts += lines[i].find("  go_start  ") != std::string::npos ? 1 : 0;
    EXPECT_GE(starts, 2);
    EXPECT_NE(said.out.find("alternate: ok"), std::string::npos) << "c goes on to the end";
}

TEST(StepTest, SteppingMakesTheSameRun) {
    const Said free = golanes(kRun + "--json");
    const std::string file = temporary_path("stepped.golanes");
    const Said stepped =
        golanes(kRun + "--step --force --record " + file, "n\nn log\nt 30ms\nn go_block\nc\n");
    EXPECT_EQ(stepped.code, 0) << stepped.err;
    const Json info = Json::parse(golanes("info --json " + file).out);
    EXPECT_EQ(info["replay"], Json::parse(free.out)["replay"]);
    EXPECT_EQ(info["events"], Json::parse(free.out)["events"]);
}

TEST(StepTest, AWordThatIsNoStepIsAnsweredInOneLine) {
    const Said said = golanes(kRun + "--step", "x\nn lunch\nt soon\nt 5ms\nt 1ms\nq\n");
    EXPECT_EQ(said.code, 0);
    EXPECT_NE(said.out.find("\n\"x\" is no step; Enter or n = next event"), std::string::npos);
    EXPECT_NE(said.out.find("\nthere is no kind of event \"lunch\""), std::string::npos);
    EXPECT_NE(said.out.find("\nthe run stands at 5.00 ms already\n"), std::string::npos)
        << said.out;
    EXPECT_NE(said.out.find(" (q): gl"), std::string::npos);
}

TEST(StepTest, TheLastEventIsTheEnd) {
    const Said said = golanes(kRun + "--step", "n run_end\n");
    EXPECT_EQ(said.code, 0);
    EXPECT_NE(said.out.find(": the end\n"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("alternate: ok"), std::string::npos) << said.out;
}

TEST(StepTest, StepsWorkOnATokenToo) {
    const std::string token = Json::parse(golanes(kRun + "--json").out)["replay"];
    const Said said = golanes("run --until-event go_start:3 --replay " + token);
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("(--until-event go_start:3): gl"), std::string::npos) << said.out;
}

TEST(StepTest, TheHelpTellsOfSteps) {
    const std::string help = golanes("run --help").out;
    for (const char* words : {"--until ", "--until-event ", "--step ", "n KIND", "t TIME"})
        EXPECT_NE(help.find(words), std::string::npos) << words;
}

}  // namespace
}  // namespace golanes::test

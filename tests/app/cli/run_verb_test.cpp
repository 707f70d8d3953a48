// run, info, dump, list, doctor: what they print and with which code they end.
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <sstream>

#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

namespace golanes::test {
namespace {

using Json = nlohmann::json;

Json json_of(const std::string& arguments, int code = 0) {
    const Said said = golanes(arguments);
    EXPECT_EQ(said.code, code) << said.err;
    return Json::parse(said.out, nullptr, false);
}

TEST(RunVerbTest, JsonHasTheKeysOfTheContract) {
    const Json json = json_of("run alternate --engine virtual --seed 7 --json");
    for (const char* key : {"status",
                            "scenario",
                            "engine",
                            "procs",
                            "cpus",
                            "seed",
                            "level",
                            "wall_ns",
                            "cpu_ns",
                            "max_running",
                            "events",
                            "lost",
                            "outcome",
                            "checks",
                            "parallelism",
                            "goroutines",
                            "replay"})
        EXPECT_TRUE(json.contains(key)) << key;
    EXPECT_EQ(json["status"], "ok");
    EXPECT_EQ(json["scenario"], "alternate");
    EXPECT_EQ(json["engine"], "virtual");
    EXPECT_EQ(json["seed"], 7);
    EXPECT_EQ(json["lost"], 0);
}

TEST(RunVerbTest, EndsThatTheScenarioExpectsAreDone) {
    EXPECT_EQ(json_of("run unbuffered_chain --json")["status"], "deadlock");
    EXPECT_EQ(json_of("run unbuffered_chain --set variant=fixed --json")["status"], "ok");
    EXPECT_EQ(json_of("run crash --set how=panic --set after=1ms --json")["status"], "panic");
}

TEST(RunVerbTest, ACrashEndsWithOneLineThatNamesTheGoroutine) {
    for (const auto& [how, words] :
         {std::pair{"divide", "division by zero (SIGFPE)"}, std::pair{"null", "(SIGSEGV)"}}) {
        const Said said = golanes(std::string("run crash --set after=1ms --set how=") + how);
        EXPECT_EQ(said.code, 1) << how;
        EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 1) << said.err;
        EXPECT_NE(said.err.find(words), std::string::npos) << said.err;
        EXPECT_NE(said.err.find("in goroutine 4"), std::string::npos) << said.err;
    }
}

TEST(RunVerbTest, AThreadThatCrashesTakesTheProcessAlong) {
    const Said said = golanes("run crash_domain --preset quick --set who=thread");
    EXPECT_EQ(said.code, 1);
    EXPECT_NE(said.err.find("(SIGSEGV) in a thread that runs no goroutine"), std::string::npos)
        << said.err;
}

TEST(RunVerbTest, APresetIsAChoiceOfValuesPsAndPolicies) {
    const Json json = json_of("run steal --preset without --engine virtual --json");
    EXPECT_EQ(json["procs"], 4);
    EXPECT_EQ(json["policies"]["stealing"], "off");
    EXPECT_EQ(json["wall_ns"], 96'000'000);
    const Json list = json_of("list --json");
    EXPECT_EQ(list["scenarios"][0]["presets"][0]["id"], "as-article");
    EXPECT_EQ(list["scenarios"][0]["presets"][0]["procs"], 1);
    EXPECT_EQ(list["scenarios"][0]["flags"], Json::array({"deterministic"}));
}

TEST(RunVerbTest, AStackOverflowIsToldInGosWordsWithTheLimitAsked) {
    for (const auto& [stack, limit] :
         {std::pair{"", "262144"}, std::pair{"--stack 1M", "1048576"}}) {
        const Said said =
            golanes(std::string("run crash --set after=1ms --set how=overflow ") + stack);
        EXPECT_EQ(said.code, 1);
        EXPECT_EQ(said.err.find(std::string("runtime: goroutine stack exceeds ") + limit +
                                "-byte limit\nfatal error: stack overflow\n\n"
                                "goroutine 4 [running]:\nthe bad one\n"),
                  0U)
            << said.err;
    }
}

TEST(RunVerbTest, AnImpossibleStackIsToldInOneLine) {
    for (const char* stack : {"1K", "2G", "64X", "-1", "many"}) {
        const Said said = golanes(std::string("run crash --stack ") + stack);
        EXPECT_EQ(said.code, 2) << stack;
        EXPECT_EQ(said.err,
                  std::string("golanes: --stack takes 16K to 1G, for example 64M, not \"") + stack +
                      "\"\n");
    }
}

TEST(RunVerbTest, APanicNamesItsGoroutine) {
    const Said said = golanes("run crash --set how=panic --set after=1ms");
    EXPECT_EQ(
        said.err.find("panic: something went wrong\n\ngoroutine 4 [running]:\nthe bad one\n\t"), 0U)
        << said.err;
    EXPECT_NE(said.err.find("scenarios/crash.cpp:54\ncreated by main in goroutine 1\n"),
              std::string::npos)
        << said.err;
    EXPECT_NE(said.out.find("\npanic: something went wrong\n  outcome"), std::string::npos)
        << said.out;
}

TEST(RunVerbTest, ADeadlockTellsItsGoroutinesOnStderrAndInTheMessage) {
    const Said said = golanes("run unbuffered_chain --json");
    const std::string message = Json::parse(said.out)["message"];
    EXPECT_EQ(message.find("fatal error: all goroutines are asleep - deadlock!\n\ngoroutine "), 0U)
        << message;
    EXPECT_NE(message.find(" [chan send]:\n"), std::string::npos) << message;
    EXPECT_EQ(said.err, message + "\n");
}

TEST(RunVerbTest, ARunThatFailsLeavesItsRecording) {
    // A crash used to take the recording with it: the run has a process of its own now.
    for (const char* how : {"divide", "null", "overflow", "panic"}) {
        const std::string file = temporary_path(std::string("failed_") + how + ".golanes");
        const Said said = golanes(std::string("run crash --json --set after=1ms --set how=") + how +
                                  " --record " + file);
        EXPECT_EQ(said.code, std::string(how) == "panic" ? 0 : 1) << how;
        const bool crashes = how != std::string("panic") && how != std::string("overflow");
        EXPECT_EQ(Json::parse(said.out)["status"], crashes ? "crashed" : how);
        const Said dump = golanes("dump " + file);
        EXPECT_EQ(dump.code, 0) << how;
        EXPECT_NE(dump.out.find("  go_start  g=4 "), std::string::npos) << dump.out;
    }
}

// The lines that begin with a time; the others declare names or explain.
std::int64_t lines_of_events(const std::string& dump) {
    std::int64_t count = 0;
    std::istringstream text(dump);
    for (std::string line; std::getline(text, line);)
        count += !line.empty() && std::isdigit(static_cast<unsigned char>(line[0])) != 0 ? 1 : 0;
    return count;
}

TEST(RunVerbTest, RunInfoAndDumpAgree) {
    for (const char* scenario : {"letters", "unbuffered_chain"}) {
        const std::string file = temporary_path(std::string(scenario) + ".golanes");
        const Json run = json_of(std::string("run ") + scenario + " --json --record " + file);
        const Json info = json_of("info --json " + file);
        EXPECT_EQ(run["events"], info["events"]);
        EXPECT_EQ(run["lost"], info["lost"]);
        const Said dump = golanes("dump " + file);
        EXPECT_EQ(dump.code, 0);
        EXPECT_EQ(lines_of_events(dump.out), run["events"].get<std::int64_t>());
    }
}

TEST(RunVerbTest, InfoSaysWhatIsWrongWithAProgram) {
    const std::string file = temporary_path("race.golanes");
    json_of("run race_counter --engine virtual --level full --json --force --record " + file);
    const Said said = golanes("info --findings " + file);
    EXPECT_EQ(said.code, 0);
    EXPECT_NE(said.out.find("data_race: Data race on counter"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("WARNING: DATA RACE"), std::string::npos) << said.out;
    const Json info = json_of("info --json --findings " + file);
    EXPECT_EQ(info["findings"][0]["kind"], "data_race");
    EXPECT_FALSE(json_of("info --json " + file).contains("findings"));
}

TEST(RunVerbTest, InfoFindsNothingWhereNothingIsWrong) {
    const std::string file = temporary_path("clean.golanes");
    json_of("run letters --engine virtual --level full --json --force --record " + file);
    EXPECT_EQ(golanes("info --findings " + file).out, "no findings\n");
}

TEST(RunVerbTest, AnExistingRecordingIsNotOverwrittenWithoutForce) {
    const std::string file = temporary_path("kept.golanes");
    EXPECT_EQ(golanes("run letters --record " + file).code, 0);
    const auto bytes = std::filesystem::file_size(file);
    const Said again = golanes("run unbuffered_chain --record " + file);
    EXPECT_EQ(again.code, 2);
    EXPECT_EQ(again.out, "");
    EXPECT_NE(again.err.find(file + ": the file exists"), std::string::npos) << again.err;
    EXPECT_EQ(std::filesystem::file_size(file), bytes);
    EXPECT_EQ(golanes("run letters --force --record " + file).code, 0);
}

TEST(RunVerbTest, DurationRepeatsTheScenario) {
    const Json json = json_of("run letters --duration 200ms --json");
    EXPECT_GT(json["runs"].get<int>(), 1);
    EXPECT_EQ(json["outcome"], 260);
    EXPECT_EQ(json["violations"], 0);
}

// The story: everything happened at one moment, the range of the run was empty, and so were its
// counts.
TEST(RunVerbTest, ARunThatTakesNoTimeStillCountsItsSwitches) {
    const std::string text = golanes("run race_counter --engine virtual --seed 7").out;
    EXPECT_NE(text.find("goroutines   11, switches 11"), std::string::npos) << text;
}

// The text of a recording without the moment at which it was made.
std::string dump_of(const std::string& file) {
    const std::string text = golanes("dump " + temporary_path(file)).out;
    const auto started = text.find(" started=");
    return text.substr(0, started) + text.substr(text.find('\n', started));
}

TEST(RunVerbTest, AReplayTokenMakesTheRunAgain) {
    const Json first = json_of(
        "run race_counter --engine virtual --procs 4 --policy stealing=off --policy slice=1ms "
        "--json --record " +
        temporary_path("first.golanes"));
    const std::string token = first["replay"];
    const Json again =
        json_of("run --replay " + token + " --json --record " + temporary_path("again.golanes"));
    EXPECT_EQ(again, first);
    EXPECT_EQ(json_of("run race_counter --procs 4 --json --replay " + token), first);
    EXPECT_EQ(dump_of("first.golanes"), dump_of("again.golanes"));
    const Json info = json_of("info --json " + temporary_path("first.golanes"));
    EXPECT_EQ(info["replay"], token);
    EXPECT_EQ(info["policies"]["stealing"], "off");
    EXPECT_NE(golanes("run --replay " + token).out.find(token), std::string::npos);
}

TEST(RunVerbTest, WhatContradictsATokenIsRefused) {
    const std::string token = json_of("run letters --engine virtual --procs 2 --json")["replay"];
    for (const char* option : {"--procs 3",
                               "--cpus 1",
                               "--engine real",
                               "--seed 1",
                               "--level full",
                               "--policy stealing=off",
                               "--duration 1s"}) {
        const Said said = golanes("run --replay " + token + " " + option);
        EXPECT_EQ(said.code, 2) << option;
        EXPECT_NE(said.err.find("contradicts the replay token"), std::string::npos) << said.err;
    }
    const Said other = golanes("run alternate --replay " + token);
    EXPECT_EQ(other.code, 2);
    EXPECT_NE(other.err.find("is one of letters, not of alternate"), std::string::npos)
        << other.err;
}

TEST(RunVerbTest, ARealRunHasNoToken) {
    EXPECT_TRUE(json_of("run letters --json")["replay"].is_null());
}

TEST(RunVerbTest, CostsTravelInTheToken) {
    const Json run = json_of("run race_counter --engine virtual --policy costs=2x --json");
    EXPECT_EQ(run["policies"]["costs"], "2x");
    const std::string token = run["replay"];
    EXPECT_NE(token.find("._costs-200-"), std::string::npos) << token;
    EXPECT_EQ(json_of("run --json --replay " + token), run);
    EXPECT_EQ(json_of("run race_counter --engine virtual --json")["policies"]["costs"], "0x");
}

TEST(RunVerbTest, ListNamesThePolicies) {
    const Json policies = json_of("list --json")["policies"];
    EXPECT_EQ(policies.size(), 11U);
    EXPECT_EQ(policies[0]["name"], "stealing");
    EXPECT_EQ(policies[0]["default"], "on");
    EXPECT_NE(golanes("run --help").out.find("global_tick="), std::string::npos);
}

TEST(RunVerbTest, ATinyRingTellsItsLoss) {
    const Json json = json_of(
        "run race_counter --procs 1 --ring 16 --set goroutines=100 --set additions=1000 --json");
    EXPECT_GT(json["lost"].get<std::int64_t>(), 0);
}

TEST(RunVerbTest, ListAndDoctorPrintOneObject) {
    const Json list = json_of("list --json");
    ASSERT_TRUE(list.contains("scenarios"));
    EXPECT_EQ(list["scenarios"].size(), 21U);
    const Json doctor = json_of("doctor --json");
    for (const char* operation : {"switch", "spawn", "steal", "lock", "chan", "wake"})
        EXPECT_TRUE(doctor["costs_ns"][operation].is_number_unsigned()) << operation;
    EXPECT_EQ(golanes("list").code, 0);
}

TEST(ClaimsVerbTest, MeasuresTheClaimsOfAScenarioHere) {
    const Json json = json_of("claims serial_parallel --json");
    EXPECT_EQ(json["failed"], 0);
    ASSERT_EQ(json["claims"].size(), 3U);
    const Json& waiting = json["claims"][0];
    EXPECT_EQ(waiting["verdict"], "true");
    EXPECT_EQ(waiting["measured"], "100");
    EXPECT_EQ(waiting["holds"], true);
    EXPECT_FALSE(waiting["why"]["zh_CN"].get<std::string>().empty());
    const Said chinese = golanes("claims window --lang zh_CN");
    EXPECT_EQ(chinese.code, 0) << chinese.err;
    EXPECT_NE(chinese.out.find("definition"), std::string::npos);
}

TEST(ClaimsVerbTest, RowsComeOneALineAsTheyAreMeasured) {
    const Said said = golanes("claims --json --progress --rows 2,1");
    std::istringstream lines(said.out);
    std::vector<Json> objects;
    for (std::string line; std::getline(lines, line);)
        objects.push_back(Json::parse(line, nullptr, false));
    ASSERT_EQ(objects.size(), 3U) << said.out;
    EXPECT_EQ(objects[0]["row"], 2);
    EXPECT_EQ(objects[1]["row"], 1);
    EXPECT_EQ(objects[2]["claims"].size(), 2U);
}

TEST(RunVerbTest, VersionAndHelpAreDone) {
    EXPECT_EQ(golanes("--version").out.substr(0, 8), "golanes ");
    EXPECT_EQ(golanes("--help").code, 0);
    EXPECT_EQ(golanes("run --help").code, 0);
}

}  // namespace
}  // namespace golanes::test

// outcomes: how often a scenario comes to which result.
#include <nlohmann/json.hpp>

#include <gtest/gtest.h>

#include "tests/app/cli/program.h"
#include "tests/temporary_folder.h"

namespace golanes::test {
namespace {

using Json = nlohmann::json;

Json outcomes(const std::string& arguments) {
    const Said said = golanes("outcomes " + arguments + " --json");
    EXPECT_EQ(said.code, 0) << said.err;
    return Json::parse(said.out, nullptr, false);
}

std::uint64_t counted(const Json& group) {
    std::uint64_t sum = 0;
    for (const Json& one : group["results"])
        sum += one["count"].get<std::uint64_t>();
    return sum;
}

TEST(OutcomesVerbTest, EveryTrialIsCountedOnce) {
    const Json json = outcomes("race_counter --engine virtual --procs 1,4 --trials 20 --seed 5");
    EXPECT_EQ(json["trials"], 20);
    EXPECT_EQ(json["done"], true);
    ASSERT_EQ(json["groups"].size(), 2U);
    EXPECT_EQ(json["groups"][0]["procs"], 1);
    EXPECT_EQ(json["groups"][1]["procs"], 4);
    for (const Json& group : json["groups"])
        EXPECT_EQ(counted(group), 20U) << group;
}

TEST(OutcomesVerbTest, TheTokenOfAResultGivesItAgain) {
    const Json json = outcomes("race_counter --engine virtual --procs 4 --trials 10 --seed 5");
    for (const Json& one : json["groups"][0]["results"]) {
        const std::string token = one["replay"];
        const Json run = Json::parse(golanes("run --json --replay " + token).out, nullptr, false);
        EXPECT_EQ(std::to_string(run["outcome"].get<std::int64_t>()), one["result"]) << token;
    }
}

TEST(OutcomesVerbTest, TheSameSeedCountsTheSame) {
    const std::string arguments = "race_counter --engine virtual --trials 10 --seed 5";
    EXPECT_EQ(outcomes(arguments), outcomes(arguments));
}

TEST(OutcomesVerbTest, ADeadlockAndACrashAreResultsToo) {
    EXPECT_EQ(outcomes("unbuffered_chain --trials 2")["groups"][0]["results"][0]["result"],
              "deadlock");
    const Json json = outcomes("crash --set after=1ms --trials 2");
    EXPECT_EQ(json["groups"][0]["results"][0]["result"], "crashed");
    EXPECT_EQ(counted(json["groups"][0]), 2U);
    EXPECT_TRUE(json["groups"][0]["mean"].is_null());
}

TEST(OutcomesVerbTest, EnginesAreComparedAndRealRunsKept) {
    const TemporaryFolder folder;
    const Json json = outcomes("buffered_pool --engine real,virtual --procs 2 --trials 2 --keep " +
                               (folder.path() / "kept").string());
    ASSERT_EQ(json["groups"].size(), 2U);
    EXPECT_EQ(json["groups"][0]["engine"], "real");
    EXPECT_EQ(json["groups"][1]["engine"], "virtual");
    EXPECT_TRUE(json["groups"][1]["results"][0]["recording"].is_null());
    const std::string kept = json["groups"][0]["results"][0]["recording"];
    EXPECT_EQ(golanes("info " + kept).code, 0) << kept;
}

TEST(OutcomesVerbTest, TheMeanIsThatOfTheNumbers) {
    const Json json = outcomes("buffered_pool --engine virtual --trials 3");
    EXPECT_EQ(json["groups"][0]["mean"], 10.0) << json;
}

TEST(OutcomesVerbTest, ForPeopleItDrawsBars) {
    const Said said = golanes("outcomes buffered_pool --engine virtual --procs 2 --trials 3");
    EXPECT_EQ(said.code, 0) << said.err;
    EXPECT_NE(said.out.find("P = 2, virtual, mean 10.00"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("10       3  ####"), std::string::npos) << said.out;
    EXPECT_NE(said.out.find("gl1.buffered_pool"), std::string::npos) << said.out;
}

}  // namespace
}  // namespace golanes::test

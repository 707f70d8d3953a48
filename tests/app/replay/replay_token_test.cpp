// The replay token: everything a virtual run depends on in one word, and one sentence when it is
// wrong.
#include "app/replay_token.h"

#include <gtest/gtest.h>

#include "app/replay_check.h"
#include "app/run_policies.h"
#include "core/runtime/version.h"

namespace golanes::app {
namespace {

RunPlan plan_of(const std::string& scenario,
                std::vector<std::string> sets = {},
                std::vector<std::string> policies = {}) {
    RunOptions options;
    options.scenario = scenario;
    options.engine = "virtual";
    options.procs = 4;
    options.seed = 7;
    options.seed_given = true;
    options.sets = std::move(sets);
    options.policies = std::move(policies);
    auto plan = plan_run(options);
    EXPECT_TRUE(plan.ok()) << plan.error().message;
    return plan.value();
}

RunPlan rich_plan() {
    RunPlan plan = plan_of("alternate",
                           {"tasks=3", "work=1500us"},
                           {"stealing=off", "slice=1ms", "sysmon=go", "global_tick=0"});
    plan.level = trace::Level::Full;
    plan.settings.cpus = 9;
    plan.settings.costs.ns = {40, 200, 90, 15, 30, 5000};
    plan.settings.costs.scale_percent = 250;
    plan.settings.changes = {{.step = 3, .at = 1500, .kind = rt::ChangeKind::Procs, .value = 8},
                             {.step = 3, .at = 1500, .kind = rt::ChangeKind::Hold},
                             {.step = 3, .at = 1500, .kind = rt::ChangeKind::Release},
                             {.step = 90,
                              .at = 2 * kMillisecond + 1,
                              .kind = rt::ChangeKind::Value,
                              .index = 1,
                              .value = -5},
                             {.step = 95,
                              .at = 3 * kMillisecond,
                              .kind = rt::ChangeKind::Policy,
                              .index = static_cast<std::uint32_t>(catalog::PolicyId::Slice),
                              .value = 2 * kMillisecond},
                             {.step = 99, .at = kSecond, .kind = rt::ChangeKind::Stop}};
    return plan;
}

std::string refusal(std::string_view token) {
    const auto plan = read_replay_token(token);
    return plan.ok() ? "taken" : plan.error().message;
}

// A token with these fields and letters that fit.
std::string token_with(const std::string& fields) {
    return fields + "." + check_letters(fields);
}

TEST(ReplayTokenTest, ReadsBackWhatWasWritten) {
    for (const RunPlan& plan : {rich_plan(), plan_of("letters"), plan_of("race_counter")}) {
        const std::string token = replay_token(plan);
        const auto read = read_replay_token(token);
        ASSERT_TRUE(read.ok()) << token << ": " << read.error().message;
        EXPECT_EQ(replay_token(read.value()), token);
        EXPECT_EQ(read->entry, plan.entry);
        EXPECT_EQ(read->values, plan.values);
        EXPECT_EQ(read->level, plan.level);
        EXPECT_TRUE(read->settings.is_virtual);
        EXPECT_EQ(read->settings.cpus, plan.settings.cpus);
        EXPECT_EQ(read->settings.scheduler.seed, plan.settings.scheduler.seed);
        EXPECT_EQ(read->settings.scheduler.procs, plan.settings.scheduler.procs);
        EXPECT_EQ(policies_of(read->settings), policies_of(plan.settings));
        EXPECT_EQ(read->settings.changes, plan.settings.changes);
        EXPECT_EQ(has_costs(read->settings.costs), has_costs(plan.settings.costs));
        for (std::size_t i = 0; i < rt::kOpCount; ++i)
            EXPECT_EQ(read->settings.costs.of(static_cast<rt::Op>(i)),
                      plan.settings.costs.of(static_cast<rt::Op>(i)));
    }
}

TEST(ReplayTokenTest, SaysOnlyWhatIsNotStandard) {
    const std::string body = "gl" + std::to_string(rt::kSchedulerVersion) + ".letters.p4.s7";
    EXPECT_EQ(replay_token(plan_of("letters")), token_with(body));
}

TEST(ReplayTokenTest, IsSafeInAShellAndInAUrl) {
    const std::string token = replay_token(rich_plan());
    EXPECT_EQ(token.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789._-"), std::string::npos)
        << token;
}

TEST(ReplayTokenTest, ARealRunHasNone) {
    RunPlan plan = plan_of("letters");
    plan.settings.is_virtual = false;
    EXPECT_EQ(replay_token(plan), "");
}

TEST(ReplayTokenTest, SpacesAroundItAreNoMatter) {
    EXPECT_EQ(refusal("  " + replay_token(rich_plan()) + "\n"), "taken");
}

// Every character but those of the version, replaced and left out.
TEST(ReplayTokenTest, EveryMistypedCharacterIsNoticed) {
    const std::string token = replay_token(plan_of("letters"));
    for (std::size_t at = 0; at < token.size(); ++at) {
        for (const char c : {'a', '7', '.'}) {
            std::string wrong = token;
            wrong[at] = c;
            EXPECT_TRUE(wrong == token || refusal(wrong) != "taken") << wrong;
        }
        std::string cut = token;
        cut.erase(at, 1);
        EXPECT_NE(refusal(cut), "taken") << cut;
        EXPECT_NE(refusal(token.substr(0, at)), "taken");
    }
}

TEST(ReplayTokenTest, AMistypedCharacterIsPointedOut) {
    std::string token = replay_token(plan_of("letters"));
    const std::size_t at = token.find("s7") + 1;
    token[at] = '8';
    EXPECT_EQ(refusal(token),
              "the replay token is mistyped at character " + std::to_string(at + 1) +
                  ": \"8\" should be \"7\"");
}

TEST(ReplayTokenTest, SwappedCharactersArePointedOut) {
    std::string token = replay_token(plan_of("letters"));
    const std::size_t at = token.find("let");
    std::swap(token[at], token[at + 1]);
    EXPECT_EQ(refusal(token),
              "the replay token is mistyped at character " + std::to_string(at + 1) +
                  ": \"el\" should be \"le\"");
}

TEST(ReplayTokenTest, AnotherSchedulerVersionIsRefused) {
    EXPECT_EQ(refusal(token_with("gl999.letters.p4.s7")),
              "the replay token is of scheduler version 999, this golanes has version " +
                  std::to_string(rt::kSchedulerVersion) + ": the same seed would give another run");
}

struct Wrong {
    std::string fields;  ///< After the version.
    std::string words;
};

void PrintTo(const Wrong& wrong, std::ostream* out) {
    *out << wrong.fields;
}

class WrongTokenTest : public ::testing::TestWithParam<Wrong> {};

INSTANTIATE_TEST_SUITE_P(
    Fields,
    WrongTokenTest,
    ::testing::Values(Wrong{"nope.p4.s7", "no such scenario"},
                      Wrong{"crash.p4.s7", "needs the real engine"},
                      Wrong{"letters.p0.s7", "1 to 256 Ps"},
                      Wrong{"letters.p257.s7", "1 to 256 Ps"},
                      Wrong{"letters.p4.s", "followed by the seed"},
                      Wrong{"letters.p4.c0.s7", "1 to 1024 cores"},
                      Wrong{"letters.p4", "is cut"},
                      Wrong{"letters.s7", "is cut"},
                      Wrong{"letters.p4.s7.q", "no part of a token"},
                      Wrong{"letters.p4.s7.", "no part of a token"},
                      Wrong{"letters.p4.s7.speed-3", "has no parameter \"speed\""},
                      Wrong{"alternate.p4.s7.tasks-99", "give 1 to 64"},
                      Wrong{"letters.p4.s7._nope-1", "there is no policy \"nope\""},
                      Wrong{"letters.p4.s7._costs-100-1", "a percentage and 6 numbers"},
                      Wrong{"letters.p4.s7._costs-2000-1-1-1-1-1-1", "a percentage"},
                      Wrong{"letters.p4.s7.5-1us-z", "a change is"},
                      Wrong{"letters.p4.s7.5-1us-p0", "a change is"},
                      Wrong{"letters.p4.s7.5-1us-v99-1", "a change is"},
                      Wrong{"letters.p4.s7.5-1us-_nope-1", "a change is"},
                      Wrong{"letters.p4.s7.5-1us-_ring-8", "a change is"},
                      Wrong{"letters.p4.s7.5-x-h", "a change is"},
                      Wrong{"letters.p4.s7.5-1us-h.4-1us-r", "order of their steps"}));

TEST_P(WrongTokenTest, IsRefusedInOneSentence) {
    const std::string token =
        token_with("gl" + std::to_string(rt::kSchedulerVersion) + "." + GetParam().fields);
    EXPECT_NE(refusal(token).find(GetParam().words), std::string::npos) << refusal(token);
    EXPECT_EQ(refusal(token).find('\n'), std::string::npos);
}

TEST(ReplayTokenTest, WhatIsNoTokenIsSaidSo) {
    for (const char* text : {"", "abc", "gl", "glx.letters", "https://example.org", "gl1", "日本"})
        EXPECT_NE(refusal(text), "taken") << text;
    EXPECT_EQ(refusal("abc"),
              "\"abc\" begins no replay token: they begin with gl" +
                  std::to_string(rt::kSchedulerVersion));
    EXPECT_NE(refusal("gl1.Letters").find("wrong at character 5"), std::string::npos);
}

// Names and choices stand in tokens between dots and dashes.
TEST(ReplayTokenTest, EveryScenarioCanBeWrittenInATokenAndReadBack) {
    for (const scenarios::Entry& entry : scenarios::all()) {
        if (entry.scenario->real_only)
            continue;
        RunPlan plan = plan_of(std::string(entry.scenario->id));
        for (std::size_t i = 0; i < plan.values.size(); ++i) {
            const catalog::Parameter& parameter = entry.scenario->parameters[i];
            for (const std::int64_t value : {parameter.minimum, parameter.maximum}) {
                RunPlan changed = plan;
                changed.values[i] = value;
                const auto read = read_replay_token(replay_token(changed));
                ASSERT_TRUE(read.ok()) << replay_token(changed) << read.error().message;
                EXPECT_EQ(read->values, changed.values) << parameter.name;
            }
        }
    }
}

}  // namespace
}  // namespace golanes::app

// The policies as descriptors: what is parsed, refused and written.
#include "core/catalog/policy.h"

#include <set>

#include <gtest/gtest.h>

namespace golanes::catalog {
namespace {

std::string refusal(std::string_view text) {
    const auto setting = parse_policy(text);
    return setting.ok() ? "taken" : setting.error().message;
}

TEST(PolicyTest, EveryPolicyStandsAtItsPlaceAndSaysItselfInTwoLanguages) {
    std::set<std::string_view> names;
    for (const Policy& each : policies()) {
        EXPECT_EQ(policy(each.id).knob.name, each.knob.name);
        EXPECT_TRUE(names.insert(each.knob.name).second) << each.knob.name;
        for (const Text& text : {each.knob.title, each.lesson}) {
            EXPECT_FALSE(text.en.empty()) << each.knob.name;
            EXPECT_FALSE(text.zh.empty()) << each.knob.name;
        }
    }
}

TEST(PolicyTest, StandardsAreGosRules) {
    const PolicyValues values = standard_policies();
    EXPECT_EQ(values[static_cast<std::size_t>(PolicyId::GlobalTick)], 61);
    EXPECT_EQ(ring_places(values[static_cast<std::size_t>(PolicyId::Ring)]), 256U);
    EXPECT_TRUE(changed_policies(values).empty());
}

TEST(PolicyTest, ParsingIsTheInverseOfWriting) {
    for (const char* text : {"stealing=off",
                             "runnext=off",
                             "global_tick=0",
                             "slice=1ms",
                             "forced_preemption=off",
                             "sysmon=go",
                             "pick=random",
                             "ring=8",
                             "costs=0.5x"}) {
        const auto setting = parse_policy(text);
        ASSERT_TRUE(setting.ok()) << text << ": " << setting.error().message;
        PolicyValues values = standard_policies();
        values[static_cast<std::size_t>(setting->id)] = setting->value;
        EXPECT_EQ(changed_policies(values), std::vector<std::string>{text});
    }
}

TEST(PolicyTest, FactorsArePercentOrTimes) {
    for (const auto& [text, percent] : {std::pair{"costs=0x", 0},
                                        std::pair{"costs=1x", 100},
                                        std::pair{"costs=0.25x", 25},
                                        std::pair{"costs=50%", 50},
                                        std::pair{"costs=10x", 1000}}) {
        const auto setting = parse_policy(text);
        ASSERT_TRUE(setting.ok()) << text;
        EXPECT_EQ(setting->value, percent) << text;
    }
    for (const char* text : {"costs=11x", "costs=-0.5x", "costs=1", "costs=0.125x", "costs=x"})
        EXPECT_NE(refusal(text).find("policy costs takes 0x to 10x"), std::string::npos) << text;
}

TEST(PolicyTest, RefusalsNameThePolicyTheValueAndWhatItTakes) {
    EXPECT_EQ(refusal("stealing=maybe"), "policy stealing takes on or off, not \"maybe\"");
    EXPECT_EQ(refusal("slice=1ns"), "policy slice takes 10us to 10s, not \"1ns\"");
    EXPECT_EQ(refusal("ring=7"),
              "policy ring takes one of 2, 4, 8, 16, 32, 64, 128, 256, not \"7\"");
    EXPECT_EQ(parse_policy("handoff=off").value().value, 0);
    EXPECT_EQ(refusal("stealing"), "--policy takes name=value, not \"stealing\"");
    EXPECT_NE(refusal("nope=1").find("there is no policy \"nope\"; there are: stealing, runnext"),
              std::string::npos);
}

TEST(PolicyTest, CostsAreRefusedOnTheRealEngine) {
    EXPECT_TRUE(check_policies(watched_policies(), true).ok());
    EXPECT_TRUE(check_policies(standard_policies(), false).ok());
    EXPECT_EQ(check_policies(watched_policies(), false).error().message,
              "policy costs acts on virtual runs only: add --engine virtual");
}

TEST(PolicyTest, RingValuesAreTheirPlaces) {
    for (std::int64_t value = 0; value < 8; ++value)
        EXPECT_EQ(ring_value(ring_places(value)), value);
    EXPECT_EQ(ring_places(0), 2U);
}

}  // namespace
}  // namespace golanes::catalog

// The policies, the seed and the token of virtual runs in the window.
#include <gtest/gtest.h>
#include <imgui.h>

#include "core/catalog/policy.h"
#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

class PoliciesTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.input.run.is_virtual = true;
        window.input.run.seed = 77;
        window.settle();
    }

    Headless window{{1280, 1600}};
};

TEST_F(PoliciesTest, EveryPolicyHasARow) {
    EXPECT_FALSE(window.has("policy.stealing")) << "folded at first";
    window.click("policies");
    for (const catalog::Policy& policy : catalog::policies())
        EXPECT_TRUE(window.has("policy." + std::string(policy.knob.name))) << policy.knob.name;
}

TEST_F(PoliciesTest, TurningOneSendsIt) {
    window.click("policies");
    window.click("policy.stealing");
    ASSERT_EQ(window.sent<command::SetPolicy>().size(), 1U);
    EXPECT_EQ(window.sent<command::SetPolicy>()[0].index, 0U);
    EXPECT_EQ(window.sent<command::SetPolicy>()[0].value, 0);
}

TEST_F(PoliciesTest, AChangedOneIsMarkedAndSaysWhatItShows) {
    window.click("policies");
    EXPECT_FALSE(window.has("policy.stealing.changed"));
    window.input.run.policies[0] = 0;
    window.settle();
    EXPECT_TRUE(window.has("policy.stealing.changed"));
    EXPECT_NE(window.text().find("stays idle"), std::string::npos);
    window.click("policies.standard");
    ASSERT_EQ(window.sent<command::SetPolicy>().size(), 1U);
    EXPECT_EQ(window.sent<command::SetPolicy>()[0].value, 1);
}

TEST_F(PoliciesTest, TheSameSeedRunsAgain) {
    window.click("policies");
    window.click("rerun");
    EXPECT_EQ(window.sent<command::RunAgain>().size(), 1U);
}

TEST_F(PoliciesTest, HandOffCanBeTurnedOff) {
    window.click("policies");
    window.click("policy.handoff");
    ASSERT_EQ(window.sent<command::SetPolicy>().size(), 1U);
    EXPECT_EQ(window.sent<command::SetPolicy>()[0].value, 0);
}

TEST_F(PoliciesTest, CostsBelongToVirtualRuns) {
    window.input.run.is_virtual = false;
    window.settle();
    window.click("policies");
    window.click("policy.costs");
    EXPECT_TRUE(window.sent<command::SetPolicy>().empty());
}

TEST_F(PoliciesTest, TheSeedOfAVirtualRunIsShown) {
    EXPECT_TRUE(window.has("seed"));
    EXPECT_TRUE(window.has("status.virtual"));
    window.input.run.is_virtual = false;
    window.settle();
    EXPECT_FALSE(window.has("seed"));
    EXPECT_FALSE(window.has("status.virtual"));
}

TEST_F(PoliciesTest, ATypedSeedStartsARun) {
    window.click("seed");
    window.type("123");
    window.press(key::kEnter);
    ASSERT_EQ(window.sent<command::SetSeed>().size(), 1U);
    EXPECT_NE(window.sent<command::SetSeed>()[0].seed, 77U);
}

TEST_F(PoliciesTest, TheTokenIsInThePictureAndIsCopiedByAClick) {
    EXPECT_FALSE(window.has("status.replay")) << "the sample has none";
    window.input.timeline = sample_timeline("gl1.letters.p4.s7.abcde");
    window.settle();
    ASSERT_TRUE(window.has("status.replay"));
    window.click("status.replay");
    EXPECT_STREQ(ImGui::GetClipboardText(), "gl1.letters.p4.s7.abcde");
}

}  // namespace
}  // namespace golanes::ui

// The view "Check the articles": rows, what it asks the app to measure, and what it shows of it.
#include <gtest/gtest.h>

#include "core/lessons/claim.h"
#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/fonts.h"

namespace golanes::ui {
namespace {

class ClaimsPanelTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.shell.show(view::ViewKind::Claims);
        window.settle();
    }

    void measure(std::size_t row, const char* number, bool holds) {
        auto& results = window.input.claims.results;
        results.resize(std::max(results.size(), row + 1));
        results[row] = {number, holds};
        window.settle();
    }

    bool says(std::string_view text) { return window.text().find(text) != std::string::npos; }

    Headless window{{1600, 1000}};
    std::vector<lessons::Claim> claims = lessons::parse_claims(lessons::claims_table()).value();
};

TEST_F(ClaimsPanelTest, ARowHasTheClaimOurVerdictAndWhy) {
    EXPECT_TRUE(says("Concurrency is a property of how a program is written"));
    EXPECT_TRUE(says("true"));
    EXPECT_TRUE(says("not a letter of it changed"));
    EXPECT_TRUE(says("Nothing is measured yet."));
}

TEST_F(ClaimsPanelTest, AllRowsAreMeasuredByOneButton) {
    window.click("claims.measure");
    ASSERT_EQ(window.sent<command::MeasureClaims>().size(), 1U);
    EXPECT_EQ(window.sent<command::MeasureClaims>()[0].rows.size(), claims.size());
}

TEST_F(ClaimsPanelTest, OneRowIsMeasuredByItsOwn) {
    window.click("claims.measure1");
    ASSERT_EQ(window.sent<command::MeasureClaims>().size(), 1U);
    EXPECT_EQ(window.sent<command::MeasureClaims>()[0].rows, std::vector<std::size_t>{1});
}

TEST_F(ClaimsPanelTest, AClickOnARowChoosesItsScenario) {
    window.click("claims.row1");
    ASSERT_EQ(window.sent<command::SelectScenario>().size(), 1U);
    EXPECT_EQ(window.sent<command::SelectScenario>()[0].id, claims[1].scenario);
}

TEST_F(ClaimsPanelTest, WhatThisMachineMeasuredStandsInTheRow) {
    measure(0, "4", true);
    EXPECT_TRUE(window.has("claims.here0"));
    EXPECT_TRUE(says("as we expect"));
    EXPECT_TRUE(says("1 measured here, 0 not as we expect"));
}

TEST_F(ClaimsPanelTest, AVerdictThatFailsHereIsToldWithWhatWeExpected) {
    measure(0, "3", false);
    EXPECT_TRUE(says("we expect " + std::string(claims[0].expected)));
    EXPECT_TRUE(says("1 measured here, 1 not as we expect"));
}

TEST_F(ClaimsPanelTest, WhileItMeasuresItTellsHowFarAndCanBeStopped) {
    window.input.claims.running = true;
    window.input.claims.wanted = 40;
    window.input.claims.done = 7;
    window.settle();
    EXPECT_TRUE(says("7 of 40 rows"));
    EXPECT_TRUE(window.shell.animating());
    window.click("claims.measure1");
    EXPECT_TRUE(window.sent<command::MeasureClaims>().empty()) << "one after the other";
    window.click("claims.stop");
    EXPECT_EQ(window.sent<command::StopClaims>().size(), 1U);
}

TEST_F(ClaimsPanelTest, TheRowsOfTheChosenScenarioCanBeShownAlone) {
    window.input.run.scenario = "steal";
    window.settle();
    window.click("claims.own");
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < claims.size(); ++row) {
        if (claims[row].scenario == "steal")
            rows.push_back(row);
    }
    ASSERT_FALSE(rows.empty());
    EXPECT_FALSE(window.has("claims.row0"));
    EXPECT_TRUE(window.has("claims.row" + std::to_string(rows[0])));
    window.click("claims.measure");
    ASSERT_EQ(window.sent<command::MeasureClaims>().size(), 1U);
    EXPECT_EQ(window.sent<command::MeasureClaims>()[0].rows, rows);
}

TEST_F(ClaimsPanelTest, AScenarioOfNoArticleIsToldSo) {
    window.click("claims.own");
    EXPECT_TRUE(says("No article speaks of this scenario"));
    window.click("claims.measure");
    EXPECT_TRUE(window.sent<command::MeasureClaims>().empty());
}

TEST_F(ClaimsPanelTest, SpeaksChinese) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    window.input.language = Language::Chinese;
    window.settle();
    EXPECT_TRUE(says("并发是程序写法的性质")) << window.text();
    EXPECT_TRUE(says("还没有测量"));
    EXPECT_FALSE(says("Concurrency is a property"));
}

}  // namespace
}  // namespace golanes::ui

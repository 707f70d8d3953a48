#include "core/lessons/claim.h"

#include <gtest/gtest.h>

namespace golanes::lessons {
namespace {

TEST(ClaimTest, TheTableIsRead) {
    const auto claims = parse_claims(claims_table());
    ASSERT_TRUE(claims.ok()) << claims.error().message;
    EXPECT_GE(claims->size(), 40U);
    for (const Claim& claim : claims.value()) {
        for (const std::string_view cell : {claim.article,
                                            claim.en,
                                            claim.zh,
                                            claim.scenario,
                                            claim.measure,
                                            claim.expected,
                                            claim.why_en,
                                            claim.why_zh})
            EXPECT_FALSE(cell.empty()) << claim.en;
        EXPECT_TRUE(holds(claim.expected, "1").ok() || holds(claim.expected, "x").ok())
            << claim.expected;
    }
}

TEST(ClaimTest, ALineThatIsWrongIsNamed) {
    EXPECT_EQ(parse_claims("head\na\tb\n").error().message,
              "claims, line 2: 2 columns instead of 10");
    EXPECT_EQ(parse_claims("head\n\na\tb\tc\tmaybe\te\tf\tg\th\ti\tj\n").error().message,
              "claims, line 3: no verdict \"maybe\"");
}

TEST(ClaimTest, TextsAreEqualOrNotAndNumbersAreCompared) {
    EXPECT_TRUE(holds("= HM", "HM").value());
    EXPECT_FALSE(holds("= HM", "M").value());
    EXPECT_TRUE(holds("!= ok", "panic").value());
    EXPECT_TRUE(holds("< 10", "9.5").value());
    EXPECT_FALSE(holds("< 10", "10").value());
    EXPECT_TRUE(holds("<= 10", "10").value());
    EXPECT_TRUE(holds("> 2", "14 to 1").value());
    EXPECT_TRUE(holds(">= 2", "2").value());
}

TEST(ClaimTest, WhatCannotBeComparedIsAnError) {
    EXPECT_EQ(holds("1", "1").error().message, "\"1\" is no expectation like \"= 1\"");
    EXPECT_EQ(holds("~ 1", "1").error().message, "\"~ 1\" is no expectation like \"= 1\"");
    EXPECT_EQ(holds("< 1", "none").error().message, "\"none\" cannot be compared with \"< 1\"");
}

}  // namespace
}  // namespace golanes::lessons

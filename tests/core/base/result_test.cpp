#include "core/base/result.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>

namespace golanes {
namespace {

Result<int> half(int number) {
    if (number % 2 != 0)
        return Error{"odd: give an even number"};
    return number / 2;
}

TEST(ResultTest, HoldsTheValue) {
    const Result<int> result = half(8);
    ASSERT_TRUE(result.ok());
    EXPECT_TRUE(static_cast<bool>(result));
    EXPECT_EQ(result.value(), 4);
}

TEST(ResultTest, HoldsTheError) {
    const Result<int> result = half(7);
    ASSERT_FALSE(result.ok());
    EXPECT_EQ(result.error().message, "odd: give an even number");
}

TEST(ResultTest, MovesAValueThatCannotBeCopied) {
    Result<std::unique_ptr<int>> result = std::make_unique<int>(5);
    const std::unique_ptr<int> taken = std::move(result).value();
    EXPECT_EQ(*taken, 5);
}

TEST(ResultTest, AnErrorIsToldFromAStringValue) {
    const Result<std::string> good = std::string("text");
    const Result<std::string> bad = Error{"text"};
    EXPECT_TRUE(good.ok());
    EXPECT_FALSE(bad.ok());
}

TEST(ResultDeathTest, TheValueOfAnErrorIsOurBug) {
    const Result<int> result = half(1);
    EXPECT_DEATH(static_cast<void>(result.value()),
                 "internal error: value\\(\\) of a failed Result");
}

TEST(ResultDeathTest, TheErrorOfAValueIsOurBug) {
    const Result<int> result = half(2);
    EXPECT_DEATH(static_cast<void>(result.error()), "error\\(\\) of a good Result");
}

TEST(CheckDeathTest, NamesWhatFailedAndWhere) {
    EXPECT_DEATH(GOLANES_CHECK(1 + 1 == 3, "sums hold"),
                 "sums hold \\(.*result_test.cpp:[0-9]+\\)");
}

}  // namespace
}  // namespace golanes

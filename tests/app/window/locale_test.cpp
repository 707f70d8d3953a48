#include "app/window/locale.h"

#include <array>
#include <cstdlib>
#include <optional>
#include <string>
#include <utility>

#include <gtest/gtest.h>

namespace golanes::app {
namespace {

constexpr std::array kNames = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};

/// Empties the four variables, and puts them back after the test.
class LocaleTest : public testing::Test {
 protected:
    void SetUp() override {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            if (const char* value = std::getenv(kNames[i]); value != nullptr)
                before_[i] = value;
            unsetenv(kNames[i]);
        }
    }

    void TearDown() override {
        for (std::size_t i = 0; i < kNames.size(); ++i) {
            unsetenv(kNames[i]);
            if (before_[i])
                setenv(kNames[i], before_[i]->c_str(), 1);
        }
    }

 private:
    std::array<std::optional<std::string>, kNames.size()> before_;
};

TEST_F(LocaleTest, NothingSetIsEnglish) {
    EXPECT_EQ(language_from_environment(), ui::Language::English);
}

TEST_F(LocaleTest, ChineseInAnyOfTheFourIsChinese) {
    for (const char* name : kNames) {
        setenv(name, "zh_CN.UTF-8", 1);
        EXPECT_EQ(language_from_environment(), ui::Language::Chinese) << name;
        unsetenv(name);
    }
}

TEST_F(LocaleTest, TheStrongerVariableDecides) {
    setenv("LANG", "zh_CN.UTF-8", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    EXPECT_EQ(language_from_environment(), ui::Language::English);
    setenv("LANGUAGE", "zh", 1);
    EXPECT_EQ(language_from_environment(), ui::Language::Chinese);
}

TEST_F(LocaleTest, EmptyCountsAsUnset) {
    setenv("LANGUAGE", "", 1);
    setenv("LANG", "zh_TW", 1);
    EXPECT_EQ(language_from_environment(), ui::Language::Chinese);
}

}  // namespace
}  // namespace golanes::app

#include "app/window/glfw_input.h"

#include <gtest/gtest.h>

namespace golanes::app {
namespace {

constexpr int kKeypadPlus = 334;

TEST(KeyCodeTest, LetterIsWhatTheLayoutWrites) {
    EXPECT_EQ(key_code('Q', "a"), 'A');  // AZERTY
    EXPECT_EQ(key_code('Q', "q"), 'Q');
}

TEST(KeyCodeTest, LetterOfANonLatinLayoutKeepsItsPlace) {
    EXPECT_EQ(key_code('C', "с"), 'C');  // Cyrillic, two bytes
    EXPECT_EQ(key_code('C', nullptr), 'C');
    EXPECT_EQ(key_code('C', ""), 'C');
}

TEST(KeyCodeTest, DigitKeepsItsPlace) {
    EXPECT_EQ(key_code('1', "&"), '1');
}

TEST(KeyCodeTest, KeysThatWriteNothingKeepTheirCode) {
    EXPECT_EQ(key_code(ui::key::kEnter, nullptr), ui::key::kEnter);
    EXPECT_EQ(key_code(kKeypadPlus, "+"), kKeypadPlus);
    EXPECT_EQ(key_code(ui::key::kSpace, nullptr), ui::key::kSpace);
}

}  // namespace
}  // namespace golanes::app

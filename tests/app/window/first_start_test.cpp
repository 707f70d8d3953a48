#include "app/window/first_start.h"

#include <cstdlib>
#include <optional>

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace golanes::app {
namespace {

/// The two variables that say where states are kept are the test's own.
class FirstStartTest : public testing::Test {
 protected:
    FirstStartTest() {
        for (std::size_t i = 0; i < 2; ++i) {
            if (const char* before = std::getenv(kNames[i]))
                before_[i] = before;
            unsetenv(kNames[i]);
        }
    }

    ~FirstStartTest() override {
        for (std::size_t i = 0; i < 2; ++i) {
            unsetenv(kNames[i]);
            if (before_[i])
                setenv(kNames[i], before_[i]->c_str(), 1);
        }
    }

    static constexpr const char* kNames[] = {"XDG_STATE_HOME", "HOME"};
    std::optional<std::string> before_[2];
    test::TemporaryFolder folder_;
};

TEST_F(FirstStartTest, ATourIsSeenOnceItIsRemembered) {
    setenv("XDG_STATE_HOME", folder_.file("state").c_str(), 1);
    EXPECT_FALSE(tour_was_seen());
    ASSERT_TRUE(remember_tour().ok());
    EXPECT_TRUE(tour_was_seen());
}

TEST_F(FirstStartTest, WithoutAStateFolderItIsBelowHome) {
    setenv("HOME", "/home/somebody", 1);
    EXPECT_EQ(tour_path(), "/home/somebody/.local/state/golanes/tour");
}

TEST_F(FirstStartTest, WhereNothingCanBeKeptThereIsNoTour) {
    EXPECT_TRUE(tour_was_seen());
    EXPECT_FALSE(remember_tour().ok());
}

}  // namespace
}  // namespace golanes::app

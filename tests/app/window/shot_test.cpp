#include "app/verbs/shot.h"

#include <algorithm>
#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "app/window/png.h"
#include "tests/temporary_folder.h"

namespace golanes::app {
namespace {

/// What one call of the verb did.
struct Outcome {
    int exit_code = 0;
    std::string said;  ///< On standard error.
    bool loaded = false;
};

Outcome shot(std::vector<std::string> arguments) {
    Outcome outcome;
    CLI::App root{"golanes"};
    add_shot_verb(root, outcome.exit_code, [&outcome](const std::string& subject) {
        outcome.loaded = true;
        return subject == "nothing" ? Result<ui::FrameInput>(Error{"nothing: no such file"})
                                    : Result<ui::FrameInput>(ui::FrameInput{});
    });
    arguments.insert(arguments.begin(), "shot");
    std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants a vector
    testing::internal::CaptureStderr();
    root.parse(arguments);
    outcome.said = testing::internal::GetCapturedStderr();
    return outcome;
}

TEST(ShotTest, WritesAPictureOfTheSizeAsked) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.png");
    const Outcome outcome = shot({"alternate", "-o", path, "--size", "640x400"});
    EXPECT_EQ(outcome.exit_code, 0) << outcome.said;
    const auto picture = read_png(path);
    ASSERT_TRUE(picture.ok()) << picture.error().message;
    EXPECT_EQ(picture.value().width, 640);
    EXPECT_EQ(picture.value().height, 400);
}

TEST(ShotTest, BothThemesAndLanguagesGiveDifferentPictures) {
    const test::TemporaryFolder folder;
    std::vector<std::vector<std::uint8_t>> seen;
    for (const char* theme : {"light", "dark"}) {
        for (const char* language : {"en", "zh_CN"}) {
            const std::string path = folder.file(std::string(theme) + language);
            const Outcome outcome =
                shot({"alternate", "-o", path, "--theme", theme, "--lang", language});
            ASSERT_EQ(outcome.exit_code, 0) << outcome.said;
            const auto picture = read_png(path);
            ASSERT_TRUE(picture.ok());
            EXPECT_EQ(std::count(seen.begin(), seen.end(), picture.value().rgba), 0)
                << theme << " " << language;
            seen.push_back(picture.value().rgba);
        }
    }
}

TEST(ShotTest, AnExistingFileIsKeptUnlessForced) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.png");
    std::ofstream(path) << "mine";
    const Outcome refused = shot({"alternate", "-o", path});
    EXPECT_EQ(refused.exit_code, 2);
    EXPECT_FALSE(refused.loaded) << "the run must not start for a picture that has no place";
    EXPECT_NE(refused.said.find(path), std::string::npos) << refused.said;
    EXPECT_EQ(shot({"alternate", "-o", path, "--force"}).exit_code, 0);
    EXPECT_TRUE(read_png(path).ok());
}

TEST(ShotTest, AnErrorOfTheSourceIsBadInput) {
    const test::TemporaryFolder folder;
    const Outcome outcome = shot({"nothing", "-o", folder.file("a.png")});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_EQ(outcome.said, "golanes: nothing: no such file\n");
    EXPECT_EQ(folder.names().size(), 0U);
}

struct BadArgument {
    const char* option;
    const char* value;
    const char* expected;  ///< Part of the message.
};

class ShotBadArgumentTest : public testing::TestWithParam<BadArgument> {};

TEST_P(ShotBadArgumentTest, IsOneLineAndExitCodeTwo) {
    const test::TemporaryFolder folder;
    const BadArgument& bad = GetParam();
    const Outcome outcome = shot({"alternate", "-o", folder.file("a.png"), bad.option, bad.value});
    EXPECT_EQ(outcome.exit_code, 2);
    EXPECT_FALSE(outcome.loaded);
    EXPECT_EQ(std::count(outcome.said.begin(), outcome.said.end(), '\n'), 1) << outcome.said;
    EXPECT_NE(outcome.said.find(bad.option), std::string::npos) << outcome.said;
    EXPECT_NE(outcome.said.find(bad.expected), std::string::npos) << outcome.said;
    EXPECT_EQ(folder.names().size(), 0U);
}

INSTANTIATE_TEST_SUITE_P(All,
                         ShotBadArgumentTest,
                         testing::Values(BadArgument{"--size", "big", "\"big\""},
                                         BadArgument{"--size", "", "WIDTHxHEIGHT"},
                                         BadArgument{"--size", "1280", "WIDTHxHEIGHT"},
                                         BadArgument{"--size", "1280x", "WIDTHxHEIGHT"},
                                         BadArgument{"--size", "x720", "WIDTHxHEIGHT"},
                                         BadArgument{"--size", "1280x720x1", "WIDTHxHEIGHT"},
                                         BadArgument{"--size", "0x0", "320x200"},
                                         BadArgument{"--size", "99999x99999", "8192x8192"},
                                         BadArgument{"--size", "99999999999x1", "8192x8192"},
                                         BadArgument{"--scale", "0", "0.5"},
                                         BadArgument{"--scale", "nan", "\"nan\""},
                                         BadArgument{"--scale", "2x", "\"2x\""},
                                         BadArgument{"--theme", "pink", "light or dark"},
                                         BadArgument{"--lang", "fr", "en or zh_CN"},
                                         BadArgument{"--view", "moon", "no such view"},
                                         BadArgument{"--at", "soon", "\"soon\""},
                                         BadArgument{"--select", "G0", "like G7"}));

TEST(ShotTest, ARangeIsTwoTimesTheEarlierFirst) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("a.png");
    for (const char* range : {"1ms", "2ms..1ms", "..1ms", "1ms..", "-1ms..1ms"}) {
        const Outcome outcome = shot({"alternate", "-o", path, std::string("--range=") + range});
        EXPECT_EQ(outcome.exit_code, 2) << range;
        EXPECT_NE(outcome.said.find("--range"), std::string::npos) << outcome.said;
    }
    EXPECT_EQ(shot({"alternate", "-o", path, "--range", "1ms..1.5ms"}).exit_code, 0);
}

}  // namespace
}  // namespace golanes::app

#include "app/window/png.h"

#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"

namespace golanes::app {
namespace {

using recording::Overwrite;

Picture noise(int width, int height, std::uint32_t seed) {
    std::mt19937 random(seed);
    Picture picture{width, height, {}};
    for (int i = 0; i < width * height * 4; ++i)
        picture.rgba.push_back(static_cast<std::uint8_t>(random() & 255));
    return picture;
}

TEST(PngTest, RoundTripKeepsEveryByte) {
    const test::TemporaryFolder folder;
    for (const std::uint32_t seed : {1U, 2U, 3U}) {
        const Picture picture = noise(37, 21, seed);
        const std::string path = folder.file("a.png");
        const Status written = write_png(picture, path, Overwrite::Yes);
        ASSERT_TRUE(written.ok()) << written.error().message;
        const auto read = read_png(path);
        ASSERT_TRUE(read.ok()) << read.error().message;
        EXPECT_EQ(read.value().width, 37);
        EXPECT_EQ(read.value().height, 21);
        EXPECT_EQ(read.value().rgba, picture.rgba) << "seed " << seed;
    }
}

TEST(PngTest, AnExistingFileIsKept) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("mine.png");
    std::ofstream(path) << "precious";
    const Status written = write_png(noise(4, 4, 1), path, Overwrite::No);
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().message.find(path), std::string::npos) << written.error().message;
    std::string content;
    std::ifstream(path) >> content;
    EXPECT_EQ(content, "precious");
}

TEST(PngTest, NothingElseIsLeftInTheFolder) {
    const test::TemporaryFolder folder;
    ASSERT_TRUE(write_png(noise(4, 4, 1), folder.file("a.png"), Overwrite::No).ok());
    ASSERT_FALSE(write_png(noise(4, 4, 1), folder.file("a.png"), Overwrite::No).ok());
    EXPECT_EQ(folder.names().size(), 1U);
}

TEST(PngTest, AMissingFolderIsNamed) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("no/such/a.png");
    const Status written = write_png(noise(4, 4, 1), path, Overwrite::No);
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().message.find(path), std::string::npos) << written.error().message;
}

TEST(PngTest, WhatIsNoPngIsRefusedByName) {
    const test::TemporaryFolder folder;
    const std::string path = folder.file("text.png");
    std::ofstream(path) << "no picture at all";
    const auto read = read_png(path);
    ASSERT_FALSE(read.ok());
    EXPECT_NE(read.error().message.find(path), std::string::npos) << read.error().message;
}

}  // namespace
}  // namespace golanes::app

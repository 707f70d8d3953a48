#include "app/window/offscreen.h"

#include <GL/gl.h>

#include <gtest/gtest.h>

namespace golanes::app {
namespace {

void clear(float red, float green, float blue) {
    glClearColor(red, green, blue, 1);
    glClear(GL_COLOR_BUFFER_BIT);
}

TEST(OffscreenTest, ReadsBackTheColourItWasClearedWith) {
    const auto screen = Offscreen::create(40, 30);
    ASSERT_TRUE(screen.ok()) << screen.error().message;
    clear(1, 0.2F, 0);
    const Picture picture = screen.value()->read();
    ASSERT_EQ(picture.width, 40);
    ASSERT_EQ(picture.height, 30);
    EXPECT_EQ(picture.pixel(39, 29)[0], 255);
    EXPECT_EQ(picture.pixel(39, 29)[1], 51);
    EXPECT_EQ(picture.pixel(39, 29)[2], 0);
    EXPECT_EQ(picture.pixel(39, 29)[3], 255);
}

TEST(OffscreenTest, RowsComeFromTopToBottom) {
    const auto screen = Offscreen::create(8, 8);
    ASSERT_TRUE(screen.ok()) << screen.error().message;
    clear(0, 0, 0);
    glEnable(GL_SCISSOR_TEST);
    glScissor(0, 6, 8, 2);  // OpenGL counts rows from below: the two upper ones
    clear(0, 1, 0);
    const Picture picture = screen.value()->read();
    EXPECT_EQ(picture.pixel(0, 1)[1], 255);
    EXPECT_EQ(picture.pixel(0, 2)[1], 0);
}

TEST(OffscreenTest, TransparentPixelsBecomeOpaque) {
    const auto screen = Offscreen::create(2, 2);
    ASSERT_TRUE(screen.ok()) << screen.error().message;
    glClearColor(0, 0, 1, 0);
    glClear(GL_COLOR_BUFFER_BIT);
    EXPECT_EQ(screen.value()->read().pixel(0, 0)[3], 255);
}

TEST(OffscreenTest, OneAfterTheOtherWorks) {
    for (int i = 0; i < 3; ++i) {
        const auto screen = Offscreen::create(16, 16);
        ASSERT_TRUE(screen.ok()) << screen.error().message;
        clear(0, 0, static_cast<float>(i) / 2);
        EXPECT_EQ(screen.value()->read().pixel(3, 3)[2], i == 0 ? 0 : i == 1 ? 128 : 255);
    }
}

}  // namespace
}  // namespace golanes::app

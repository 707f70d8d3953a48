#include "app/window/renderer.h"

#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/window/offscreen.h"

namespace golanes::app {
namespace {

constexpr DurationNs kFrame = kSecond / 60;

class RendererTest : public testing::Test {
 protected:
    void SetUp() override {
        auto screen = Offscreen::create(800, 600);
        ASSERT_TRUE(screen.ok()) << screen.error().message;
        screen_ = std::move(screen).value();
        auto renderer = Renderer::create();
        ASSERT_TRUE(renderer.ok()) << renderer.error().message;
        renderer_ = std::move(renderer).value();
    }

    bool frame() { return renderer_->frame(content_, surface_, kFrame, commands_); }

    void settle() {
        for (int i = 0; i < 10; ++i)
            frame();
    }

    std::unique_ptr<Offscreen> screen_;
    std::unique_ptr<Renderer> renderer_;
    ui::FrameInput content_;
    Surface surface_{800, 600, 800, 600, 1};
    std::vector<ui::Command> commands_;
};

TEST_F(RendererTest, TheFirstFrameIsDrawn) {
    EXPECT_TRUE(frame());
}

TEST_F(RendererTest, AnEqualFrameIsNotDrawnAgain) {
    settle();
    EXPECT_FALSE(frame());
}

TEST_F(RendererTest, ALostPictureIsDrawnAgain) {
    settle();
    renderer_->forget_picture();
    EXPECT_TRUE(frame());
    EXPECT_FALSE(frame());
}

TEST_F(RendererTest, AnotherSizeIsDrawn) {
    settle();
    surface_.width = surface_.width_px = 700;
    EXPECT_TRUE(frame());
}

TEST_F(RendererTest, AnotherThemeIsDrawnInItsColour) {
    settle();
    const Picture dark = screen_->read();
    content_.theme = ui::Theme::Light;
    EXPECT_TRUE(frame());
    settle();
    EXPECT_NE(screen_->read().rgba, dark.rgba);
}

TEST_F(RendererTest, AnotherScaleUploadsTheFontsAgain) {
    settle();
    content_.scale = 1.5F;
    EXPECT_TRUE(frame());
    settle();
    EXPECT_FALSE(frame());
}

TEST_F(RendererTest, TwoRunsGiveTheSamePixels) {
    settle();
    const Picture first = screen_->read();
    renderer_.reset();
    screen_.reset();
    SetUp();
    settle();
    EXPECT_EQ(screen_->read().rgba, first.rgba);
}

}  // namespace
}  // namespace golanes::app

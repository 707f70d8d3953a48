// The input queue on ImGui 1.86: nothing is lost when many events come between two slow frames.
#include "ui/panels/input.h"

#include <gtest/gtest.h>
#include <imgui.h>

namespace golanes::ui {
namespace {

using Kind = InputEvent::Kind;

class InputQueueTest : public testing::Test {
 protected:
    void SetUp() override {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {400, 300};
        io.DeltaTime = 1.0F / 12;
        io.Fonts->Build();
        InputQueue::set_up(io);
    }

    void TearDown() override { ImGui::DestroyContext(); }

    /// One slow frame; counts what a program sees.
    void frame() {
        queue.pump(ImGui::GetIO());
        ImGui::NewFrame();
        for (const KeyPress& press : queue.pressed())
            presses.push_back(press);
        if (ImGui::IsMouseClicked(0))
            ++clicks;
        if (ImGui::IsKeyPressed(ImGui::GetKeyIndex(ImGuiKey_V), false) && ImGui::GetIO().KeyCtrl)
            ++pastes;
        ImGui::EndFrame();
    }

    void drain() {
        while (queue.pending())
            frame();
        frame();
    }

    void key(int code, bool down, int mods = 0) {
        queue.push({.kind = Kind::Key, .code = code, .down = down, .mods = mods});
    }

    void button(bool down) { queue.push({.kind = Kind::MouseButton, .code = 0, .down = down}); }

    InputQueue queue;
    std::vector<KeyPress> presses;
    int clicks = 0;
    int pastes = 0;
};

TEST_F(InputQueueTest, TenTapsBetweenTwoFramesAreTenPresses) {
    for (int i = 0; i < 10; ++i) {
        key('R', true);
        key('R', false);
    }
    drain();
    EXPECT_EQ(presses.size(), 10U);
}

TEST_F(InputQueueTest, FiveFastClicksAreFiveClicks) {
    for (int i = 0; i < 5; ++i) {
        button(true);
        button(false);
    }
    drain();
    EXPECT_EQ(clicks, 5);
}

TEST_F(InputQueueTest, ReleasingControlInTheSameFrameKeepsThePaste) {
    for (int i = 0; i < 3; ++i) {
        key(key::kLeftControl, true);
        key('V', true, kModControl);
        key(key::kLeftControl, false);
        key('V', false);
    }
    drain();
    EXPECT_EQ(pastes, 3);
}

TEST_F(InputQueueTest, AClickHappensWhereTheMouseWasThen) {
    queue.push({.kind = Kind::MousePosition, .x = 10, .y = 20});
    button(true);
    queue.push({.kind = Kind::MousePosition, .x = 300, .y = 200});
    frame();
    EXPECT_EQ(ImGui::GetIO().MousePos.x, 10);
    EXPECT_EQ(clicks, 1);
    drain();
    EXPECT_EQ(ImGui::GetIO().MousePos.x, 300);
}

TEST_F(InputQueueTest, AHeldKeyRepeats) {
    key('H', true);
    key('H', true);
    drain();
    ASSERT_EQ(presses.size(), 2U);
    EXPECT_FALSE(presses[0].repeat);
    EXPECT_TRUE(presses[1].repeat);
}

TEST_F(InputQueueTest, LosingTheFocusReleasesEverything) {
    key(key::kLeftControl, true);
    button(true);
    drain();
    queue.push({.kind = Kind::Focus, .down = false});
    drain();
    EXPECT_FALSE(ImGui::GetIO().KeyCtrl);
    EXPECT_FALSE(ImGui::GetIO().MouseDown[0]);
}

TEST_F(InputQueueTest, ACharacterAfterBackspaceIsNotEatenByIt) {
    key(key::kBackspace, true);
    queue.push({.kind = Kind::Character, .code = 'x'});
    queue.pump(ImGui::GetIO());
    EXPECT_TRUE(queue.pending()) << "ImGui applies characters before keys: x must wait";
    queue.pump(ImGui::GetIO());
    EXPECT_FALSE(queue.pending());
}

TEST_F(InputQueueTest, CodesOutOfRangeAreIgnored) {
    key(-1, true);
    key(99'999, true);
    queue.push({.kind = Kind::MouseButton, .code = 77, .down = true});
    queue.push({.kind = Kind::MouseButton, .code = -3, .down = true});
    drain();
    EXPECT_TRUE(presses.empty());
}

}  // namespace
}  // namespace golanes::ui

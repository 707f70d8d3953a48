#include "ui/panels/why_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"
#include "ui/panels/fonts.h"

namespace golanes::ui {
namespace {

using Window = ViewWindow<WhyPanel>;
using trace::WaitReason;

/// Each holds one fork and waits for the other's, from 30 and 40 on.
model::Timeline deadlock() {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0, "Plato");
    script.at(5).start(1, 0).make_lock(1, 0, "left fork").make_lock(2, 0, "right fork");
    script.create(2, 0, "Kant").lock(1, 0, 1);
    script.at(10).stop(1, 0).start(2, 0);
    script.at(20).lock(2, 0, 2);
    script.at(30).block(2, 0, WaitReason::MutexLock, 1).start(1, 0);
    script.at(40).block(1, 0, WaitReason::MutexLock, 2);
    script.at(50).kill(1).kill(2).end_run(trace::RunStatus::Deadlock);
    return script.timeline();
}

TEST(WhyPanelTest, ADeadlockIsToldAndDrawnAsARing) {
    Window window(deadlock());
    const std::string text = window.text();
    EXPECT_NE(text.find("2 goroutines wait"), std::string::npos) << text;
    EXPECT_NE(text.find("It wants the lock left fork, which main holds"), std::string::npos)
        << text;
    EXPECT_NE(text.find("each waits for the lock at its arrow"), std::string::npos) << text;
    EXPECT_TRUE(Window::has("why.ring.G1"));
    EXPECT_TRUE(Window::has("why.ring.G2"));
    EXPECT_TRUE(Window::has("why.G2.holder1"));
}

TEST(WhyPanelTest, BeforeTheRingIsClosedThereIsNone) {
    Window window(deadlock());
    window.view.cursor = 35;
    const std::string text = window.text();
    EXPECT_NE(text.find("1 goroutines wait"), std::string::npos) << text;
    EXPECT_FALSE(Window::has("why.ring"));
}

TEST(WhyPanelTest, LinksSelect) {
    Window window(deadlock());
    window.click("why.G2.holder1");
    EXPECT_EQ(window.view.selected, 1U);
    window.click("why.ring.G2");
    EXPECT_EQ(window.view.selected, 2U);
    EXPECT_EQ(window.view.selected_run, 1U);
}

TEST(WhyPanelTest, OfOneThatRunsItTellsWhoMadeIt) {
    Window window(deadlock());
    window.view.selected = 2;
    window.view.selected_run = 1;
    window.view.cursor = 25;
    const std::string text = window.text();
    EXPECT_NE(text.find("It was made by"), std::string::npos) << text;
    EXPECT_TRUE(Window::has("why.waker"));
    window.click("why.wake_time");
    EXPECT_EQ(window.view.cursor, 5);
}

TEST(WhyPanelTest, WhoIsReadyAndNotTakenIsToldSo) {
    Window window(deadlock());
    window.view.selected = 1;
    window.view.selected_run = 1;
    window.view.cursor = 25;
    const std::string text = window.text();
    EXPECT_NE(text.find("is ready to run, but no P has taken it for 15"), std::string::npos)
        << text;
}

TEST(WhyPanelTest, WhoIsNotAliveIsToldSo) {
    Window window(view::alternating(4, kMillisecond));
    window.view.selected = 9;
    window.view.selected_run = 1;
    EXPECT_NE(window.text().find("is not alive at this time"), std::string::npos);
}

TEST(WhyPanelTest, WhereNobodyWaitsItSaysWhatToClick) {
    Window window(view::alternating(4, kMillisecond));
    EXPECT_NE(window.text().find("Click a thin line"), std::string::npos);
}

TEST(WhyPanelTest, SpeaksChinese) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    Window window(deadlock());
    window.input.language = Language::Chinese;
    EXPECT_NE(window.text().find("2 个协程在等待"), std::string::npos) << window.text();
}

}  // namespace
}  // namespace golanes::ui

#include "ui/panels/queues_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"
#include "ui/panels/fonts.h"

namespace golanes::ui {
namespace {

/// P0 runs G1 from 10 on; G2 and G3 wait in its ring, G4 in the global queue.
model::Timeline three_wait() {
    view::EventScript script;
    script.begin_run(2).start_proc(0).create(1, 0);
    script.at(10).start(1, 0).create(2, 0, "worker").create(3, 0).create_globally(4, 0);
    script.at(90).end(1, 0).start(2, 0);
    script.at(100).end(2, 0).end_run();
    return script.timeline();
}

using Window = ViewWindow<QueuesPanel>;

TEST(QueuesPanelTest, WithoutACursorItShowsTheFullestMoment) {
    Window window(three_wait());
    EXPECT_NE(window.text().find("when most goroutines stood in queues"), std::string::npos);
    EXPECT_TRUE(Window::has("queues.P0.running"));
    EXPECT_TRUE(Window::has("queues.P0.0"));
    EXPECT_TRUE(Window::has("queues.P0.1"));
    EXPECT_TRUE(Window::has("queues.global.0"));
    EXPECT_TRUE(Window::has("queues.P1")) << "an idle P has its row";
    EXPECT_FALSE(Window::has("queues.P1.running"));
}

TEST(QueuesPanelTest, TheCursorChoosesTheMoment) {
    Window window(three_wait());
    window.view.cursor = 95;
    EXPECT_NE(window.text().find("At the cursor, 95"), std::string::npos) << window.text();
    EXPECT_TRUE(Window::has("queues.P0.0"));
    EXPECT_FALSE(Window::has("queues.P0.1")) << "G2 has left the ring";
}

TEST(QueuesPanelTest, EventsOfOneInstantMoveTheTokensOneByOne) {
    Window window(three_wait());
    const auto& recording = window.input.timeline.recording();
    std::uint64_t created = recording.first_index();
    while (recording.event(created).type != trace::EventType::GoCreate ||
           recording.event(created).a != 2)
        ++created;
    window.view.cursor = 10;
    window.view.event = created;
    window.settle();
    EXPECT_TRUE(Window::has("queues.P0.0"));
    EXPECT_FALSE(Window::has("queues.P0.1")) << "G3 is created by a later event at the same time";
    window.view.event = created + 1;
    window.settle();
    EXPECT_TRUE(Window::has("queues.P0.1"));
}

TEST(QueuesPanelTest, AClickOnATokenSelectsItsGoroutine) {
    Window window(three_wait());
    window.click("queues.P0.0");
    EXPECT_EQ(window.view.selected, 2U);
    EXPECT_EQ(window.view.selected_run, 1U);
}

TEST(QueuesPanelTest, OutsideOfRunsItSaysWhereToClick) {
    view::EventScript script;
    script.at(5).begin_run(1).start_proc(0).create(1, 0);
    script.at(10).start(1, 0).end(1, 0).end_run();
    Window window(script.timeline());
    window.view.cursor = 0;
    EXPECT_NE(window.text().find("Click the picture inside a run"), std::string::npos)
        << window.text();
}

TEST(QueuesPanelTest, SpeaksChinese) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    Window window(three_wait());
    window.input.language = Language::Chinese;
    EXPECT_NE(window.text().find("排队的协程最多"), std::string::npos) << window.text();
}

}  // namespace
}  // namespace golanes::ui

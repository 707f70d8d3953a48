// The views below the timeline in the whole window: reached by click, key and menu, without
// overlap.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/fonts.h"
#include "ui/view/views.h"

namespace golanes::ui {
namespace {

constexpr auto kCount = static_cast<std::size_t>(view::ViewKind::Count_);

std::string name_of(std::size_t number) {
    return std::string(view::kViewNames[number]);
}

class ViewSwitchTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.settle();
    }

    Headless window;
};

TEST_F(ViewSwitchTest, AtFirstThereIsTheTimelineWithItsLegend) {
    EXPECT_TRUE(window.has("panel.legend"));
    EXPECT_FALSE(window.has("panel.view"));
}

TEST_F(ViewSwitchTest, EveryViewIsReachedByAClickOnItsName) {
    for (std::size_t i = 1; i < kCount; ++i) {
        window.click("view." + name_of(i));
        EXPECT_TRUE(window.has("panel.view")) << name_of(i);
        EXPECT_NE(window.has("panel.timeline"),
                  takes_timelines_place(static_cast<view::ViewKind>(i)))
            << name_of(i);
        EXPECT_FALSE(window.has("panel.legend")) << name_of(i);
    }
    window.click("view.timeline");
    EXPECT_TRUE(window.has("panel.legend"));
}

TEST_F(ViewSwitchTest, TheDigitsChooseAView) {
    window.press('2');
    EXPECT_TRUE(window.has("queues.title"));
    window.press('1');
    EXPECT_FALSE(window.has("queues.title"));
    window.press('9');
    EXPECT_TRUE(window.has("findings.title"));
    window.press('0');
    EXPECT_NE(window.text().find("no lesson yet"), std::string::npos) << "the tenth";
}

TEST_F(ViewSwitchTest, TheMenuChoosesAView) {
    window.click("menu.view");
    window.click("menu.view.events");
    EXPECT_TRUE(window.has("events.table"));
}

TEST_F(ViewSwitchTest, ADigitTypedIntoAFieldIsNoShortcut) {
    window.press('8');
    window.click("view.events");
    window.click("events.text");
    window.press('1');
    EXPECT_TRUE(window.has("events.table"));
}

TEST_F(ViewSwitchTest, TheSplitterGivesTheViewMoreRoom) {
    window.click("view.events");
    const float before = find_item("panel.view")->min.y;
    const auto bar = find_item("split.view");
    ASSERT_TRUE(bar.has_value());
    window.move_to(bar->center());
    window.queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = true});
    window.settle();
    window.move_to({bar->center().x, bar->center().y - 60});
    window.queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = false});
    window.settle();
    EXPECT_LT(find_item("panel.view")->min.y, before - 30);
}

TEST_F(ViewSwitchTest, OnASmallScreenAListLeadsToEveryView) {
    window.input.scale = 2;
    window.settle();
    for (const char* name : {"view.queues", "view.events"}) {
        window.click("view.combo");
        window.click(name);
        EXPECT_TRUE(window.has("panel.view")) << name;
        EXPECT_FALSE(window.has("panel.timeline")) << name;
    }
    window.press('1');
    EXPECT_TRUE(window.has("panel.timeline"));
}

TEST_F(ViewSwitchTest, OneSelectionServesAllViews) {
    window.click("view.statistics");
    window.click("statistics.G2");
    EXPECT_TRUE(window.has("inspector.name"));
    window.click("view.why");
    EXPECT_TRUE(window.has("why.title"));
}

TEST_F(ViewSwitchTest, EveryViewNamesItselfInBothLanguages) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    EXPECT_NE(window.text().find("Run queues"), std::string::npos);
    window.input.language = Language::Chinese;
    window.settle();
    const std::string text = window.text();
    for (const char* title : {"时间线",
                              "运行队列",
                              "栈",
                              "结果分布",
                              "源代码",
                              "为何等待",
                              "统计",
                              "事件",
                              "发现",
                              "课程",
                              "对比",
                              "核对文章"})
        EXPECT_NE(text.find(title), std::string::npos) << title;
}

class ViewRoomTest
    : public testing::TestWithParam<std::tuple<std::size_t, ImVec2, float, Language>> {};

TEST_P(ViewRoomTest, TimelineStepsAndViewDoNotOverlap) {
    const auto [number, size, scale, language] = GetParam();
    Headless window(size);
    window.input = sample_input();
    window.input.scale = scale;
    window.input.language = language;
    window.shell.show(static_cast<view::ViewKind>(number));
    window.settle();
    const auto rect = [](const char* name) {
        return find_item(name).value_or(ItemRect{});
    };
    EXPECT_LE(rect("panel.view").max.y, rect("status.events").min.y + 1);
    EXPECT_GT(rect("panel.view").max.y - rect("panel.view").min.y, 0.15F * size.y);
    EXPECT_TRUE(window.has("view.switch"));
    if (size.y / scale < 500 || takes_timelines_place(static_cast<view::ViewKind>(number))) {
        EXPECT_FALSE(window.has("panel.timeline")) << "there is room for one of them";
        return;
    }
    EXPECT_LE(rect("panel.timeline").max.y, rect("panel.bars").min.y + 1);
    EXPECT_LE(rect("panel.bars").max.y, rect("panel.view").min.y + 1);
    EXPECT_LE(rect("view.switch").max.x, rect("panel.bars").max.x);
    EXPECT_GT(rect("panel.timeline").max.y - rect("panel.timeline").min.y, 0.15F * size.y);
}

INSTANTIATE_TEST_SUITE_P(All,
                         ViewRoomTest,
                         testing::Combine(testing::Range(std::size_t{1}, kCount),
                                          testing::Values(ImVec2(1280, 720), ImVec2(1920, 1080)),
                                          testing::Values(1.0F, 2.0F),
                                          testing::Values(Language::English, Language::Chinese)));

}  // namespace
}  // namespace golanes::ui

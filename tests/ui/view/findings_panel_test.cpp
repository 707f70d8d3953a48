#include "ui/panels/findings_panel.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "tests/ui/view/view_window.h"
#include "ui/panels/finding_words.h"
#include "ui/panels/fonts.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

/// The panel as the layout leads it: looks first, then draws.
struct LedPanel {
    FindingsPanel panel;

    void draw(const FrameInput& input, ViewState& view) {
        view.shown = view::ViewKind::Findings;
        panel.look(input, view);
        panel.draw(input, view);
    }
};

class Window : public ViewWindow<LedPanel> {
 public:
    explicit Window(model::Timeline timeline) : ViewWindow(std::move(timeline)) { look(); }

    void look() {
        settle();
        panel.panel.wait();
        settle();
    }
};

/// Plato and Kant write to "count" and neither waits for the other.
model::Timeline race() {
    view::EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0, "main");
    script.at(5).start(1, 0).make_variable(1, 0, "count");
    script.create(2, 0, "Plato").create(3, 0, "Kant").stop(1, 0);
    script.at(100).start(2, 0).write(2, 0, 1, "race.cpp", 2).end(2, 0);
    script.at(200).start(3, 0).write(3, 0, 1, "race.cpp", 3).end(3, 0);
    script.at(300).start(1, 0).end(1, 0).end_run();
    return script.timeline();
}

std::string_view source_of(std::string_view path) {
    return path == "race.cpp" ? "int main() {\n    count = plato;\n    count = kant;\n}\n" : "";
}

TEST(FindingsPanelTest, BeforeTheSearchIsDoneItSaysThatItLooks) {
    ViewWindow<FindingsPanel> window(race());
    EXPECT_NE(window.text().find("Looking..."), std::string::npos);
}

TEST(FindingsPanelTest, ARaceIsToldWithWhoWhatAndWhere) {
    Window window(race());
    const std::string text = window.text();
    EXPECT_NE(text.find("1 findings"), std::string::npos) << text;
    EXPECT_NE(text.find("nothing orders the write by Plato (race.cpp:2) before the write by Kant"),
              std::string::npos)
        << text;
}

TEST(FindingsPanelTest, ARaceShowsBothLinesAndTheMissingEdge) {
    Window window(race());
    window.input.source = source_of;
    const std::string text = window.text();
    EXPECT_NE(text.find("count = plato;"), std::string::npos) << text;
    EXPECT_NE(text.find("count = kant;"), std::string::npos) << text;
    EXPECT_TRUE(Window::has("findings.race"));
    EXPECT_TRUE(Window::has("findings.race.edge"));
}

TEST(FindingsPanelTest, AClickSelectsTheGoroutineAndGoesThere) {
    Window window(race());
    window.view.view_start = 290;
    window.view.view_end = 300;
    window.click("findings.row.0");
    EXPECT_EQ(window.view.selected, 2U);
    EXPECT_EQ(window.view.cursor, 100);
    EXPECT_LE(window.view.view_start, 100);
    EXPECT_GE(window.view.view_end, 200);
    EXPECT_FALSE(window.view.follow);
}

TEST(FindingsPanelTest, AClickOnTheEvidenceStandsAtThatEvent) {
    Window window(race());
    const auto& finding = window.view.findings->list.front();
    window.click("findings.event." + std::to_string(finding.events[1]));
    EXPECT_EQ(window.view.event, finding.events[1]);
    EXPECT_EQ(window.view.cursor, 200);
}

TEST(FindingsPanelTest, WhereNothingIsFoundItSaysWhatThatMeans) {
    Window window(view::alternating(4, kMillisecond));
    EXPECT_TRUE(Window::has("findings.none"));
    EXPECT_NE(window.text().find("Nothing found: no deadlock"), std::string::npos);
}

TEST(FindingsPanelTest, WithoutAccessesItDoesNotSayThatThereIsNoRace) {
    Window window(view::alternating(4, kMillisecond));
    EXPECT_EQ(window.text().find("no data race"), std::string::npos);
    EXPECT_TRUE(Window::has("findings.no_accesses"));
}

TEST(FindingsPanelTest, ARunThatGoesOnIsSearchedOnlyWhileTheViewIsShown) {
    FindingsPanel panel;
    FrameInput input;
    ViewState view;
    input.timeline = race();
    input.live = true;
    panel.look(input, view);
    EXPECT_FALSE(panel.searching());
    view.shown = view::ViewKind::Findings;
    panel.look(input, view);
    EXPECT_TRUE(panel.searching());
}

TEST(FindingsPanelTest, SpeaksChinese) {
    if (!FontLoader::has_chinese())
        GTEST_SKIP() << "no Chinese font on this machine";
    Window window(race());
    window.input.language = Language::Chinese;
    window.settle();
    EXPECT_NE(window.text().find("count 上的数据竞争：Plato 的写（race.cpp:2）"), std::string::npos)
        << window.text();
}

TEST(FindingWordsTest, TheEnglishSentenceIsTheModelsOwn) {
    set_language(Language::English);
    for (int i = 0; i < static_cast<int>(model::FindingKind::Count_); ++i) {
        model::Finding finding;
        finding.kind = static_cast<model::FindingKind>(i);
        EXPECT_EQ(finding_sentence(finding), model::finding_pattern(finding.kind));
    }
}

TEST(FindingWordsTest, AnOrderOfLocksIsMadeOfItsParts) {
    set_language(Language::English);
    model::Finding finding;
    finding.kind = model::FindingKind::LockOrder;
    finding.words = {
        "whole", "left", "right", "Kant", "a.cpp:3", "right", "left", "Mill", "a.cpp:9"};
    EXPECT_NE(finding_sentence(finding).find(
                  "left before right by Kant (a.cpp:3); right before left by Mill (a.cpp:9)"),
              std::string::npos);
}

}  // namespace
}  // namespace golanes::ui

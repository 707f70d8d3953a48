#include "ui/view/stands.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"

namespace golanes::view {
namespace {

EventScript story() {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0);
    script.at(10).start(1, 0).print(1, 0, "a.cpp", 5);
    script.at(20).print(1, 0, "a.cpp", 9);
    script.at(30).stop(1, 0).start(2, 0).print(2, 0, "a.cpp", 7);
    script.at(40).end(2, 0);
    return script;
}

std::uint32_t line_of(const model::Timeline& timeline, GoroutineId g, TimeNs t) {
    for (const Stand& stand : stands_at(timeline, timeline.runs().back(), t)) {
        if (stand.g == g)
            return timeline.recording().names->place(stand.place).line;
    }
    return 0;
}

TEST(StandsTest, AGoroutineStandsWhereItsLastEventWas) {
    const model::Timeline timeline = story().timeline();
    EXPECT_EQ(line_of(timeline, 1, 15), 5U);
    EXPECT_EQ(line_of(timeline, 1, 35), 9U);
    EXPECT_EQ(line_of(timeline, 2, 35), 7U);
}

TEST(StandsTest, WhoHasNotRunOrHasEndedStandsNowhere) {
    const model::Timeline timeline = story().timeline();
    EXPECT_EQ(line_of(timeline, 2, 15), 0U);
    EXPECT_EQ(line_of(timeline, 2, 45), 0U);
}

}  // namespace
}  // namespace golanes::view

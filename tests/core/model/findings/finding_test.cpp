#include "core/model/findings/finding.h"

#include <set>

#include <gtest/gtest.h>

#include "tests/core/model/findings/program.h"

namespace golanes::model::test {
namespace {

TEST(FindingTest, EveryKindHasANameAndAPatternOfItsOwn) {
    std::set<std::string_view> names;
    std::set<std::string_view> patterns;
    for (int i = 0; i < static_cast<int>(FindingKind::Count_); ++i) {
        names.insert(finding_name(static_cast<FindingKind>(i)));
        patterns.insert(finding_pattern(static_cast<FindingKind>(i)));
    }
    EXPECT_EQ(names.size(), static_cast<std::size_t>(FindingKind::Count_));
    EXPECT_EQ(patterns.size(), names.size());
}

TEST(FindingTest, APatternTakesItsWordsInAnyOrderAndKeepsWhatIsNoHole) {
    EXPECT_EQ(fill_pattern("{1} before {0}, {2} {x}", {"a", "b"}), "b before a, {2} {x}");
}

TEST(FindingTest, WhatSeveralRunsHaveIsToldOnce) {
    Program program;
    program.go(2).write(1).write(2).end();
    EventBuilder& b = program.events();
    b.after(5).raw(EventType::RunBegin, 2, 1).create(1).start(1);
    b.raw(EventType::ObjectMake,
          1,
          static_cast<std::uint8_t>(trace::ObjectKind::Shared),
          trace::pack_pair(kVariable, 0));
    b.create(2, QueueKind::Ring, 1);
    for (const GoroutineId g : {1U, 2U})
        b.raw(EventType::SharedWrite, g, 0, trace::pack_pair(kVariable, 0));
    b.end_run(trace::RunStatus::Ok, 2);
    const auto found = program.all();
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].runs, 2U);
    EXPECT_EQ(found[0].run, 1U);
}

TEST(FindingTest, AStoppedSearchLooksNoFurther) {
    Program program;
    program.go(2).write(1).write(2).end();
    std::stop_source stop;
    stop.request_stop();
    EXPECT_TRUE(find_all(program.events().timeline(), stop.get_token()).empty());
}

}  // namespace
}  // namespace golanes::model::test

#include "ui/view/event_filter.h"

#include <gtest/gtest.h>

#include "tests/ui/view/event_script.h"
#include "ui/view/event_steps.h"

namespace golanes::view {
namespace {

constexpr std::uint64_t kAll = 1'000'000;

/// "worker" runs on P0, an unnamed one on P1.
model::Timeline two_workers() {
    EventScript script;
    script.begin_run(2).start_proc(0).start_proc(1).create(1, 0).create(2, 0, "Worker");
    script.at(10).start(1, 0).create_globally(3, 0);
    script.at(20).stop(1, 0).start(2, 0).start_from_global(3, 1);
    script.at(30).end(2, 0).end(3, 1).end_run();
    return script.timeline();
}

std::vector<trace::Event> found(const model::Timeline& timeline, const EventQuery& query) {
    EventFilter filter;
    filter.set(query);
    EXPECT_TRUE(filter.advance(timeline, kAll));
    std::vector<trace::Event> events;
    for (std::uint64_t row = 0; row < filter.size(); ++row)
        events.push_back(timeline.recording().event(filter.event_of(row)));
    return events;
}

TEST(EventFilterTest, WithoutAQueryEveryEventHasItsRow) {
    const model::Timeline timeline = two_workers();
    EXPECT_EQ(found(timeline, {}).size(), timeline.recording().event_count());
}

TEST(EventFilterTest, AKindShowsItsEventsOnly) {
    const auto events = found(two_workers(), {step_mask(StepOver::Start), ""});
    EXPECT_EQ(events.size(), 3U);
    for (const trace::Event& event : events)
        EXPECT_EQ(event.type, trace::EventType::GoStart);
}

TEST(EventFilterTest, ANameFindsItsGoroutineInAnyCase) {
    const auto events = found(two_workers(), {kEveryType, "worKER"});
    EXPECT_EQ(events.size(), 3U) << "created, started, ended";
    for (const trace::Event& event : events)
        EXPECT_EQ(event.a, 2U);
}

TEST(EventFilterTest, AGoroutinesNumberIsExact) {
    for (const trace::Event& event : found(two_workers(), {kEveryType, "g3"}))
        EXPECT_EQ(event.a, 3U);
    EXPECT_EQ(found(two_workers(), {kEveryType, "G3"}).size(), 3U);
    EXPECT_EQ(found(two_workers(), {kEveryType, "G33"}).size(), 0U);
}

TEST(EventFilterTest, APShowsWhatHappenedOnIt) {
    const auto events = found(two_workers(), {kEveryType, "P1"});
    EXPECT_EQ(events.size(), 3U);
    for (const trace::Event& event : events)
        EXPECT_EQ(event.p, 1U);
}

TEST(EventFilterTest, PartOfATypesNameFindsTheType) {
    for (const trace::Event& event : found(two_workers(), {kEveryType, "go_end"}))
        EXPECT_EQ(event.type, trace::EventType::GoEnd);
}

TEST(EventFilterTest, LooksAtNoMoreThanAskedAndGoesOnThere) {
    const model::Timeline timeline = alternating(100, 10);
    EventFilter filter;
    filter.set({step_mask(StepOver::Start), ""});
    int turns = 0;
    while (!filter.advance(timeline, 7))
        ++turns;
    EXPECT_GT(turns, 20);
    EXPECT_EQ(filter.size(), 100U);
    filter.set({step_mask(StepOver::Start), "worker"});
    EXPECT_EQ(filter.size(), 0U) << "another query begins anew";
    EXPECT_TRUE(filter.advance(timeline, kAll));
    EXPECT_EQ(filter.size(), 50U);
}

TEST(EventFilterTest, ARowIsFoundAgainByItsEvent) {
    const model::Timeline timeline = two_workers();
    EventFilter filter;
    filter.set({step_mask(StepOver::Start), ""});
    filter.advance(timeline, kAll);
    for (std::uint64_t row = 0; row < filter.size(); ++row)
        EXPECT_EQ(filter.row_of(filter.event_of(row)), row);
    EXPECT_EQ(filter.row_of(0), 0U);
}

TEST(EventFilterTest, AnotherRecordingIsReadFromItsBegin) {
    EventFilter filter;
    filter.set({step_mask(StepOver::Start), ""});
    const model::Timeline first = alternating(100, 10);
    filter.advance(first, kAll);
    const model::Timeline second = alternating(3, 10);
    filter.advance(second, kAll);
    EXPECT_EQ(filter.size(), 3U);
}

}  // namespace
}  // namespace golanes::view

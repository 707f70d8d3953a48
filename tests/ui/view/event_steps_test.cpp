// Going through a recording event by event: what counts as the next one.
#include "ui/view/event_steps.h"

#include <vector>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

using enum trace::EventType;

recording::Snapshot recorded(const std::vector<trace::EventType>& types, std::uint64_t step = 10) {
    recording::Recording recording({});
    std::vector<trace::Event> events;
    for (std::size_t i = 0; i < types.size(); ++i)
        events.push_back({.time = (i + 1) * step, .type = types[i]});
    recording.append(events);
    recording.publish();
    return recording.snapshot();
}

TEST(EventStepsTest, NextAndPreviousSkipWhatIsNotOfTheKind) {
    const auto snapshot = recorded({RunBegin, GoStart, SpinBegin, GoBlock, GoStart});
    const std::uint64_t starts = step_mask(StepOver::Start);
    EXPECT_EQ(next_event(snapshot, 0, starts), 1U);
    EXPECT_EQ(next_event(snapshot, 2, starts), 4U);
    EXPECT_EQ(next_event(snapshot, 5, starts), std::nullopt);
    EXPECT_EQ(previous_event(snapshot, 4, starts), 1U);
    EXPECT_EQ(previous_event(snapshot, 1, starts), std::nullopt);
}

TEST(EventStepsTest, EveryEventMeansWhatTheProgramAndTheSchedulerDecided) {
    const auto snapshot = recorded({GoStart, SpinBegin, MachinePark, GoBlock});
    EXPECT_EQ(next_event(snapshot, 1, step_mask(StepOver::Every)), 3U);
}

TEST(EventStepsTest, ForwardsAndBackwardsMeetTheSameEvents) {
    std::vector<trace::EventType> types;
    for (std::uint32_t i = 0; i < 3 * recording::kChunkEvents / 2; ++i)
        types.push_back(i % 1000 == 7 ? GoBlock : GoStart);
    const auto snapshot = recorded(types);
    const std::uint64_t waits = step_mask(StepOver::Wait);
    std::vector<std::uint64_t> there;
    for (auto at = next_event(snapshot, 0, waits); at; at = next_event(snapshot, *at + 1, waits))
        there.push_back(*at);
    EXPECT_EQ(there.size(), 99U);
    std::vector<std::uint64_t> back;
    for (auto at = previous_event(snapshot, snapshot.end_index(), waits); at;
         at = previous_event(snapshot, *at, waits))
        back.insert(back.begin(), *at);
    EXPECT_EQ(back, there);
}

TEST(EventStepsTest, AnEmptyRecordingHasNoNextEvent) {
    const auto snapshot = recorded({});
    EXPECT_EQ(next_event(snapshot, 0, step_mask(StepOver::Every)), std::nullopt);
    EXPECT_EQ(previous_event(snapshot, 5, step_mask(StepOver::Every)), std::nullopt);
}

TEST(EventStepsTest, AMomentLiesBehindTheEventsUpToIt) {
    const auto snapshot = recorded({GoStart, GoStart, GoStart});
    EXPECT_EQ(snapshot.index_after(9), 0U);
    EXPECT_EQ(snapshot.index_after(10), 1U);
    EXPECT_EQ(snapshot.index_after(29), 2U);
    EXPECT_EQ(snapshot.index_after(30), 3U);
    EXPECT_EQ(snapshot.event(2).time, 30U);
}

}  // namespace
}  // namespace golanes::view

#include "core/model/flows.h"

#include <gtest/gtest.h>

#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

constexpr std::size_t kAll = SIZE_MAX;

// "spawn 1>2 at 10, P0 to P1 at 15": what a flow tells.
std::string text(const Flow& flow) {
    static constexpr const char* kKinds[] = {"spawn", "wake", "preempt", "move"};
    std::string text = kKinds[static_cast<std::size_t>(flow.kind)];
    text += " " + std::to_string(flow.by) + ">" + std::to_string(flow.goroutine);
    text += " at " + std::to_string(flow.time);
    if (flow.started >= 0)
        text += ", P" + std::to_string(flow.from_proc) + " to P" + std::to_string(flow.to_proc) +
                " at " + std::to_string(flow.started);
    return text;
}

std::vector<std::string> texts(const std::vector<Flow>& flows) {
    std::vector<std::string> all;
    for (const Flow& flow : flows)
        all.push_back(text(flow));
    return all;
}

using Texts = std::vector<std::string>;

// Main makes 2 at 10 and waits; 2 runs on P 1 and wakes main at 20, which runs at 30.
EventBuilder& two(EventBuilder& b) {
    b.run().procs(2).create(1).start(1);
    b.at(10).create(2, QueueKind::Global, 1).at(12).block(1);
    b.on(1).at(15).start(2, QueueKind::Global).at(20).unblock(1, QueueKind::Ring, 2);
    return b.at(25).end(2).at(30).start(1).at(40).end(1).end_run();
}

TEST(FlowsTest, AGoStatementAndAWakeUpLeadToWhereTheGoroutineRan) {
    EventBuilder b;
    EXPECT_EQ(texts(flows(two(b).timeline(), 5, 100, kAll)),
              (Texts{"spawn 1>2 at 10, P0 to P1 at 15", "wake 2>1 at 20, P1 to P1 at 30"}));
}

TEST(FlowsTest, AFlowThatArrivesAfterTheRangeIsFollowedThere) {
    EventBuilder b;
    EXPECT_EQ(texts(flows(two(b).timeline(), 18, 22, kAll)),
              (Texts{"wake 2>1 at 20, P1 to P1 at 30"}));
}

TEST(FlowsTest, TheLimitIsKept) {
    EventBuilder b;
    EXPECT_EQ(flows(two(b).timeline(), 0, 100, 2).size(), 2U);
}

TEST(FlowsTest, AMoveNamesEachGoroutineItTook) {
    EventBuilder b;
    b.run().procs(2).create(1).create(2).create(3).create(4);
    b.at(5).on(1).move(trace::MoveReason::Steal, {QueueKind::Ring, 0}, {QueueKind::Ring, 1}, 3);
    b.start(3, QueueKind::None).at(9).end(3).start(1).at(11).end(1).start(2).at(13).end(2);
    const auto found = flows(b.timeline(), 5, 10, kAll);
    EXPECT_EQ(texts(found),
              (Texts{"move 0>1 at 5, P0 to P1 at 9",
                     "move 0>2 at 5, P0 to P1 at 11",
                     "move 0>3 at 5, P0 to P1 at 5"}));
    EXPECT_EQ(found[0].move, trace::MoveReason::Steal);
}

TEST(FlowsTest, TheCauseOfAGoroutineIsItsLastWakeUp) {
    EventBuilder b;
    const Timeline timeline = two(b).timeline();
    EXPECT_EQ(text(cause_of(timeline, 1, 35).value()), "wake 2>1 at 20, P1 to P1 at 30");
    EXPECT_EQ(text(cause_of(timeline, 1, 19).value()), "spawn 0>1 at 0, P0 to P0 at 0");
    EXPECT_EQ(text(cause_of(timeline, 2, 50).value()), "spawn 1>2 at 10, P0 to P1 at 15");
    EXPECT_FALSE(cause_of(timeline, 3, 50));
}

TEST(FlowsTest, TheEffectsOfAGoroutineAreThoseItMadeAndWoke) {
    EventBuilder b;
    const Timeline timeline = two(b).timeline();
    EXPECT_EQ(texts(effects_of(timeline, 1, 0, 100, kAll)),
              (Texts{"spawn 1>2 at 10, P0 to P1 at 15"}));
    EXPECT_EQ(texts(effects_of(timeline, 2, 0, 100, kAll)),
              (Texts{"wake 2>1 at 20, P1 to P1 at 30"}));
}

}  // namespace
}  // namespace golanes::model::test

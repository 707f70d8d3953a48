#include "core/trace/collector.h"

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

RunRegion real_region(const TickClock& clock = process_tick_clock()) {
    auto region = RunRegion::create_anonymous(small_options(), clock);
    GOLANES_CHECK(region.ok(), "a test needs memory");
    return std::move(region).value();
}

void emit_now(Emitter& emitter, std::uint32_t number) {
    emitter.put(note(emitter.begin_visit(), number));
    emitter.end_visit();
}

// Drains until `count` events came. The frontier follows the clock, so they come by themselves.
std::vector<Event> drained(Collector& collector, std::size_t count) {
    std::vector<Event> all;
    while (all.size() < count) {
        const std::vector<Event>& some = collector.drain();
        all.insert(all.end(), some.begin(), some.end());
    }
    return all;
}

// A virtual run's only ring is the order: also of events that an order of facts would hold back.
TEST(CollectorTest, TheOnlyRingOfAVirtualRunIsTakenAsItStands) {
    const RunRegion region = small_region(8);
    Collector collector(region);
    EXPECT_TRUE(collector.drain().empty()) << "before the run";
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    std::vector<std::uint32_t> numbers;
    for (std::uint32_t first = 0; first < 40; first += 5) {
        emit_notes(emitter, first, first, 5);
        for (const Event& event : collector.drain())
            numbers.push_back(event.a);
    }
    emitter.begin_visit_at(50);
    emitter.put(of_goroutine(EventType::GoBlock, 50, 9, 77));
    emitter.end_visit();
    ASSERT_EQ(collector.finish().size(), 1U);
    ASSERT_EQ(numbers.size(), 40U);
    for (std::uint32_t i = 0; i < 40; ++i)
        EXPECT_EQ(numbers[i], i);
    EXPECT_EQ(collector.unordered(), 0U);
}

TEST(CollectorTest, AThreadPutAsideInsideAVisitHoldsTheOthersBack) {
    const RunRegion region = real_region();
    Emitter aside(region.claim_ring(1), 1, WhenFull::Drop);
    Emitter other(region.claim_ring(2), 2, WhenFull::Drop);
    Collector collector(region);
    const std::uint64_t begun = aside.begin_visit();
    emit_now(other, 2);
    const TimeNs until = monotonic_ns() + kMillisecond;
    while (monotonic_ns() < until)
        ASSERT_TRUE(collector.drain().empty());
    aside.put(note(begun, 1));
    aside.end_visit();
    const std::vector<Event> events = drained(collector, 2);
    EXPECT_EQ(events[0].a, 1U);
    EXPECT_EQ(events[1].a, 2U);
    EXPECT_EQ(collector.clamped(), 0U);
}

TEST(CollectorTest, AThreadPutAsideBeforeItsClockReadingHoldsTheOthersBack) {
    const RunRegion region = real_region();
    const RingView ring = region.claim_ring(1);
    Emitter other(region.claim_ring(2), 2, WhenFull::Drop);
    Collector collector(region);
    ring.header->visit = kVisitReadingClock;
    emit_now(other, 2);
    const TimeNs until = monotonic_ns() + kMillisecond;
    while (monotonic_ns() < until)
        ASSERT_TRUE(collector.drain().empty());
    ring.header->visit = 0;
    EXPECT_EQ(drained(collector, 1)[0].a, 2U);
}

// Killed or stopped inside a visit: the others' events come all the same, after a while.
TEST(CollectorTest, AThreadThatNeverEndsItsVisitIsNotWaitedForForEver) {
    const RunRegion region = real_region();
    Emitter stuck(region.claim_ring(1), 1, WhenFull::Drop);
    Emitter other(region.claim_ring(2), 2, WhenFull::Drop);
    Collector collector(region);
    stuck.begin_visit();
    emit_now(other, 2);
    EXPECT_EQ(drained(collector, 1)[0].a, 2U);
}

TEST(CollectorTest, FinishReturnsWhatWasHeldBack) {
    const RunRegion region = real_region();
    Emitter stuck(region.claim_ring(1), 1, WhenFull::Drop);
    Emitter other(region.claim_ring(2), 2, WhenFull::Drop);
    Collector collector(region);
    stuck.begin_visit();
    emit_now(other, 2);
    EXPECT_TRUE(collector.drain().empty());
    EXPECT_EQ(collector.finish().size(), 1U);
}

TEST(CollectorTest, TicksBecomeNanosecondsSinceTheBase) {
    const RunRegion region = real_region({.base_ticks = 1'000, .ns_per_tick = 0.5});
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    emit_notes(emitter, 900, 1, 1);  // before the base: time does not begin below 0
    emit_notes(emitter, 3'000, 2, 1);
    const std::vector<Event> events = Collector(region).finish();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].time, 0U);
    EXPECT_EQ(events[1].time, 1'000U);
}

TEST(CollectorTest, TheGapOfALossBecomesNanosecondsToo) {
    const RunRegion region = real_region({.base_ticks = 1'000, .ns_per_tick = 0.5});
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    Collector collector(region);
    emit_notes(emitter, 2'000, 0, 17);
    collector.finish();
    emit_notes(emitter, 2'600, 17, 1);
    const std::vector<Event> losses = of_type(collector.finish(), EventType::Loss);
    ASSERT_EQ(losses.size(), 1U);
    EXPECT_EQ(losses[0].arg, 300U);
    EXPECT_EQ(collector.lost(), 1U);
}

TEST(CollectorTest, TellsHowFullTheFullestRingWas) {
    const RunRegion region = small_region(16);
    Emitter first(region.claim_ring(1), 1, WhenFull::Drop);
    Emitter second(region.claim_ring(2), 2, WhenFull::Drop);
    Collector collector(region);
    emit_notes(first, 10, 0, 12);
    emit_notes(second, 10, 0, 4);
    collector.drain();
    EXPECT_DOUBLE_EQ(collector.fill(), 0.75);
    collector.drain();
    EXPECT_DOUBLE_EQ(collector.fill(), 0.0);
}

TEST(CollectorTest, AHeadOverwrittenByARunGoneWildIsNotFollowed) {
    const RunRegion region = small_region(16);
    const RingView ring = region.claim_ring(1);
    Collector collector(region);
    ring.header->head = 1'000'000;
    EXPECT_TRUE(collector.drain().empty());
    region.header().rings_used = 0xFFFFFFFF;
    EXPECT_TRUE(collector.finish().empty());
    EXPECT_EQ(collector.lost(), 0U);
}

TEST(CollectorTest, AShapeOverwrittenByARunGoneWildLeadsNobodyAstray) {
    const RunRegion region = small_region(16);
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    emitter.begin_visit_at(1);
    emitter.put(note(1, 7));
    emitter.end_visit();
    Collector collector(region);
    region.header().shape = {};
    region.header().shape.rings_offset = ~std::uint64_t{0};
    const std::vector<Event> events = collector.finish();
    ASSERT_EQ(events.size(), 1U);
    EXPECT_EQ(events.front().a, 7U);
    EXPECT_EQ(collector.names()->strings.size(), 1U);
}

}  // namespace
}  // namespace golanes::trace::test

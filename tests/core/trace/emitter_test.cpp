#include "core/trace/emitter.h"

#include <gtest/gtest.h>

#include "core/trace/collector.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

TEST(EmitterTest, WithoutARegionItIsOff) {
    Emitter emitter;
    EXPECT_FALSE(emitter.on());
    emitter.begin_visit();
    emitter.end_visit();
}

TEST(EmitterTest, EventsBecomeVisibleAtTheEndOfTheVisit) {
    const RunRegion region = small_region();
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    Collector collector(region);
    emitter.begin_visit_at(10);
    emitter.put(note(10, 1));
    EXPECT_TRUE(collector.drain().empty());
    emitter.end_visit();
    ASSERT_EQ(collector.drain().size(), 1U);
}

TEST(EmitterTest, AFullRingDropsTheNewest) {
    const RunRegion region = small_region(16);
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    Collector collector(region);
    emit_notes(emitter, 10, 0, 20);
    const std::vector<Event> events = collector.drain();
    ASSERT_EQ(events.size(), 16U);
    for (std::uint32_t i = 0; i < 16; ++i)
        EXPECT_EQ(events[i].a, i);
}

TEST(EmitterTest, TheLossStandsInTheStreamWithItsCountAndGap) {
    const RunRegion region = small_region(16);
    Emitter emitter(region.claim_ring(7), 7, WhenFull::Drop);
    Collector collector(region);
    emit_notes(emitter, 100, 0, 20);
    collector.drain();
    emit_notes(emitter, 350, 20, 1);
    const std::vector<Event> events = collector.drain();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_EQ(events[0].type, EventType::Loss);
    EXPECT_EQ(events[0].a, 7U);      // the M
    EXPECT_EQ(events[0].seq, 4U);    // events lost
    EXPECT_EQ(events[0].arg, 250U);  // from the first lost event to now
    EXPECT_EQ(events[0].time, 350U);
    EXPECT_EQ(events[1].a, 20U);
}

TEST(EmitterTest, AfterAGapOneFreeSlotIsNotEnough) {
    const RunRegion region = small_region(16);
    const RingView ring = region.claim_ring(1);
    Emitter emitter(ring, 1, WhenFull::Drop);
    emit_notes(emitter, 10, 0, 17);
    ring.header->tail = 1;
    emit_notes(emitter, 20, 17, 1);  // the Loss would take the only slot, and its event none
    EXPECT_EQ(ring.header->dropped, 2U);
    ring.header->tail = 2;
    emit_notes(emitter, 30, 18, 1);
    EXPECT_EQ(ring.slot(16).type, EventType::Loss);
    EXPECT_EQ(ring.slot(16).seq, 2U);
    EXPECT_EQ(ring.slot(17).a, 18U);
}

TEST(EmitterTest, TheLossOfAThreadThatFellSilentIsSeen) {
    const RunRegion region = small_region(16);
    Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
    Collector collector(region);
    emit_notes(emitter, 10, 0, 21);
    const std::vector<Event> events = collector.finish();
    EXPECT_TRUE(of_type(events, EventType::Loss).empty());  // nobody came by to write it
    EXPECT_EQ(collector.lost(), 5U);
}

// The loss of threads beyond the last ring was counted where nobody could read it.
TEST(EmitterTest, TheLossOfAThreadWithoutARingIsSeen) {
    const RunRegion region = small_region(16, 1);
    Emitter first(region.claim_ring(1), 1, WhenFull::Drop);
    Emitter second(region.claim_ring(2), 2, WhenFull::Drop);
    Emitter third(region.claim_ring(3), 3, WhenFull::Wait);  // has nothing to wait for
    Collector collector(region);
    emit_notes(first, 10, 0, 1);
    emit_notes(second, 10, 0, 3);
    emit_notes(third, 10, 0, 4);
    EXPECT_EQ(collector.drain().size(), 1U);
    EXPECT_EQ(collector.lost(), 7U);
}

TEST(EmitterTest, ANewEmitterGoesOnWhereTheRingWas) {
    const RunRegion region = small_region(16);
    const RingView ring = region.claim_ring(1);
    Collector collector(region);
    {
        Emitter emitter(ring, 1, WhenFull::Drop);
        emit_notes(emitter, 10, 0, 12);
    }
    ASSERT_EQ(collector.drain().size(), 12U);
    Emitter emitter(ring, 1, WhenFull::Drop);
    emit_notes(emitter, 20, 12, 12);  // over the seam of the ring
    const std::vector<Event> events = collector.drain();
    ASSERT_EQ(events.size(), 12U);
    for (std::uint32_t i = 0; i < 12; ++i)
        EXPECT_EQ(events[i].a, 12 + i);
    EXPECT_EQ(collector.lost(), 0U);
}

TEST(EmitterTest, AVisitReadsTheClockOnceAndAnnouncesIt) {
    const RunRegion region = small_region();
    const RingView ring = region.claim_ring(1);
    Emitter emitter(ring, 1, WhenFull::Drop);
    const std::uint64_t before = read_ticks();
    const std::uint64_t now = emitter.begin_visit();
    EXPECT_GE(now, before);
    EXPECT_EQ(ring.header->visit, now);
    emitter.end_visit();
    EXPECT_EQ(ring.header->visit, 0U);
}

}  // namespace
}  // namespace golanes::trace::test

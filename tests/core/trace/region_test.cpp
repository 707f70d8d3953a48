#include "core/trace/region.h"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <memory>

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/trace/collector.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

RunRegion shared_region(std::uint32_t ring_events = 16) {
    auto region = RunRegion::create_shared(small_options(ring_events), TickClock{});
    GOLANES_CHECK(region.ok(), "a test needs shared memory");
    return std::move(region).value();
}

TEST(RegionTest, IsEmptyAtFirst) {
    const RunRegion region = small_region();
    EXPECT_EQ(region.fd(), -1);
    EXPECT_EQ(region.header().rings_used, 0U);
    EXPECT_EQ(region.header().string_count, 1U);  // the empty string
    EXPECT_EQ(region.ring(3).header->head, 0U);
    EXPECT_EQ(region.ring(0).capacity, 16U);
}

TEST(RegionTest, RingsDoNotOverlap) {
    const RunRegion region = small_region(16, 4);
    for (std::uint32_t i = 0; i + 1 < 4; ++i) {
        const auto* end = reinterpret_cast<const std::byte*>(region.ring(i).slots + 16);
        EXPECT_LE(end, reinterpret_cast<const std::byte*>(region.ring(i + 1).header));
    }
}

TEST(RegionTest, NoRingIsGivenTwice) {
    const RunRegion region = small_region(16, 2);
    const RingView first = region.claim_ring(11);
    const RingView second = region.claim_ring(12);
    EXPECT_NE(first.slots, second.slots);
    EXPECT_EQ(first.header->machine, 11U);
    EXPECT_EQ(region.claim_ring(13).capacity, 0U);
    EXPECT_EQ(region.claim_ring(14).capacity, 0U);
    EXPECT_EQ(region.header().rings_used, 2U);
}

TEST(RegionTest, ASecondMappingSeesTheSameMemory) {
    const RunRegion region = shared_region();
    auto other = RunRegion::attach(dup(region.fd()));
    ASSERT_TRUE(other.ok()) << other.error().message;
    EXPECT_NE(&other->header(), &region.header());
    Emitter emitter(other->claim_ring(1), 1, WhenFull::Drop);
    emit_notes(emitter, 10, 0, 3);
    EXPECT_EQ(Collector(region).drain().size(), 3U);
    region.control().wanted_procs = 5;
    EXPECT_EQ(other->control().wanted_procs, 5U);
}

TEST(RegionTest, AMovedRegionIsStillMapped) {
    RunRegion region = shared_region();
    region.control().hold = 1;
    RunRegion other = std::move(region);
    EXPECT_EQ(other.control().hold, 1U);
    other = small_region();
    EXPECT_EQ(other.control().hold, 0U);
}

std::string attach_error(int fd) {
    const auto region = RunRegion::attach(fd);
    return region.ok() ? "no error" : region.error().message;
}

TEST(RegionTest, AForeignDescriptorIsRefusedWithAClearLine) {
    EXPECT_EQ(attach_error(-1),
              "descriptor -1 is not a run region; this verb is started by the window only");
    const int empty = memfd_create("empty", 0);
    EXPECT_EQ(attach_error(empty),
              "descriptor " + std::to_string(empty) +
                  " is not a run region; this verb is started by the window only");
    close(empty);
    const int zeros = memfd_create("zeros", 0);
    ASSERT_EQ(ftruncate(zeros, 1 << 20), 0);
    EXPECT_EQ(attach_error(zeros),
              "descriptor " + std::to_string(zeros) + " holds no run region of this version");
}

// A folder or a file open for reading was "no memory for a run region".
TEST(RegionTest, ADescriptorThatCannotBeMappedIsRefusedByItsNumber) {
    const int file = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    ASSERT_GE(file, 0);
    EXPECT_EQ(attach_error(file).rfind(
                  "descriptor " + std::to_string(file) + " cannot be a run region: ", 0),
              0U)
        << attach_error(file);
}

TEST(RegionTest, ARegionCutShortIsRefused) {
    const RunRegion region = shared_region();
    const int copy = dup(region.fd());
    ASSERT_EQ(ftruncate(copy, static_cast<off_t>(region.shape().total_bytes) - 4096), 0);
    EXPECT_EQ(attach_error(copy),
              "descriptor " + std::to_string(copy) + " holds no run region of this version");
}

TEST(RegionDeathTest, ARingOfAnOddSizeIsOurBug) {
    EXPECT_DEATH(static_cast<void>(RunRegion::create_anonymous(small_options(17), TickClock{})),
                 "ring_events is a power of two");
}

// The child counts what it has published in shared memory and works on until it is killed.
TEST(RegionTest, EveryPublishedEventOutlivesAKill) {
    const RunRegion region = shared_region(1U << 16);
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        auto mine = RunRegion::attach(region.fd());
        if (!mine.ok())
            _exit(1);
        Emitter emitter(mine->claim_ring(1), 1, WhenFull::Wait);
        for (std::uint32_t i = 0;; ++i) {
            emit_notes(emitter, i + 2, i, 1);
            mine->control().runs_finished.store(i + 1, std::memory_order_release);
        }
    }
    int status = 0;
    bool is_reaped = false;
    while (region.control().runs_finished.load(std::memory_order_acquire) < 1'000 && !is_reaped)
        is_reaped = waitpid(child, &status, WNOHANG) == child;
    ASSERT_FALSE(is_reaped) << "the child could not attach";
    kill(child, SIGKILL);
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    const std::uint32_t published = region.control().runs_finished;
    Collector collector(region);
    const std::vector<Event> events = collector.finish();
    EXPECT_GE(events.size(), published);
    EXPECT_LE(events.size(), published + 1U);  // killed between publishing and counting
    for (std::uint32_t i = 0; i < events.size(); ++i)
        ASSERT_EQ(events[i].a, i);
    EXPECT_EQ(collector.lost(), 0U);
}

// Killed within a visit: what it had begun is not there, all before it is.
TEST(RegionTest, AVisitThatAKillCutOffIsNotThereAndHoldsNobodyUp) {
    const RunRegion region = shared_region();
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
        emit_notes(emitter, 10, 0, 5);
        emitter.begin_visit_at(20);
        emitter.put(note(20, 5));
        raise(SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_EQ(Collector(region).finish().size(), 5U);
}

TEST(RegionTest, ANotifiedCommandIsCounted) {
    const RunRegion region = small_region();
    notify_control(region.control());
    notify_control(region.control());
    EXPECT_EQ(region.control().command, 2U);
}

}  // namespace
}  // namespace golanes::trace::test

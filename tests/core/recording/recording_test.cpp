// Recording in memory: views that never change, a budget, a writer beside readers.
#include <algorithm>
#include <atomic>
#include <thread>

#include <gtest/gtest.h>

#include "tests/core/recording/fixtures.h"

namespace golanes::recording::test {
namespace {

using trace::Event;

constexpr std::size_t kChunkBytes = kChunkEvents * sizeof(Event);

/// Events whose time is their number, from `first`.
std::vector<Event> numbered(std::uint64_t first, std::size_t count) {
    std::vector<Event> events(count);
    for (std::size_t i = 0; i < count; ++i)
        events[i] = {.time = first + i, .arg = ~(first + i)};
    return events;
}

/// Whether every event of the view is the one its number says.
bool is_numbered(const Snapshot& snapshot) {
    std::uint64_t next = snapshot.first_index();
    bool right = true;
    snapshot.for_each([&](const Event& event) {
        right = right && event.time == next && event.arg == ~next;
        ++next;
    });
    return right;
}

TEST(RecordingTest, NothingIsVisibleBeforePublish) {
    Recording recording(sample_meta());
    recording.append(numbered(0, 10));
    EXPECT_EQ(recording.snapshot().event_count(), 0U);
    recording.publish();
    EXPECT_EQ(recording.snapshot().event_count(), 10U);
}

TEST(RecordingTest, AViewNeverChanges) {
    Recording recording(sample_meta());
    recording.append(numbered(0, 10));
    recording.publish();
    const Snapshot view = recording.snapshot();
    recording.append(numbered(10, 2 * kChunkEvents));
    recording.set_meta(Meta{});
    recording.set_honesty(sample_honesty());
    recording.publish();
    EXPECT_EQ(view.event_count(), 10U);
    EXPECT_EQ(view.end_ns(), 9);
    EXPECT_EQ(view.meta->scenario, "letters");
    EXPECT_EQ(view.honesty.lost, 0U);
    EXPECT_EQ(recording.snapshot().meta->scenario, "");
}

TEST(RecordingTest, AnEmptyViewHasNoTimesAndNoEvents) {
    const Recording recording(sample_meta());
    EXPECT_EQ(recording.snapshot().start_ns(), 0);
    EXPECT_EQ(recording.snapshot().end_ns(), 0);
    EXPECT_EQ(recording.snapshot().first_index(), 0U);
}

TEST(RecordingTest, WithoutABudgetEverythingStays) {
    Recording recording(sample_meta());
    recording.append(numbered(0, 5 * kChunkEvents + 1));
    recording.publish();
    EXPECT_EQ(recording.snapshot().event_count(), 5 * kChunkEvents + 1);
    EXPECT_TRUE(is_numbered(recording.snapshot()));
}

TEST(RecordingTest, TheBudgetShedsTheOldestChunksAndCountsThem) {
    Recording recording(sample_meta(), 3 * kChunkBytes);
    for (std::uint64_t first = 0; first < 7 * kChunkEvents; first += 1'000) {
        recording.append(numbered(first, 1'000));
        recording.publish();
        ASSERT_LE(recording.snapshot().chunks.size(), 3U);
    }
    const Snapshot view = recording.snapshot();
    EXPECT_TRUE(is_numbered(view));
    EXPECT_EQ(view.honesty.shed, view.first_index());
    EXPECT_EQ(view.first_index(), 5 * kChunkEvents);
    EXPECT_EQ(view.start_ns(), static_cast<TimeNs>(5 * kChunkEvents));
}

TEST(RecordingTest, AViewOutlivesTheShedOfItsChunks) {
    Recording recording(sample_meta(), 2 * kChunkBytes);
    recording.append(numbered(0, kChunkEvents));
    recording.publish();
    const Snapshot old = recording.snapshot();
    recording.append(numbered(kChunkEvents, 4 * kChunkEvents));
    recording.publish();
    EXPECT_GT(recording.snapshot().first_index(), 0U);
    EXPECT_EQ(old.event_count(), kChunkEvents);
    EXPECT_TRUE(is_numbered(old));
}

TEST(RecordingTest, ATinyBudgetStillHoldsTwoChunks) {
    Recording recording(sample_meta(), 1);
    recording.append(numbered(0, 3 * kChunkEvents));
    recording.publish();
    EXPECT_EQ(recording.snapshot().chunks.size(), 2U);
}

// The reader takes views as fast as it can while the writer appends, publishes and sheds. Every
// view must be whole; ThreadSanitizer watches that the reader touches only what was published.
TEST(RecordingTest, AReaderBesideTheWriterSeesOnlyPublishedEvents) {
    constexpr std::uint64_t kTotal = 6 * kChunkEvents;
    constexpr std::size_t kBatch = 997;
    Recording recording(sample_meta(), 2 * kChunkBytes);
    std::atomic<std::uint64_t> published{0};
    std::thread writer([&] {
        for (std::uint64_t first = 0; first < kTotal; first += kBatch) {
            recording.append(numbered(first, kBatch));
            recording.publish();
            published = first + kBatch;
        }
    });
    std::uint64_t seen = 0;
    bool right = true;
    while (seen < kTotal) {
        const std::uint64_t promised = published;
        const Snapshot view = recording.snapshot();
        const std::uint64_t end = view.first_index() + view.event_count();
        right = right && end >= promised && end >= seen && end % kBatch == 0 && is_numbered(view);
        seen = end;
    }
    writer.join();
    EXPECT_TRUE(right);
    EXPECT_TRUE(is_numbered(recording.snapshot()));
}

}  // namespace
}  // namespace golanes::recording::test

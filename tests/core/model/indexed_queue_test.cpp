#include "core/model/indexed_queue.h"

#include <gtest/gtest.h>

namespace golanes::model {
namespace {

using Contents = std::vector<GoroutineId>;

TEST(IndexedQueueTest, TheFirstIndexStartsTheNumbering) {
    IndexedQueue queue;
    EXPECT_EQ(queue.put(41, 7), Fit::Yes);
    EXPECT_EQ(queue.put(42, 8), Fit::Yes);
    EXPECT_EQ(queue.take(41).goroutine, 7U);
    EXPECT_EQ(queue.contents(), Contents{8});
}

TEST(IndexedQueueTest, AnIndexThatIsNotTheTailIsAMisfitAndIsBelieved) {
    IndexedQueue queue;
    EXPECT_EQ(queue.put(0, 1), Fit::Yes);
    EXPECT_EQ(queue.put(2, 3), Fit::No);
    EXPECT_EQ(queue.tail(), 3U);
    EXPECT_EQ(queue.contents(), (Contents{1, 3}));
}

TEST(IndexedQueueTest, ATakeFromAnEmptyQueueIsAMisfit) {
    IndexedQueue queue;
    EXPECT_EQ(queue.take(0).fit, Fit::No);
    EXPECT_EQ(queue.put(1, 5), Fit::Yes);
    EXPECT_EQ(queue.take(1).goroutine, 5U);
    EXPECT_EQ(queue.take(2).fit, Fit::No);
}

TEST(IndexedQueueTest, AfterLossTheNextPutAndTakeMayNameAnyIndex) {
    IndexedQueue queue;
    for (std::uint32_t i = 0; i < 4; ++i)
        EXPECT_EQ(queue.put(i, i + 1), Fit::Yes);
    queue.forget();
    EXPECT_EQ(queue.put(6, 7), Fit::Yes);
    const auto taken = queue.take(2);
    EXPECT_EQ(taken.fit, Fit::Yes);
    EXPECT_EQ(taken.goroutine, 3U);
    EXPECT_EQ(queue.contents(), (Contents{4, 7}));
    EXPECT_EQ(queue.length(), 4U) << "two puts were lost between";
    EXPECT_EQ(queue.put(9, 1), Fit::No) << "forgiven once only";
}

TEST(IndexedQueueTest, PuttingInFrontNumbersAllPlacesFromTheOldTail) {
    IndexedQueue queue;
    for (std::uint32_t i = 0; i < 3; ++i)
        EXPECT_EQ(queue.put(i, 10 + i), Fit::Yes);
    EXPECT_EQ(queue.take(0).goroutine, 10U);
    EXPECT_EQ(queue.put_in_front(3, {1, 2}), Fit::Yes);
    EXPECT_EQ(queue.head(), 3U);
    EXPECT_EQ(queue.tail(), 7U);
    EXPECT_EQ(queue.contents(), (Contents{1, 2, 11, 12}));
    EXPECT_EQ(queue.take(3).goroutine, 1U);
}

TEST(IndexedQueueTest, IndicesWrapAround) {
    IndexedQueue queue;
    EXPECT_EQ(queue.put(UINT32_MAX, 1), Fit::Yes);
    EXPECT_EQ(queue.put(0, 2), Fit::Yes);
    EXPECT_EQ(queue.length(), 2U);
    EXPECT_EQ(queue.take(UINT32_MAX).goroutine, 1U);
    EXPECT_EQ(queue.take(0).goroutine, 2U);
}

TEST(IndexedQueueTest, AnAbsurdJumpDoesNotFillTheMemory) {
    IndexedQueue queue;
    EXPECT_EQ(queue.put(0, 1), Fit::Yes);
    EXPECT_EQ(queue.put(2'000'000'000, 2), Fit::No);
    EXPECT_EQ(queue.contents(), Contents{2});
}

}  // namespace
}  // namespace golanes::model

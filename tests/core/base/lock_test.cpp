#include "core/base/lock.h"

#include <array>
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace golanes {
namespace {

TEST(LockTest, TryLockFailsWhileHeld) GOLANES_NO_TSA {
    Lock lock;
    ASSERT_TRUE(lock.try_lock());
    EXPECT_FALSE(lock.try_lock());
    lock.unlock();
    EXPECT_TRUE(lock.try_lock());
    lock.unlock();
}

TEST(LockTest, AnotherThreadMayUnlock) GOLANES_NO_TSA {
    Lock lock;
    lock.lock();
    std::thread([&]() GOLANES_NO_TSA { lock.unlock(); }).join();
    EXPECT_TRUE(lock.try_lock());
    lock.unlock();
}

// Plain variables under the lock: ThreadSanitizer sees every hole, and a lost addition shows.
TEST(LockTest, SumsOfManyThreadsAreExact) {
    constexpr int kThreads = 4;
    constexpr int kRounds = 20'000;
    Lock lock;
    long sum = 0;
    long turns = 0;
    std::vector<std::thread> threads;
    for (int t = 1; t <= kThreads; ++t) {
        threads.emplace_back([&, t] {
            for (int i = 0; i < kRounds; ++i) {
                const LockGuard guard(lock);
                sum += t;
                ++turns;
            }
        });
    }
    for (std::thread& thread : threads)
        thread.join();
    EXPECT_EQ(turns, long{kThreads} * kRounds);
    EXPECT_EQ(sum, long{kRounds} * (1 + 2 + 3 + 4));
}

// The waiter can only go on by being woken: a lost wake-up hangs here.
TEST(LockTest, TwoThreadsHandTheLockToAndFro) GOLANES_NO_TSA {
    constexpr int kRounds = 2'000;
    std::array<Lock, 2> locks;
    locks[0].lock();
    locks[1].lock();
    std::vector<int> order;
    std::thread other([&]() GOLANES_NO_TSA {
        for (int i = 0; i < kRounds; ++i) {
            locks[0].lock();
            order.push_back(1);
            locks[1].unlock();
        }
    });
    for (int i = 0; i < kRounds; ++i) {
        order.push_back(0);
        locks[0].unlock();
        locks[1].lock();
    }
    other.join();
    ASSERT_EQ(order.size(), 2U * kRounds);
    for (std::size_t i = 0; i < order.size(); ++i)
        ASSERT_EQ(order[i], static_cast<int>(i % 2)) << i;
}

}  // namespace
}  // namespace golanes

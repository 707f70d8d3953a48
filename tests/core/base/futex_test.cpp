#include "core/base/futex.h"

#include <new>
#include <thread>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace golanes {
namespace {

TEST(FutexTest, ReturnsAtOnceWhenTheWordHasChanged) {
    std::atomic<std::uint32_t> word{2};
    futex_wait(word, 1);  // without a limit: would hang if it slept
    EXPECT_EQ(word.load(), 2U);
}

TEST(FutexTest, AZeroTimeoutReturns) {
    std::atomic<std::uint32_t> word{1};
    futex_wait(word, 1, 0);
    EXPECT_EQ(word.load(), 1U);
}

TEST(FutexTest, TheTimeoutIsNotCutShort) {
    std::atomic<std::uint32_t> word{1};
    const TimeNs begin = monotonic_ns();
    // Spurious returns are allowed: wait until the time is over, as callers do.
    while (monotonic_ns() - begin < 2 * kMillisecond)
        futex_wait(word, 1, 2 * kMillisecond);
    EXPECT_GE(monotonic_ns() - begin, 2 * kMillisecond);
}

TEST(FutexTest, AWakeEndsTheSleepOfAnotherThread) {
    std::atomic<std::uint32_t> word{0};
    std::thread sleeper([&] {
        while (word.load(std::memory_order_acquire) == 0)
            futex_wait(word, 0);
    });
    word.store(1, std::memory_order_release);
    futex_wake(word, 1);
    sleeper.join();
    EXPECT_EQ(word.load(), 1U);
}

TEST(FutexTest, ASharedWakeReachesAnotherProcess) {
    void* memory = mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(memory, MAP_FAILED);
    auto& word = *new (memory) std::atomic<std::uint32_t>{0};
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        while (word.load(std::memory_order_acquire) == 0)
            futex_wait(word, 0, -1, FutexScope::Shared);
        _exit(7);
    }
    word.store(1, std::memory_order_release);
    futex_wake(word, 1, FutexScope::Shared);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status));
    EXPECT_EQ(WEXITSTATUS(status), 7);
    munmap(memory, 4096);
}

}  // namespace
}  // namespace golanes

// The ring with a real producer and a real consumer and next to no room: every wrap, every full
// ring, every gap. Run it under ThreadSanitizer.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/trace/collector.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

constexpr std::uint32_t kEvents = 50'000;

std::vector<Event> collect_while(Collector& collector, const std::atomic<bool>& running) {
    std::vector<Event> all;
    while (running.load(std::memory_order_acquire)) {
        const std::vector<Event>& some = collector.drain();
        all.insert(all.end(), some.begin(), some.end());
    }
    const std::vector<Event>& rest = collector.finish();
    all.insert(all.end(), rest.begin(), rest.end());
    return all;
}

TEST(RingStressTest, WaitingLosesNothingWithASlowConsumer) {
    const RunRegion region = small_region(16);
    std::atomic<bool> running{true};
    std::thread producer([&] {
        Emitter emitter(region.claim_ring(1), 1, WhenFull::Wait);
        for (std::uint32_t i = 0; i < 2'000; ++i)
            emit_notes(emitter, i + 2, i, 1);
        running.store(false, std::memory_order_release);
    });
    Collector collector(region);
    const std::vector<Event> events = collect_while(collector, running);
    producer.join();
    ASSERT_EQ(events.size(), 2'000U);
    for (std::uint32_t i = 0; i < events.size(); ++i)
        ASSERT_EQ(events[i].a, i);
    EXPECT_EQ(collector.lost(), 0U);
}

// What arrived and what is told to be lost make up all that was said, in order and without tears.
TEST(RingStressTest, ArrivedAndLostMakeUpAll) {
    const RunRegion region = small_region(16);
    std::atomic<bool> running{true};
    std::thread producer([&] {
        Emitter emitter(region.claim_ring(1), 1, WhenFull::Drop);
        for (std::uint32_t i = 0; i < kEvents; ++i)
            emit_notes(emitter, i + 2, i, 1);
        running.store(false, std::memory_order_release);
    });
    Collector collector(region);
    const std::vector<Event> events = collect_while(collector, running);
    producer.join();
    std::uint32_t next = 0;
    std::uint64_t arrived = 0;
    for (const Event& event : events) {
        if (event.type == EventType::Loss) {
            next += event.seq;
            continue;
        }
        ASSERT_EQ(event.a, next);
        ASSERT_EQ(event.time, event.a + 2U);  // both halves of one event
        ++next;
        ++arrived;
    }
    EXPECT_EQ(arrived + collector.lost(), kEvents);
}

// Real clocks: all threads' events come out in one order that never goes back.
TEST(RingStressTest, ManyRingsMergeByTime) {
    constexpr std::uint32_t kThreads = 3;
    constexpr std::uint32_t kEach = 3'000;
    const auto region = RunRegion::create_anonymous(small_options(64), process_tick_clock());
    ASSERT_TRUE(region.ok());
    std::atomic<bool> running{true};
    std::vector<std::thread> producers;
    for (std::uint32_t t = 1; t <= kThreads; ++t) {
        producers.emplace_back([&, t] {
            Emitter emitter(region.value().claim_ring(t), t, WhenFull::Wait);
            for (std::uint32_t i = 0; i < kEach; ++i) {
                Event event = note(emitter.begin_visit(), t);
                event.seq = i;
                emitter.put(event);
                emitter.end_visit();
            }
        });
    }
    std::thread watcher([&] {
        for (std::thread& producer : producers)
            producer.join();
        running.store(false, std::memory_order_release);
    });
    Collector collector(region.value());
    const std::vector<Event> events = collect_while(collector, running);
    watcher.join();
    ASSERT_EQ(events.size(), kThreads * kEach);
    std::vector<std::uint32_t> next(kThreads + 1);
    std::uint64_t last = 0;
    for (const Event& event : events) {
        ASSERT_EQ(event.seq, next.at(event.a)++);
        ASSERT_GE(event.time, last);
        last = event.time;
    }
}

}  // namespace
}  // namespace golanes::trace::test

// Findings about time: each test shows one program that has the fault, and one next to it without.
#include <gtest/gtest.h>

#include "tests/core/model/findings/program.h"

namespace golanes::model::test {
namespace {

constexpr DurationNs kMs = kMillisecond;

class VirtualRun : public EventBuilder {
 public:
    VirtualRun(std::uint32_t procs, int cpus) : EventBuilder(meta(cpus)) {
        raw(EventType::RunBegin, 1, 1).procs(procs);
    }

 private:
    static recording::Meta meta(int cpus) {
        recording::Meta meta;
        meta.cpus = cpus;
        return meta;
    }
};

std::string names(EventBuilder& b) {
    std::string names;
    for (const Finding& finding : find_all(b.timeline()))
        names += (names.empty() ? "" : " ") + std::string(finding_name(finding.kind));
    return names;
}

TEST(PerformanceTest, GoroutinesThatComputeOneAfterAnotherOnTwoPsAreSerialised) {
    VirtualRun b(2, 2);
    b.on(0).create(1).start(1).at(10 * kMs).create(2, QueueKind::Ring, 1).block(1).start(2);
    b.at(20 * kMs).unblock(1, QueueKind::Ring, 2).block(2).start(1).at(30 * kMs).end_run();
    EXPECT_EQ(names(b), "serialised");
}

TEST(PerformanceTest, ThoseThatComputeAtOnceAreNot) {
    VirtualRun b(2, 2);
    b.on(0).create(1).start(1).on(1).create(2).start(2).at(20 * kMs).end(2);
    b.on(0).end(1).end_run();
    EXPECT_EQ(names(b), "");
}

TEST(PerformanceTest, ThoseThatStandInAQueueMeanwhileAreTheSchedulersMatter) {
    VirtualRun b(2, 2);
    b.on(0).create(1).start(1).create(2, QueueKind::Ring, 1).at(10 * kMs).end(1).start(2);
    b.at(20 * kMs).end(2).end_run();
    EXPECT_EQ(names(b), "");
}

// Goroutines 2 to 4 queue for a lock that 1 keeps most of the time.
std::string queue_for_a_lock(DurationNs kept) {
    VirtualRun b(4, 4);
    for (GoroutineId g = 1; g <= 4; ++g)
        b.on(static_cast<ProcId>(g - 1)).create(g).start(g);
    for (int round = 0; round < 10; ++round) {
        for (GoroutineId g = 2; g <= 4; ++g)
            b.on(static_cast<ProcId>(g - 1)).block(g, trace::WaitReason::MutexLock, kLock);
        b.after(kept);
        for (GoroutineId g = 2; g <= 4; ++g)
            b.on(static_cast<ProcId>(g - 1)).unblock(g, QueueKind::Ring, 1).start(g);
        b.after(kMs);
    }
    b.end_run();
    return names(b);
}

TEST(PerformanceTest, AQueueForALockDuringMostOfTheRunIsAConvoy) {
    EXPECT_EQ(queue_for_a_lock(kMs), "convoy");
    EXPECT_EQ(queue_for_a_lock(kMs / 10), "");
}

// Goroutine 2 is put into the ring at 0 while goroutine 1 runs for so long.
std::string hog(DurationNs length) {
    VirtualRun b(1, 1);
    b.create(1).start(1).create(2, QueueKind::Ring, 1).at(length).end(1).start(2);
    b.after(kMs).end(2).end_run();
    return names(b);
}

TEST(PerformanceTest, WhoWaitsForManySlicesOfTheOthersStarves) {
    EXPECT_EQ(hog(200 * kMs), "starvation");
    EXPECT_EQ(hog(20 * kMs), "");
}

TEST(PerformanceTest, AStoppedWorldStarvesNobody) {
    VirtualRun b(1, 1);
    b.create(1).start(1).create(2, QueueKind::Ring, 1).at(kMs).raw(EventType::WorldStop, 0, 2);
    b.at(300 * kMs).raw(EventType::WorldStart, 0, 2).after(kMs).end(1).start(2).end(2).end_run();
    EXPECT_EQ(names(b), "");
}

// The global queue holds goroutine 2 while P 1 is idle.
std::string idle_beside_work(DurationNs length) {
    VirtualRun b(2, 2);
    b.on(0).create(1).start(1).create(2, QueueKind::Global, 1).at(length);
    b.end(1).start(2, QueueKind::Global).after(kMs).end(2).end_run();
    return names(b);
}

TEST(PerformanceTest, AnIdlePBesideAFullGlobalQueueIsToldWhenItLasts) {
    EXPECT_EQ(idle_beside_work(20 * kMs), "idle_procs");
    EXPECT_EQ(idle_beside_work(5 * kMs), "");
}

// Two Ps on one CPU: each runs half of the time.
std::string two_on(int cpus) {
    VirtualRun b(2, cpus);
    b.on(0).create(1).start(1).on(1).create(2).start(2);
    b.at(20 * kMs).raw(EventType::OffCpu, 2, 0, 20 * kMs);
    b.on(0).at(40 * kMs).raw(EventType::OffCpu, 1, 0, 20 * kMs).end(1).on(1).end(2).end_run();
    return names(b);
}

TEST(PerformanceTest, MorePsThanCpusIsToldWhereItCosts) {
    EXPECT_EQ(two_on(1), "oversubscription");
    EXPECT_EQ(two_on(2), "") << "somebody else's program took the CPU";
}

}  // namespace
}  // namespace golanes::model::test

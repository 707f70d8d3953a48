#include <gtest/gtest.h>

#include "core/model/statistics.h"
#include "tests/core/model/event_builder.h"

namespace golanes::model::test {
namespace {

using Sentences = std::vector<std::string>;
using trace::WaitReason;

trace::Names some_names() {
    trace::Names names;
    names.places.push_back({"scenarios/letters.cpp", 20, "run", "worker 2"});
    names.places.push_back({"scenarios/letters.cpp", 12, "run", "tasks"});
    names.places.push_back({"scenarios/letters.cpp", 31, "work", ""});
    return names;
}

TEST(WaitingTest, ASentenceNamesGoroutineReasonObjectAndPlace) {
    EventBuilder b;
    b.names(some_names())
        .run()
        .place(1)
        .create(2)
        .place(2)
        .raw(EventType::ObjectMake, 1, 1, trace::pack_pair(1, 0));
    b.place(0).start(2).at(5).place(3).block(2, WaitReason::ChanReceive, 1).at(9).create(3);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"worker 2 waits in chan receive on tasks, letters.cpp:31"});
    EXPECT_EQ(waiting_sentences(b.timeline(), 4), Sentences{});
}

TEST(WaitingTest, AnObjectWithoutANameIsCalledByKindAndNumber) {
    EventBuilder b;
    b.run()
        .create(1)
        .raw(EventType::ObjectMake, 1, 1, trace::pack_pair(3, 0))
        .start(1)
        .at(5)
        .block(1, WaitReason::ChanSend, 3)
        .at(9)
        .create(2);
    EXPECT_EQ(waiting_sentences(b.timeline(), 6), Sentences{"main waits in chan send on chan 3"});
}

TEST(WaitingTest, ASleeperWaitsOnNothing) {
    EventBuilder b;
    b.run().create(4).start(4).at(5).block(4, WaitReason::Sleep).at(9).create(2);
    EXPECT_EQ(waiting_sentences(b.timeline(), 6), Sentences{"G4 waits in sleep"});
}

TEST(WaitingTest, AfterADeadlockTheKilledAreToldAsTheyWaited) {
    EventBuilder b;
    b.run()
        .create(1)
        .create(2)
        .start(1)
        .at(5)
        .block(1, WaitReason::WaitGroupWait)
        .start(2)
        .at(8)
        .end(2)
        .at(10)
        .kill(1)
        .at(11)
        .end_run(trace::RunStatus::Deadlock);
    for (const TimeNs t : {9, 10, 11, 500})
        EXPECT_EQ(waiting_sentences(b.timeline(), t),
                  Sentences{"main waits in sync.WaitGroup.Wait"})
            << t;
}

TEST(WaitingTest, AtTheEndOfALiveTimelineThePresentStateCounts) {
    EventBuilder b;
    b.run().create(1).start(1).at(5).block(1, WaitReason::Select);
    EXPECT_EQ(waiting_sentences(b.timeline(), b.timeline().end()),
              Sentences{"main waits in select"});
}

// Goroutines 1 and 2 on one P, and a lock, object 3.
constexpr ObjectId kLock = 3;

void two_goroutines(EventBuilder& b, trace::ObjectKind kind) {
    b.run().create(1).create(2).start(1).raw(
        EventType::ObjectMake, 1, static_cast<std::uint8_t>(kind), trace::pack_pair(kLock, 0));
}

EventBuilder& take(EventBuilder& b, GoroutineId g, std::uint8_t flags = 0) {
    return b.raw(EventType::LockAcquire, g, flags, trace::pack_pair(kLock, 0));
}

EventBuilder& release(EventBuilder& b, GoroutineId g, std::uint8_t flags = 0) {
    return b.raw(EventType::LockRelease, g, flags, trace::pack_pair(kLock, 0));
}

TEST(WaitingTest, TheHolderOfAMutexIsNamedWhereItIsRecorded) {
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::Mutex);
    take(b.at(1), 1).at(2).block(1, WaitReason::Sleep).start(2);
    b.at(5).block(2, WaitReason::MutexLock, kLock).at(9).create(4);
    EXPECT_EQ(
        waiting_sentences(b.timeline(), 7),
        (Sentences{"main waits in sleep", "G2 waits in sync.Mutex.Lock on Mutex 3, held by main"}));
}

TEST(WaitingTest, WithoutLockEventsNoHolderIsClaimed) {
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::Mutex);
    b.at(2).block(1, WaitReason::MutexLock, kLock).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in sync.Mutex.Lock on Mutex 3"});
}

TEST(WaitingTest, ALossMakesTheHolderUnknown) {
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::Mutex);
    take(b.at(1), 2).at(2).raw(EventType::Loss, 1, 0, 0, 5);
    b.at(3).block(1, WaitReason::MutexLock, kLock).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in sync.Mutex.Lock on Mutex 3"});
}

TEST(WaitingTest, AReleaseThatIsToldLateLeavesTheNewHolder) {
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::Mutex);
    take(take(b.at(1), 1).at(2), 2);
    release(b.at(3), 1).at(4).block(1, WaitReason::MutexLock, kLock).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in sync.Mutex.Lock on Mutex 3, held by G2"});
}

TEST(WaitingTest, AnotherGoroutineMayHaveReleasedIt) {
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::Mutex);
    release(take(b.at(1), 2).at(2), 1).at(4).block(1, WaitReason::MutexLock, kLock).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in sync.Mutex.Lock on Mutex 3"});
}

TEST(WaitingTest, AWriterWaitsForReadersByName) {
    constexpr std::uint8_t kRead = trace::lock_flag::kRead;
    EventBuilder b;
    two_goroutines(b, trace::ObjectKind::RWMutex);
    take(take(b.at(1), 2, kRead), 5, kRead);
    b.at(4).block(1, WaitReason::RWMutexLock, kLock).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in sync.RWMutex.Lock on RWMutex 3, read by G2, G5"});
}

// A select on channels 1 (receive, "tasks") and 2 (send), written as the runtime does.
EventBuilder& begin_select(EventBuilder& b, GoroutineId g) {
    return b.raw(EventType::SelectCase, g, 0, 1, 0)
        .raw(EventType::SelectCase, g, 1, 2, 1)
        .block(g, WaitReason::Select);
}

EventBuilder& with_two_channels(EventBuilder& b) {
    return b.names(some_names())
        .run()
        .place(2)
        .raw(EventType::ObjectMake, 1, 1, trace::pack_pair(1, 0))
        .place(0)
        .raw(EventType::ObjectMake, 1, 1, trace::pack_pair(2, 0));
}

TEST(WaitingTest, ASelectNamesAllItsChannels) {
    EventBuilder b;
    with_two_channels(b).create(1).start(1).at(5).place(3);
    begin_select(b, 1).at(9).create(2);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"main waits in select to receive from tasks or to send to chan 2, "
                        "letters.cpp:31"});
    EXPECT_EQ(waiting_sentences(b.timeline(), b.timeline().end()).size(), 1U);
}

TEST(WaitingTest, EachSelectHasItsOwnCasesAlsoAtOneMoment) {
    EventBuilder b;
    with_two_channels(b).create(2).create(3).start(2);
    b.raw(EventType::SelectCase, 2, 0, 2, 0).block(2, WaitReason::Select).unblock(2).start(3);
    begin_select(b, 3).start(2).raw(EventType::SelectCase, 2, 1, 1, 0).block(2, WaitReason::Select);
    b.at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              (Sentences{"G2 waits in select to send to tasks",
                         "G3 waits in select to receive from tasks or to send to chan 2"}));
}

TEST(WaitingTest, TheSameCaseTwiceIsNamedOnce) {
    EventBuilder b;
    with_two_channels(b).create(2).start(2).raw(EventType::SelectCase, 2, 0, 1, 0);
    begin_select(b, 2).at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"G2 waits in select to receive from tasks or to send to chan 2"});
}

TEST(WaitingTest, AfterADeadlockTheKilledSelectsAreToldWithTheirCases) {
    EventBuilder b;
    with_two_channels(b).create(2).start(2).at(5);
    begin_select(b, 2).at(10).kill(2).at(11).end_run(trace::RunStatus::Deadlock);
    for (const TimeNs t : {9, 10, 11, 500})
        EXPECT_EQ(waiting_sentences(b.timeline(), t),
                  Sentences{"G2 waits in select to receive from tasks or to send to chan 2"})
            << t;
}

// Thousands of events of others stand between its block and the next chunk.
TEST(WaitingTest, ASelectThatBeganInAnEarlierChunkIsFound) {
    EventBuilder b;
    with_two_channels(b).create(2).start(2).at(5);
    begin_select(b, 2).create(3).start(3).at(6);
    for (std::size_t i = 0; i < 2 * recording::kChunkEvents; ++i)
        b.raw(EventType::Log, 3);
    b.at(9).create(4);
    EXPECT_EQ(waiting_sentences(b.timeline(), 7),
              Sentences{"G2 waits in select to receive from tasks or to send to chan 2"});
}

}  // namespace
}  // namespace golanes::model::test

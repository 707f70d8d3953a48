// Random legal schedules. A naive scheduler says what it does; the stamps of its threads are wrong
// by up to 100 ns, and the events reach the orderer thread by thread, in pieces. What comes out
// must be a legal schedule again: every goroutine's life in order, every queue first in, first out.
#include <algorithm>
#include <array>
#include <deque>
#include <map>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/base/time.h"
#include "core/trace/orderer.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

using enum EventType;

constexpr ProcId kProcs = 4;
constexpr std::uint64_t kInversion = 100;

struct Queue {
    std::uint32_t head = 0;
    std::deque<GoroutineId> goroutines;

    [[nodiscard]] std::uint32_t tail() const {
        return head + static_cast<std::uint32_t>(goroutines.size());
    }

    GoroutineId pop() {
        const GoroutineId g = goroutines.front();
        goroutines.pop_front();
        ++head;
        return g;
    }
};

struct Said {
    std::uint64_t true_time;
    std::size_t source;
    Event event;
};

class NaiveScheduler {
 public:
    explicit NaiveScheduler(std::uint64_t seed) : random_(seed, Stream::Scenario) {
        for (GoroutineId g = 1; g <= 8; ++g)
            put(0, GoCreate, g);
    }

    void step() {
        const auto p = static_cast<ProcId>(random_.uniform(kProcs));
        if (running_.at(p) == 0)
            find_work(p);
        else
            act(p);
    }

    std::vector<Said> said;

 private:
    void say(ProcId p, Event event) {
        time_ += 1 + random_.uniform(20);
        event.time = std::max(last_stamp_.at(p), time_ + random_.uniform(kInversion));
        event.p = p;
        last_stamp_.at(p) = event.time;
        said.push_back({time_, p, event});
    }

    void say_of(ProcId p,
                EventType type,
                GoroutineId g,
                QueueKind kind = QueueKind::None,
                std::uint32_t index = 0) {
        say(p, at(of_goroutine(type, 0, g, ++seq_[g], p), kind, index));
    }

    void put(ProcId p, EventType type, GoroutineId g) {
        const bool to_global = type == GoStop || random_.uniform(4) == 0;
        Queue& queue = to_global ? global_ : rings_.at(p);
        say_of(p, type, g, to_global ? QueueKind::Global : QueueKind::Ring, queue.tail());
        queue.goroutines.push_back(g);
    }

    void start(ProcId p, GoroutineId g, QueueKind kind, std::uint32_t index) {
        say_of(p, GoStart, g, kind, index);
        running_.at(p) = g;
    }

    void find_work(ProcId p) {
        Queue& own = rings_.at(p);
        Queue& victim = rings_.at(random_.uniform(kProcs));
        if (!own.goroutines.empty()) {
            const std::uint32_t index = own.head;
            start(p, own.pop(), QueueKind::Ring, index);
        } else if (random_.uniform(2) == 0 && !global_.goroutines.empty()) {
            const std::uint32_t index = global_.head;
            start(p, global_.pop(), QueueKind::Global, index);
        } else if (global_.goroutines.size() > 1) {
            batch(p, MoveReason::GlobalBatch, global_, {QueueKind::Global, 0});
        } else if (&victim != &own && !victim.goroutines.empty()) {
            batch(p,
                  MoveReason::Steal,
                  victim,
                  {QueueKind::Ring, static_cast<ProcId>(&victim - rings_.data())});
        } else if (!waiting_.empty()) {  // a timer: or all might wait for ever
            put(p, GoUnblock, waiting_.front());
            waiting_.pop_front();
        }
    }

    // Half of a queue: one in hand (the first of a global batch, the last of a steal).
    void batch(ProcId p, MoveReason reason, Queue& from, QueueId name) {
        Queue& own = rings_.at(p);
        const auto count = static_cast<std::uint32_t>((from.goroutines.size() + 1) / 2);
        say(p, move(0, reason, count, {name, from.head}, {{QueueKind::Ring, p}, own.tail()}));
        std::vector<GoroutineId> taken;
        for (std::uint32_t i = 0; i < count; ++i)
            taken.push_back(from.pop());
        if (reason == MoveReason::GlobalBatch)
            std::rotate(taken.begin(), taken.begin() + 1, taken.end());
        own.goroutines.insert(own.goroutines.end(), taken.begin(), taken.end() - 1);
        start(p, taken.back(), QueueKind::None, 0);
    }

    void act(ProcId p) {
        const GoroutineId g = running_.at(p);
        switch (random_.uniform(4)) {
            case 0:
                running_.at(p) = 0;
                return put(p, GoStop, g);
            case 1:
                running_.at(p) = 0;
                waiting_.push_back(g);
                return say_of(p, GoBlock, g);
            case 2:
                if (seq_.size() < 60)
                    return put(p, GoCreate, static_cast<GoroutineId>(seq_.size() + 1));
                [[fallthrough]];
            default:
                if (waiting_.empty())
                    return;
                put(p, GoUnblock, waiting_.front());
                waiting_.pop_front();
        }
    }

    Random random_;
    std::uint64_t time_ = 1'000;
    std::array<std::uint64_t, kProcs> last_stamp_{};
    std::array<GoroutineId, kProcs> running_{};
    std::array<Queue, kProcs> rings_;
    Queue global_;
    std::deque<GoroutineId> waiting_;
    std::map<GoroutineId, std::uint32_t> seq_;
};

// Plays what came out; says where it is no legal schedule.
class Judge {
 public:
    void judge(const Event& event) {
        if (event.type == Move)
            return judge_move(event);
        ASSERT_EQ(event.seq, ++seq_[event.a]) << "goroutine " << event.a;
        const auto kind = static_cast<QueueKind>(event.flags & put_flag::kKindMask);
        if (kind == QueueKind::None)
            return;
        Queue& queue = queues_[pack({kind, kind == QueueKind::Ring ? event.p : ProcId{0}})];
        if (is_put(event.type)) {
            ASSERT_EQ(queue.tail(), event.arg);
            queue.goroutines.push_back(event.a);
        } else {
            ASSERT_EQ(queue.head, event.arg);
            ASSERT_FALSE(queue.goroutines.empty());
            ASSERT_EQ(queue.pop(), event.a);
        }
    }

 private:
    void judge_move(const Event& event) {
        Queue& from = queues_[static_cast<std::uint16_t>(event.a >> 16)];
        Queue& to = queues_[static_cast<std::uint16_t>(event.a)];
        ASSERT_EQ(from.head, high_half(event.arg));
        ASSERT_EQ(to.tail(), low_half(event.arg));
        ASSERT_GE(from.goroutines.size(), event.seq);
        std::vector<GoroutineId> taken;
        for (std::uint32_t i = 0; i < event.seq; ++i)
            taken.push_back(from.pop());
        const bool first_in_hand = static_cast<MoveReason>(event.flags) == MoveReason::GlobalBatch;
        taken.erase(first_in_hand ? taken.begin() : taken.end() - 1);
        to.goroutines.insert(to.goroutines.end(), taken.begin(), taken.end());
    }

    std::map<std::uint16_t, Queue> queues_;
    std::map<GoroutineId, std::uint32_t> seq_;
};

// The collector's way: rings are drained in batches, the frontier is behind all that may come.
std::vector<Event> ordered_in_batches(const std::vector<Said>& said,
                                      Orderer& orderer,
                                      Random& random) {
    std::vector<Event> out;
    std::size_t done = 0;
    while (done < said.size()) {
        const std::size_t until = std::min(said.size(), done + 1 + random.uniform(200));
        for (; done < until; ++done)
            orderer.add(said[done].source, &said[done].event, 1);
        orderer.release(said[done - 1].true_time, out);
    }
    orderer.finish(out);
    return out;
}

TEST(OrdererRandomTest, LegalSchedulesWithInvertedStampsComeOutLegal) {
    const auto seed = static_cast<std::uint64_t>(monotonic_ns());
    for (std::uint64_t round = 0; round < 30; ++round) {
        SCOPED_TRACE(testing::Message() << "seed " << seed << " round " << round);
        NaiveScheduler scheduler(seed + round);
        while (scheduler.said.size() < 3'000)
            scheduler.step();
        Orderer orderer(1'000'000);
        Random random(seed + round, Stream::Tie);
        const std::vector<Event> out = ordered_in_batches(scheduler.said, orderer, random);
        ASSERT_EQ(out.size(), scheduler.said.size());
        EXPECT_EQ(orderer.unordered(), 0U);
        Judge judge;
        std::uint64_t last = 0;
        for (const Event& event : out) {
            ASSERT_NO_FATAL_FAILURE(judge.judge(event));
            ASSERT_GE(event.time, last);
            last = event.time;
        }
        for (const Clamped& clamped : orderer.clamped_events())
            ASSERT_LE(out.at(clamped.index).time - clamped.raw_time, kInversion);
    }
}

}  // namespace
}  // namespace golanes::trace::test

// The heap of timers by itself: order, marks, zombies, moving. No run, no clock.
#include <algorithm>
#include <memory>
#include <vector>

#include <gtest/gtest.h>

#include "core/base/clock.h"
#include "core/base/cpu.h"
#include "core/base/random.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/timer_node.h"

namespace golanes::rt {
namespace {

class Node final : public TimerNode {
 public:
    explicit Node(bool is_lazy = false) : is_lazy_(is_lazy) {}

    Effect fire(TimeNs /*due*/) override { return {}; }

    [[nodiscard]] trace::TimerKind kind() const override { return trace::TimerKind::Func; }

    [[nodiscard]] ObjectId object() const override { return 0; }

 private:
    [[nodiscard]] bool is_lazy() const override { return is_lazy_; }

    bool is_lazy_;
};

using NodePtr = std::shared_ptr<Node>;

// A heap with what the scheduler does around it, for one thread.
class TimerHeapTest : public ::testing::Test {
 protected:
    NodePtr make(std::uint64_t when, std::uint64_t period = 0) {
        auto node = std::make_shared<Node>();
        set(node, when, period);
        return node;
    }

    void set(const NodePtr& node, std::uint64_t when, std::uint64_t period = 0) {
        set_in(heap_, node, when, period);
    }

    void set_in(TimerHeap& heap, const NodePtr& node, std::uint64_t when, std::uint64_t period) {
        bool enters = false;
        {
            const LockGuard guard(node->lock());
            node->set(when, ++order_, period);
            enters = node->needs_heap();
        }
        if (enters) {
            const LockGuard guard(heap.lock());
            heap.add(node);
        }
    }

    static void stop(const NodePtr& node) {
        const LockGuard guard(node->lock());
        node->clear();
    }

    // All that are due, in the order in which they fire.
    std::vector<TimerNode*> take(std::uint64_t now) {
        std::vector<TimerNode*> fired;
        DueTimer due;
        while (take_one(now, due)) {
            fired.push_back(due.node.get());
            due.node->lock().unlock();
        }
        return fired;
    }

    bool take_one(std::uint64_t now, DueTimer& due) GOLANES_NO_TSA {
        const LockGuard guard(heap_.lock());
        return heap_.take_due_and_lock_node(now, due);
    }

    TimerHeap heap_;
    std::uint64_t order_ = 0;
};

using Fired = std::vector<TimerNode*>;

TEST_F(TimerHeapTest, FiresInTheOrderOfTimesAndTiesInTheOrderTheyWereSet) {
    const std::uint64_t seed = mix64(read_ticks());
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed, Stream::Scenario);
    std::vector<std::pair<std::uint64_t, NodePtr>> nodes;
    for (int i = 0; i < 2000; ++i) {
        const std::uint64_t when = random.uniform(300);
        nodes.emplace_back(when, make(when));
    }
    std::stable_sort(
        nodes.begin(), nodes.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Fired expected;
    for (const auto& [when, node] : nodes)
        expected.push_back(node.get());
    EXPECT_EQ(take(300), expected);
}

TEST_F(TimerHeapTest, NothingFiresBeforeItsTime) {
    const NodePtr node = make(10);
    EXPECT_EQ(take(9), Fired{});
    EXPECT_EQ(heap_.next_when(), 10U);
    EXPECT_EQ(take(10), Fired{node.get()});
    EXPECT_EQ(heap_.next_when(), kNever);
}

TEST_F(TimerHeapTest, AStopOnlyMarksAndNeverFires) {
    const NodePtr stopped = make(10);
    const NodePtr other = make(20);
    stop(stopped);
    EXPECT_EQ(heap_.size(), 2U);
    EXPECT_EQ(heap_.zombies(), 1U);
    EXPECT_EQ(take(30), Fired{other.get()});
    EXPECT_EQ(heap_.zombies(), 0U);
}

TEST_F(TimerHeapTest, AResetToEarlierIsSeenAtOnceAndToLaterInItsTime) {
    const NodePtr a = make(100);
    const NodePtr b = make(50);
    set(a, 10);
    EXPECT_EQ(heap_.next_when(), 10U);
    set(b, 200);
    EXPECT_EQ(take(60), Fired{a.get()});
    EXPECT_EQ(take(199), Fired{});
    EXPECT_EQ(take(200), Fired{b.get()});
}

TEST_F(TimerHeapTest, AZombieThatIsSetAgainIsNoZombie) {
    const NodePtr node = make(10);
    stop(node);
    set(node, 30);
    EXPECT_EQ(heap_.zombies(), 0U);
    EXPECT_EQ(heap_.size(), 1U);
    EXPECT_EQ(take(29), Fired{});
    EXPECT_EQ(take(30), Fired{node.get()});
}

TEST_F(TimerHeapTest, APeriodicTimerKeepsItsGridWhenItIsLate) {
    const NodePtr ticker = make(10, 10);
    EXPECT_EQ(take(10), Fired{ticker.get()});
    EXPECT_EQ(heap_.next_when(), 20U);
    EXPECT_EQ(take(47), Fired{ticker.get()});  // 20, 30 and 40 are one tick
    EXPECT_EQ(heap_.next_when(), 50U);
    stop(ticker);
    EXPECT_EQ(take(1000), Fired{});
}

TEST_F(TimerHeapTest, ASweepIsDueWhenMoreThanAQuarterAreZombies) {
    std::vector<NodePtr> nodes;
    for (std::uint64_t i = 0; i < 100; ++i)
        nodes.push_back(make(1000 + i));
    for (std::size_t i = 0; i < 25; ++i)
        stop(nodes[99 - i]);
    EXPECT_FALSE(heap_.wants_sweep());
    stop(nodes[50]);
    EXPECT_TRUE(heap_.wants_sweep());
    {
        const LockGuard guard(heap_.lock());
        heap_.sweep();
    }
    EXPECT_EQ(heap_.size(), 74U);
    EXPECT_EQ(take(5000).size(), 74U);
}

TEST_F(TimerHeapTest, CleaningTheFrontUncoversTheFirstTimerThatIsSet) {
    const NodePtr first = make(10);
    const NodePtr second = make(20);
    const NodePtr third = make(30);
    stop(first);
    set(second, 40);
    {
        const LockGuard guard(heap_.lock());
        heap_.clean_front();
    }
    EXPECT_EQ(heap_.next_when(), 30U);
    stop(third);
    stop(second);
    {
        const LockGuard guard(heap_.lock());
        heap_.clean_front();
    }
    EXPECT_EQ(heap_.next_when(), kNever);
    EXPECT_EQ(heap_.size(), 0U);
}

TEST_F(TimerHeapTest, ADroppedTimerLeavesWithItsEntry) {
    NodePtr node = make(10);
    const std::weak_ptr<Node> ghost = node;
    stop(node);
    node.reset();
    EXPECT_FALSE(ghost.expired());
    take(10);
    EXPECT_TRUE(ghost.expired());
}

TEST_F(TimerHeapTest, ALazyTimerIsInTheHeapOnlyWhileItIsWatched) {
    const auto lazy = std::make_shared<Node>(true);
    set(lazy, 10);
    EXPECT_EQ(heap_.size(), 0U);
    {
        const LockGuard guard(lazy->lock());
        lazy->watch();
    }
    {
        const LockGuard guard(heap_.lock());
        heap_.add(lazy);
    }
    EXPECT_EQ(heap_.next_when(), 10U);
    {
        const LockGuard guard(lazy->lock());
        lazy->unwatch();
    }
    EXPECT_EQ(heap_.zombies(), 1U);
    DueTimer due;
    const LockGuard guard(lazy->lock());
    EXPECT_FALSE(lazy->take_if_due(9, due));
    EXPECT_TRUE(lazy->take_if_due(10, due));
    EXPECT_FALSE(lazy->is_set());
}

TEST_F(TimerHeapTest, ALazyTimerSetEarlierWhileNobodyWatchedIsSeenByTheNextWatcher) {
    const auto lazy = std::make_shared<Node>(true);
    const auto watch = [&] {
        const LockGuard guard(lazy->lock());
        lazy->watch();
    };
    watch();
    set(lazy, 100);
    {
        const LockGuard guard(lazy->lock());
        lazy->unwatch();
    }
    set(lazy, 10);
    watch();
    EXPECT_EQ(heap_.next_when(), 10U);
    EXPECT_EQ(take(10), Fired{lazy.get()});
}

TEST_F(TimerHeapTest, AMovedHeapKeepsTimesTiesAndMarks) {
    TimerHeap other;
    std::vector<NodePtr> nodes;
    for (int i = 0; i < 40; ++i) {
        nodes.push_back(std::make_shared<Node>());
        set_in(i % 2 == 0 ? heap_ : other, nodes.back(), 10, 0);
    }
    stop(nodes[1]);
    set_in(other, nodes[3], 30, 0);
    G sleeper;
    {
        const LockGuard guard(other.lock());
        other.add(20, ++order_, &sleeper);
    }
    heap_.take_all(other);
    EXPECT_EQ(other.next_when(), kNever);
    Fired expected;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (i != 1 && i != 3)
            expected.push_back(nodes[i].get());
    }
    EXPECT_EQ(take(10), expected);
    stop(nodes[3]);  // the mark reaches the heap it was moved to
    EXPECT_EQ(heap_.zombies(), 1U);
    DueTimer due;
    ASSERT_TRUE(take_one(40, due));
    EXPECT_EQ(due.sleeper, &sleeper);
    EXPECT_FALSE(take_one(40, due));
}

// Any mixture of set, stop, fire, sweep and clean against a plain list.
TEST_F(TimerHeapTest, AgreesWithAPlainListUnderAnyMixture) {
    const std::uint64_t seed = mix64(read_ticks());
    SCOPED_TRACE("seed " + std::to_string(seed));
    Random random(seed, Stream::Scenario);

    struct Plain {
        NodePtr node = std::make_shared<Node>();
        std::uint64_t when = kNever;
        std::uint64_t order = 0;
    };

    std::vector<Plain> plain(60);
    std::uint64_t now = 0;
    for (int step = 0; step < 20'000; ++step) {
        Plain& one = plain[random.uniform(plain.size())];
        const std::uint64_t what = random.uniform(10);
        if (what < 5) {
            one.when = now + 1 + random.uniform(100);
            set(one.node, one.when);
            one.order = order_;
        } else if (what < 8) {
            stop(one.node);
            one.when = kNever;
        } else if (what == 8) {
            const LockGuard guard(heap_.lock());
            random.uniform(2) == 0 ? heap_.sweep() : heap_.clean_front();
        } else {
            now += random.uniform(30);
            std::vector<std::pair<std::pair<std::uint64_t, std::uint64_t>, TimerNode*>> due;
            std::uint64_t earliest = kNever;
            for (Plain& each : plain) {
                if (each.when <= now)
                    due.push_back({{each.when, each.order}, each.node.get()});
                else
                    earliest = std::min(earliest, each.when);
            }
            std::sort(due.begin(), due.end());
            Fired expected;
            for (const auto& [key, node] : due)
                expected.push_back(node);
            ASSERT_EQ(take(now), expected) << "step " << step;
            for (Plain& each : plain)
                each.when = each.when <= now ? kNever : each.when;
            ASSERT_LE(heap_.next_when(), earliest) << "a timer would be overslept, step " << step;
        }
    }
}

}  // namespace
}  // namespace golanes::rt

// Cancellation: who is told, when, and how often.
#include "core/runtime/cancel.h"

#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "core/runtime/timer.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using rt::CancelContext;
using trace::EventType;
using trace::RunStatus;

class CancelTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(CancelTest);

bool is_done(const CancelContext& context) {
    std::optional<std::monostate> value;
    return context.done().try_recv(value);
}

TEST_P(CancelTest, TheBackgroundIsNeverCancelled) {
    expect_ok(run(on(1), [] {
        const CancelContext root = rt::background();
        rt::check(root.done() == rt::DoneChan(), "done() is the nil channel");
        rt::check(root.err().empty() && root.cause().empty(), "no error");
        rt::check(!root.deadline(), "no deadline");
    }));
}

TEST_P(CancelTest, CancelClosesDoneAndSaysWhy) {
    expect_ok(run(on(2), [] {
        auto [context, cancel] = rt::with_cancel(rt::background());
        rt::check(!is_done(context) && context.err().empty(), "not yet");
        rt::check(context.cause().empty() && !context.deadline(), "not yet");
        rt::Chan<std::string> told(0);
        rt::go("watches", [context = context, told] {
            context.done().recv();
            told.send(std::string(context.err()));
        });
        cancel();
        rt::check(told.recv() == "context canceled", "Go's words");
        rt::check(context.cause() == "context canceled", "no cause but that");
    }));
}

TEST_P(CancelTest, OnlyTheFirstCancelCounts) {
    const auto result = run(on(4), [] {
        auto [context, cancel] = rt::with_cancel(rt::background());
        cancel("the first");
        rt::WaitGroup wg;
        wg.add(8);
        for (int i = 0; i < 8; ++i) {
            rt::go("", [&wg, cancel = cancel] {
                cancel("too late");
                wg.done();
            });
        }
        wg.wait();
        rt::check(context.err() == rt::kCanceled, "the error stays");
        rt::check(context.cause() == "the first", "the cause is the first one's");
    });
    expect_ok(result);
    EXPECT_EQ(result.count(EventType::ChanClose), 1U);
}

TEST_P(CancelTest, ChildrenAreCancelledWithTheirParentAndNotTheOtherWay) {
    expect_ok(run(on(2), [] {
        auto [parent, cancel_parent] = rt::with_cancel(rt::background());
        auto [child, cancel_child] = rt::with_cancel(parent);
        auto [sibling, cancel_sibling] = rt::with_timeout(parent, 3600 * kSecond);
        auto [grandchild, cancel_grandchild] = rt::with_cancel(sibling);
        cancel_child();
        rt::check(is_done(child), "the child is cancelled");
        rt::check(!is_done(parent) && !is_done(sibling), "and nobody else");
        cancel_parent("enough");
        rt::check(is_done(parent) && is_done(sibling) && is_done(grandchild), "the whole tree");
        rt::check(grandchild.err() == rt::kCanceled, "the parent's error");
        rt::check(grandchild.cause() == "enough", "the parent's cause");
        rt::check(child.cause() == "context canceled", "the child keeps its own");
    }));
}

TEST_P(CancelTest, AChildOfACancelledParentIsCancelledFromTheStart) {
    expect_ok(run(on(1), [] {
        auto [parent, cancel] = rt::with_cancel(rt::background());
        cancel("gone");
        auto [child, cancel_child] = rt::with_timeout(parent, kSecond);
        rt::check(is_done(child), "at once");
        rt::check(child.err() == rt::kCanceled && child.cause() == "gone", "as the parent");
    }));
}

TEST_P(CancelTest, ATimeoutCancelsInItsTime) {
    expect_ok(run(on(2), [] {
        const TimeNs before = rt::now();
        auto [context, cancel] = rt::with_timeout(rt::background(), 5 * kMillisecond);
        rt::check(context.deadline().value_or(-1) >= before + 5 * kMillisecond, "the deadline");
        context.done().recv();
        rt::check(context.err() == "context deadline exceeded", "Go's words");
        rt::check(rt::now() >= before + 5 * kMillisecond - 1, "not before");
        cancel();
        rt::check(context.err() == rt::kDeadlineExceeded, "a late cancel changes nothing");
    }));
}

TEST_P(CancelTest, ADeadlineInThePastCancelsAtOnce) {
    expect_ok(run(on(1), [] {
        auto [context, cancel] = rt::with_deadline(rt::background(), -1);
        rt::check(context.err() == rt::kDeadlineExceeded, "exceeded from the start");
        cancel();
        rt::check(context.err() == rt::kDeadlineExceeded, "and so for ever");
    }));
}

TEST_P(CancelTest, TheEarlierDeadlineOfParentAndChildCounts) {
    expect_ok(run(on(2), [] {
        auto [parent, cancel_parent] = rt::with_timeout(rt::background(), 100 * kMillisecond);
        auto [later, cancel_later] = rt::with_timeout(parent, 3600 * kSecond);
        auto [sooner, cancel_sooner] = rt::with_timeout(parent, kMillisecond);
        rt::check(later.deadline() == parent.deadline(), "the parent's is earlier");
        rt::check(*sooner.deadline() < *parent.deadline(), "its own is earlier");
        sooner.done().recv();
        later.done().recv();
        rt::check(later.err() == rt::kDeadlineExceeded, "cancelled with its parent");
    }));
}

TEST_P(CancelTest, TimeoutAndCancelLeaveNoGoroutineAndNoTimer) {
    const auto result = run(on(2), [] {
        for (int i = 0; i < 100; ++i) {
            auto [context, cancel] = rt::with_timeout(rt::background(), 3600 * kSecond);
            cancel();
        }
        rt::Chan<int>(0).recv();  // with no timer left this is a deadlock
    });
    EXPECT_EQ(result.report.status, RunStatus::Deadlock) << result.report.message;
    EXPECT_EQ(result.count(EventType::GoCreate), 1U) << "only main";
}

// The watcher has nothing but the channel: the timer keeps the context until its deadline.
TEST_P(CancelTest, WhoeverWatchesDoneInASelectEnds) {
    expect_ok(run(on(4), [] {
        auto [context, cancel] = rt::with_cancel(rt::background());
        rt::Chan<int> jobs(0);
        rt::WaitGroup wg;
        wg.add(20);
        for (int i = 0; i < 20; ++i) {
            rt::go("worker", [&wg, jobs, context = context] {
                for (bool stopped = false; !stopped;)
                    rt::select(rt::on_recv(jobs),
                               rt::on_recv(context.done(), [&] { stopped = true; }));
                wg.done();
            });
        }
        for (int i = 0; i < 100; ++i)
            jobs.send(i);
        cancel();
        wg.wait();
    }));
}

TEST_P(CancelTest, ADeadlineCloseReachesOneWhoHasOnlyTheChannel) {
    expect_ok(run(on(2), [] {
        rt::DoneChan done;
        {
            auto [context, cancel] = rt::with_timeout(rt::background(), kMillisecond);
            auto [child, cancel_child] = rt::with_cancel(context);
            done = child.done();
        }
        rt::check(!done.recv().has_value(), "closed");
    }));
}

// AddressSanitizer looks for what these leave behind.
TEST_P(CancelTest, ARunMayEndWithContextsInAnyState) {
    expect_ok(run(on(2), [] {
        auto [parent, cancel_parent] = rt::with_cancel(rt::background());
        auto [child, cancel_child] = rt::with_timeout(parent, 3600 * kSecond);
        rt::with_cancel(parent);
        rt::with_timeout(rt::background(), 3600 * kSecond);
        rt::with_timeout(rt::background(), kMillisecond);
        auto [due, cancel_due] = rt::with_timeout(rt::background(), kMillisecond);
        rt::go("watches", [child = child] { child.done().recv(); });
        rt::sleep(kMillisecond);
    }));
}

class VirtualCancelTest : public RunTest {};

TEST_F(VirtualCancelTest, ADeadlineIsExact) {
    const auto result = run({.procs = 2}, [] {
        rt::sleep(1000);
        auto [context, cancel] = rt::with_timeout(rt::background(), 12'345);
        rt::check(context.deadline() == 13'345, "in the run's time");
        context.done().recv();
        rt::check(rt::now() == 13'345, "to the nanosecond");
    });
    expect_ok(result);
    EXPECT_EQ(result.report.wall_ns, 13'345);
}

}  // namespace
}  // namespace golanes::test

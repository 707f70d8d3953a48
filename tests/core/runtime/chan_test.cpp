// Channels: Go's rules and words.
#include "core/runtime/chan.h"

#include <iterator>
#include <memory>
#include <ranges>
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class ChanTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(ChanTest);

std::string panic_of(const RunRequest& request, std::function<void()> main) {
    const auto result = run(request, std::move(main));
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    return result.report.message.substr(0, result.report.message.find('\n'));
}

void expect_deadlock(const RunRequest& request, std::function<void()> main) {
    const auto result = run(request, std::move(main));
    EXPECT_EQ(result.report.status, RunStatus::Deadlock);
    EXPECT_EQ(result.headline(), "fatal error: all goroutines are asleep - deadlock!");
}

TEST_P(ChanTest, ValuesArriveInTheirOrder) {
    for (const std::size_t capacity : {0U, 1U, 7U}) {
        const auto result = run(on(2), [capacity] {
            rt::Chan<int> ch(capacity);
            rt::go("sender", [ch] {
                for (int i = 0; i < 50; ++i)
                    ch.send(i);
                ch.close();
            });
            int next = 0;
            bool in_order = true;
            while (const auto value = ch.recv())
                in_order = in_order && *value == next++;
            rt::check(in_order && next == 50, "fifty in order");
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    }
}

TEST_P(ChanTest, WaitersAreServedFirstComeFirstServed) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(0);
        rt::WaitGroup wg;
        wg.add(3);
        for (const char* name : {"A", "B", "C"}) {
            rt::go(name, [&, name] {
                const auto value = ch.recv();
                rt::log(name + std::to_string(value.value_or(-1)));
                wg.done();
            });
            rt::gosched();
        }
        for (int i = 1; i <= 3; ++i) {
            ch.send(i);
            rt::gosched();
        }
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A1 B2 C3");
}

TEST_P(ChanTest, AWaitingReceiverGetsTheValueDirectly) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::Chan<int> ch(4);
        rt::go("receiver", [ch] { ch.recv(); });
        rt::gosched();
        ch.send(1);
        rt::check(ch.len() == 0, "nothing went through the buffer");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    std::size_t handed = 0;
    for (const trace::Event& event : result.events())
        handed += event.type == trace::EventType::ChanSend && event.flags == 1 ? 1U : 0U;
    EXPECT_EQ(handed, 1U);
}

TEST_P(ChanTest, AFullBufferKeepsOrderWhenASenderWaits) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(2);
        rt::go("sender", [ch] {
            for (int i = 1; i <= 4; ++i)
                ch.send(i);
        });
        rt::gosched();
        for (int i = 0; i < 4; ++i)
            rt::log(std::to_string(ch.recv().value_or(-1)));
    });
    EXPECT_EQ(result.words(), "1 2 3 4");
}

TEST_P(ChanTest, AClosedChannelGivesWhatItHoldsAndThenNothing) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(3);
        ch.send(1);
        ch.send(2);
        ch.close();
        rt::check(ch.recv() == 1 && ch.recv() == 2, "what was sent");
        rt::check(!ch.recv().has_value() && !ch.recv().has_value(), "then nothing, for ever");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ChanTest, MisuseOfCloseHasGosWords) {
    EXPECT_EQ(panic_of(on(1),
                       [] {
                           rt::Chan<int> ch(1);
                           ch.close();
                           ch.send(1);
                       }),
              "panic: send on closed channel");
    EXPECT_EQ(panic_of(on(1),
                       [] {
                           rt::Chan<int> ch(0);
                           ch.close();
                           ch.close();
                       }),
              "panic: close of closed channel");
    EXPECT_EQ(panic_of(on(1), [] { rt::Chan<int>().close(); }), "panic: close of nil channel");
    EXPECT_EQ(panic_of(on(1), [] { rt::Chan<int> ch(static_cast<std::size_t>(-1)); }),
              "panic: makechan: size out of range");
}

TEST_P(ChanTest, ASenderThatWaitsPanicsWhenTheChannelIsClosed) {
    const auto result = run(on(1), [] {
        rt::Chan<std::string> ch(0);
        rt::go("sender", [ch] { ch.send("a text that is too long for the small buffer"); });
        rt::gosched();
        ch.close();
        rt::sleep(kMillisecond);
    });
    EXPECT_EQ(result.report.status, RunStatus::Panic);
    EXPECT_EQ(result.headline(), "panic: send on closed channel");
}

TEST_P(ChanTest, NilChannelsWaitForEver) {
    expect_deadlock(on(1), [] { rt::Chan<int>().recv(); });
    expect_deadlock(on(2), [] { rt::Chan<int>().send(1); });
}

TEST_P(ChanTest, ANilChannelWaitsWithItsOwnReason) {
    const auto reason_of = [&](std::function<void()> main) {
        const auto result = run(on(1), std::move(main));
        EXPECT_EQ(result.report.status, RunStatus::Deadlock);
        auto reason = trace::WaitReason::None;
        for (const trace::Event& event : result.events()) {
            if (event.type == trace::EventType::GoBlock)
                reason = static_cast<trace::WaitReason>(event.flags);
        }
        return trace::wait_reason_text(reason);
    };
    EXPECT_EQ(reason_of([] { rt::Chan<int>().recv(); }), "chan receive (nil chan)");
    EXPECT_EQ(reason_of([] { rt::Chan<int>().send(1); }), "chan send (nil chan)");
    EXPECT_EQ(reason_of([] {
                  for ([[maybe_unused]] const int value : rt::Chan<int>())
                      rt::log("never");
              }),
              "chan receive (nil chan)");
    EXPECT_EQ(reason_of([] { rt::Chan<int>(0).recv(); }), "chan receive");
    EXPECT_EQ(reason_of([] { rt::Chan<int>(0).send(1); }), "chan send");
}

TEST_P(ChanTest, LenAndCapCountTheBuffer) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(3);
        rt::check(rt::Chan<int>().len() == 0 && rt::Chan<int>().cap() == 0, "nil: 0 and 0");
        rt::check(ch.len() == 0 && ch.cap() == 3, "empty");
        ch.send(1);
        ch.send(2);
        rt::check(ch.len() == 2 && ch.cap() == 3, "two inside");
        ch.close();
        ch.recv();
        rt::check(ch.len() == 1 && ch.cap() == 3, "closed, one left");
        rt::check(rt::Chan<int>(0).cap() == 0, "unbuffered");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ChanTest, CopiesNameTheSameChannel) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(1);
        const rt::Chan<int> copy = ch;
        copy.send(4);
        rt::check(ch == copy && ch.recv() == 4, "one channel");
        rt::check(!(ch == rt::Chan<int>(1)) && !(ch == rt::Chan<int>()), "another, and none");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ChanTest, RangeReceivesUntilTheChannelIsClosedAndDrained) {
    const auto result = run(on(2), [] {
        rt::Chan<int> ch(2);
        rt::go("sender", [ch] {
            for (int i = 0; i < 5; ++i)
                ch.send(i);
            ch.close();
        });
        std::string text;
        for (const int value : ch)
            text += std::to_string(value);
        rt::log(text);
        for ([[maybe_unused]] const int value : ch)
            rt::check(false, "nothing comes any more");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.words(), "01234");
}

static_assert(std::input_iterator<rt::ChanIterator<int>>);
static_assert(std::ranges::input_range<const rt::Chan<std::unique_ptr<int>>>);

TEST_P(ChanTest, ABreakOutOfARangeLeavesTheRestInTheChannel) {
    const auto result = run(on(1), [] {
        rt::Chan<std::unique_ptr<int>> ch(3);
        for (int i = 0; i < 3; ++i)
            ch.send(std::make_unique<int>(i));
        for (auto& value : ch) {
            const std::unique_ptr<int> mine = std::move(value);
            if (*mine == 1)
                break;
        }
        rt::check(ch.len() == 1 && *ch.recv().value() == 2, "the last was not taken");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ChanTest, CloseWakesReceiversInItsLastInFirstOutWay) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(0);
        rt::WaitGroup wg;
        wg.add(5);
        for (const char* name : {"A", "B", "C", "D", "E"}) {
            rt::go(name, [&, name] {
                if (!ch.recv())
                    rt::log(name);
                wg.done();
            });
            rt::gosched();
        }
        ch.close();
        wg.wait();
    });
    EXPECT_EQ(result.words(), "A E D C B");
}

// A close wakes the first of the waiting senders first, like receivers; it panics and ends the run.
TEST_P(ChanTest, CloseWakesTheFirstSenderFirst) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(1);
        ch.send(0);
        for (int i = 0; i < 3; ++i) {
            rt::go("sender", [ch] { ch.send(1); });
            rt::gosched();
        }
        ch.close();
        rt::gosched();
    });
    EXPECT_EQ(result.headline(), "panic: send on closed channel");
}

TEST_P(ChanTest, SendersAreServedFirstComeFirstServed) {
    const auto result = run(on(1), [] {
        rt::Chan<int> ch(0);
        for (int i = 1; i <= 4; ++i) {
            rt::go("sender", [ch, i] { ch.send(i); });
            rt::gosched();
        }
        for (int i = 0; i < 4; ++i)
            rt::log(std::to_string(ch.recv().value_or(-1)));
    });
    EXPECT_EQ(result.words(), "1 2 3 4");
}

TEST_P(ChanTest, TryRecvNeverWaits) {
    const auto result = run(on(1), [] {
        std::optional<int> got = 9;
        rt::Chan<int> ch(1);
        rt::check(!rt::Chan<int>().try_recv(got) && !ch.try_recv(got) && got == 9, "nothing there");
        ch.send(1);
        rt::check(ch.try_recv(got) && got == 1, "from the buffer");
        rt::Chan<int> handed(0);
        rt::check(!handed.try_recv(got), "nobody waits");
        rt::go("sender", [handed] { handed.send(2); });
        rt::gosched();
        rt::check(handed.try_recv(got) && got == 2, "from a waiting sender");
        ch.send(3);
        ch.close();
        rt::check(ch.try_recv(got) && got == 3, "what the closed channel holds");
        rt::check(ch.try_recv(got) && !got, "then the close itself");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(ChanTest, TrySendOnAClosedChannelPanics) {
    for (const std::size_t capacity : {0U, 1U}) {
        EXPECT_EQ(panic_of(on(1),
                           [capacity] {
                               rt::Chan<int> ch(capacity);
                               ch.close();
                               ch.try_send(1);
                           }),
                  "panic: send on closed channel");
    }
}

// Also at level full, where what did not need the lock is recorded as well.
TEST_P(ChanTest, OperationsAreRecordedWhenTheyDidNotWait) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        std::optional<int> got;
        rt::Chan<int> ch(2);
        ch.send(1);      // send, length 1
        ch.send(2);      // send, length 2
        ch.try_send(3);  // nothing
        ch.recv();       // receive, length 1
        ch.close();
        ch.recv();         // receive, length 0
        ch.recv();         // closed
        ch.try_recv(got);  // closed
    });
    std::string text;
    for (const trace::Event& event : result.events()) {
        if (event.type == trace::EventType::ChanSend)
            text += " s" + std::to_string(event.flags) + std::to_string(event.arg & 0xFF);
        if (event.type == trace::EventType::ChanRecv)
            text += " r" + std::to_string(event.flags) + std::to_string(event.arg & 0xFF);
    }
    EXPECT_EQ(text, " s01 s02 r01 r00 r20 r20");
}

TEST_P(ChanTest, TrySendNeverWaits) {
    const auto result = run(on(1), [] {
        rt::Chan<int> none;
        rt::Chan<int> ch(1);
        rt::Chan<int> handed(0);
        rt::check(!none.try_send(1), "nil");
        rt::check(ch.try_send(1) && !ch.try_send(2) && ch.len() == 1 && ch.cap() == 1, "full");
        rt::check(!handed.try_send(1), "nobody waits");
        rt::go("receiver", [handed] { rt::log(std::to_string(handed.recv().value_or(-1))); });
        rt::gosched();
        rt::check(handed.try_send(7), "somebody waits");
        rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.words(), "7");
}

}  // namespace
}  // namespace golanes::test

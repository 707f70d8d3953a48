// Channels: Go's rules and words.
#include "core/runtime/chan.h"

#include <memory>

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
    EXPECT_EQ(result.report.message, "fatal error: all goroutines are asleep - deadlock!");
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
    EXPECT_EQ(result.report.message, "panic: send on closed channel\n\ngoroutine 2 [running]");
}

TEST_P(ChanTest, NilChannelsWaitForEver) {
    expect_deadlock(on(1), [] { rt::Chan<int>().recv(); });
    expect_deadlock(on(2), [] { rt::Chan<int>().send(1); });
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

// Counts its living objects, and refuses to be copied.
struct Counted {
    explicit Counted(std::atomic<int>& living_objects) : living(&living_objects) { ++*living; }

    Counted(Counted&& other) noexcept : living(other.living), text(std::move(other.text)) {
        ++*living;
    }

    Counted& operator=(Counted&&) = delete;
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;

    ~Counted() { --*living; }

    std::atomic<int>* living;
    std::string text = "long enough to live on the heap, so that a leak is seen";
};

TEST_P(ChanTest, PayloadsMoveAndNoneIsLeftBehind) {
    std::atomic<int> living{0};
    run(on(2), [&] {
        rt::Chan<Counted> ch(2);
        rt::go("sender", [&, ch] {
            for (int i = 0; i < 10; ++i)
                ch.send(Counted(living));
            ch.close();
        });
        while (auto value = ch.recv())
            rt::check(!value->text.empty(), "the text came along");
    });
    EXPECT_EQ(living, 0);
}

TEST_P(ChanTest, AnEndOfTheRunWhileTheyWaitLeavesNoPayloadBehind) {
    std::atomic<int> living{0};
    run(on(1), [&] {
        rt::Chan<Counted> unread(0);
        rt::Chan<Counted> full(1);
        rt::Chan<Counted> delivered(0);
        rt::Chan<Counted> taken(0);
        rt::go("waits to send", [&, unread] { unread.send(Counted(living)); });
        rt::go("waits for room", [&, full] {
            full.send(Counted(living));
            full.send(Counted(living));
        });
        rt::go("is given one", [delivered] { delivered.recv(); });
        rt::go("is relieved of one", [&, taken] { taken.send(Counted(living)); });
        for (int i = 0; i < 5; ++i)
            rt::gosched();
        delivered.send(Counted(living));  // the receiver never runs again
        taken.recv();                     // nor does the sender
    });
    EXPECT_EQ(living, 0);
}

}  // namespace
}  // namespace golanes::test

// select: its forms, what is ready, and Go's words.
#include "core/runtime/select.h"

#include <memory>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "tests/core/runtime/select_fixture.h"

namespace golanes::test {
namespace {

using trace::WaitReason;

GOLANES_ON_BOTH_ENGINES(SelectTest);

// --- The forms

TEST_P(SelectTest, WithoutCasesItWaitsForEver) {
    EXPECT_EQ(deadlock_reason([] { rt::select(); }), WaitReason::SelectNoCases);
    EXPECT_EQ(deadlock_reason([] { rt::SelectList().select(); }), WaitReason::SelectNoCases);
}

TEST_P(SelectTest, OneCaseIsThePlainOperation) {
    EXPECT_EQ(deadlock_reason([] { rt::select(rt::on_recv(rt::Chan<int>(0))); }),
              WaitReason::ChanReceive);
    EXPECT_EQ(deadlock_reason([] { rt::select(rt::on_send(rt::Chan<int>(0), 1)); }),
              WaitReason::ChanSend);
    EXPECT_EQ(deadlock_reason([] { rt::select(rt::on_recv(rt::Chan<int>())); }),
              WaitReason::ChanReceiveNil);
    EXPECT_EQ(deadlock_reason([] { rt::select(rt::on_send(rt::Chan<int>(), 1)); }),
              WaitReason::ChanSendNil);
    good_run(1, [] {
        rt::Chan<int> ch(1);
        std::optional<int> got;
        rt::check(rt::select(rt::on_send(ch, 7)) == 0 && rt::select(rt::recv_into(ch, got)) == 0,
                  "both are ready");
        rt::check(got == 7, "the value came along");
    });
}

TEST_P(SelectTest, OneCaseWithADefaultNeverWaits) {
    good_run(1, [] {
        rt::Chan<int> ch(1);
        std::optional<int> got;
        rt::check(rt::select(rt::on_default(), rt::recv_into(ch, got)) == 0, "empty");
        rt::check(rt::select(rt::on_send(ch, 1), rt::on_default()) == 0, "room");
        rt::check(rt::select(rt::on_send(ch, 2), rt::on_default()) == 1, "full");
        rt::check(rt::select(rt::on_default(), rt::recv_into(ch, got)) == 1 && got == 1, "a value");
        ch.close();
        rt::check(rt::select(rt::on_default(), rt::recv_into(ch, got)) == 1 && !got, "closed");
        rt::check(rt::select(rt::on_recv(rt::Chan<int>()), rt::on_default()) == 1, "nil");
    });
}

TEST_P(SelectTest, ADefaultAloneIsTaken) {
    const auto result = good_run(1, [] { rt::select(rt::on_default([] { rt::log("default"); })); });
    EXPECT_EQ(result.words(), "default");
}

TEST_P(SelectTest, ADefaultIsTakenOnlyWhenNoCaseIsReady) {
    const auto result = good_run(1, [] {
        rt::Chan<int> in(1);
        rt::Chan<int> out(0);
        for (int i = 0; i < 3; ++i) {
            rt::select(rt::on_recv(in,
                                   [](std::optional<int> value) {
                                       rt::log("got " + std::to_string(value.value_or(-1)));
                                   }),
                       rt::on_send(out, i, [] { rt::log("sent"); }),
                       rt::on_default([&] {
                           rt::log("default");
                           in.send(i);
                       }));
        }
    });
    EXPECT_EQ(result.words(), "default got 0 default");
}

TEST_P(SelectTest, NilChannelsAreNeverReady) {
    good_run(1, [] {
        const rt::Chan<int> nil;
        rt::Chan<int> ch(1);
        for (int i = 0; i < 20; ++i) {
            rt::check(rt::select(rt::on_recv(nil), rt::on_send(nil, 1), rt::on_send(ch, i)) == 2,
                      "only the last can be taken");
            rt::check(rt::select(rt::on_recv(ch), rt::on_recv(nil)) == 0, "only the first");
        }
        rt::check(rt::select(rt::on_recv(nil), rt::on_send(nil, 1), rt::on_default()) == 2,
                  "else the default");
    });
}

TEST_P(SelectTest, NothingButNilChannelsIsADeadlock) {
    EXPECT_EQ(deadlock_reason([] {
                  const rt::Chan<int> nil;
                  rt::select(rt::on_recv(nil), rt::on_send(nil, 1));
              }),
              WaitReason::Select);
}

TEST_P(SelectTest, AListHasItsCasesAtRunTime) {
    const auto result = good_run(1, [] {
        std::vector<rt::Chan<int>> channels;
        rt::SelectList list;
        for (int i = 0; i < 40; ++i) {
            channels.emplace_back(1);
            list.on_recv(channels.back(), [i](std::optional<int> value) {
                rt::check(value == 100 * i, "its own channel's value");
            });
        }
        for (const int i : {17, 3, 39, 3}) {
            channels[static_cast<std::size_t>(i)].send(100 * i);
            rt::log(std::to_string(list.select()));
        }
        list.on_default([] { rt::log("nothing"); });
        rt::log(std::to_string(list.select()));
    });
    EXPECT_EQ(result.words(), "17 3 39 3 nothing 40");
}

TEST_P(SelectTest, ASendCaseOfAListIsSpentOnceTaken) {
    good_run(1, [] {
        rt::Chan<std::unique_ptr<int>> ch(2);
        rt::SelectList list;
        list.on_send(ch, std::make_unique<int>(5)).on_default();
        rt::check(list.select() == 0 && list.select() == 1 && ch.len() == 1, "sent once");
    });
}

TEST_P(SelectTest, AListOfTooManyCasesPanics) {
    expect_panic("panic: reflect.Select: too many cases (max 65536)", [] {
        rt::SelectList list;
        for (int i = 0; i < 65537; ++i)
            list.on_recv(rt::Chan<int>());
        list.select();
    });
    expect_panic("panic: reflect.Select: multiple default cases", [] {
        rt::SelectList list;
        list.on_default().on_default();
    });
}

TEST_P(SelectTest, AHandlerMayLeaveTheValueAlone) {
    const auto result = good_run(1, [] {
        rt::Chan<int> done(0);
        done.close();
        rt::select(rt::on_recv(done, [] { rt::log("done"); }), rt::on_send(rt::Chan<int>(0), 1));
    });
    EXPECT_EQ(result.words(), "done");
}

// --- What is ready

TEST_P(SelectTest, AReceiveTakesFromASenderThenTheBufferThenTheClose) {
    good_run(1, [] {
        const rt::Chan<int> never;
        rt::Chan<int> ch(1);
        std::optional<int> got;
        ch.send(1);
        rt::go("sender", [ch] { ch.send(2); });
        rt::gosched();
        for (const int expected : {1, 2}) {
            rt::select(rt::on_recv(never), rt::recv_into(ch, got));
            rt::check(got == expected, "in their order");
        }
        rt::Chan<int> handed(0);
        rt::go("sender", [handed] { handed.send(3); });
        rt::gosched();
        rt::select(rt::on_recv(never), rt::on_recv(never), rt::recv_into(handed, got));
        rt::check(got == 3, "from a waiting sender");
        ch.send(4);
        ch.close();
        rt::select(rt::on_recv(never), rt::recv_into(ch, got));
        rt::check(got == 4, "what the closed channel holds");
        rt::check(rt::select(rt::on_recv(never), rt::recv_into(ch, got)) == 1 && !got, "then none");
    });
}

TEST_P(SelectTest, ASendGoesToAWaitingReceiverDirectly) {
    const auto result = good_run(1, [] {
        rt::Chan<int> ch(4);
        rt::go("receiver", [ch] { rt::log(std::to_string(ch.recv().value_or(-1))); });
        rt::gosched();
        rt::select(rt::on_recv(rt::Chan<int>(0)), rt::on_send(ch, 8));
        rt::check(ch.len() == 0, "nothing went through the buffer");
        rt::gosched();
    });
    EXPECT_EQ(result.words(), "8");
}

TEST_P(SelectTest, SendingOnAClosedChannelPanics) {
    expect_panic("panic: send on closed channel", [] {
        rt::Chan<int> ch(0);
        ch.close();
        rt::select(rt::on_send(ch, 1), rt::on_recv(rt::Chan<int>(0)));
    });
    expect_panic("panic: send on closed channel", [] {
        rt::Chan<int> ch(0);
        ch.close();
        rt::select(rt::on_send(ch, 1));
    });
    expect_panic("panic: send on closed channel", [] {
        rt::Chan<int> ch(0);
        ch.close();
        rt::select(rt::on_send(ch, 1), rt::on_default());
    });
}

TEST_P(SelectTest, AWaitingSendPanicsWhenItsChannelIsClosed) {
    expect_panic("panic: send on closed channel", [] {
        rt::Chan<int> ch(0);
        rt::go("selects", [ch] { rt::select(rt::on_recv(rt::Chan<int>(0)), rt::on_send(ch, 1)); });
        rt::gosched();
        ch.close();
        rt::select();
    });
}

TEST_P(SelectTest, AWaitingReceiveIsWokenByCloseWithNothing) {
    const auto result = good_run(1, [] {
        rt::Chan<int> quit(0);
        rt::Chan<int> data(0);
        rt::go("selects", [quit, data] {
            std::optional<int> got = 1;
            const std::size_t index = rt::select(rt::on_recv(data), rt::recv_into(quit, got));
            rt::log(std::to_string(index) + (got ? " a value" : " closed"));
        });
        rt::gosched();
        quit.close();
        rt::gosched();
        rt::check(!data.try_send(1), "it no longer waits on the other channel");
    });
    EXPECT_EQ(result.words(), "1 closed");
}

}  // namespace
}  // namespace golanes::test

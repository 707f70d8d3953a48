// select: who is woken, who keeps its place, and chance.
#include <array>
#include <atomic>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/select_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;
using trace::WaitReason;

using SelectWaitTest = SelectTest;

GOLANES_ON_BOTH_ENGINES(SelectWaitTest);

TEST_P(SelectWaitTest, OneWinnerWhenTwoChannelsGetReady) {
    const auto result = good_run(1, [] {
        rt::Chan<int> a(0);
        rt::Chan<int> b(0);
        rt::go("selects", [a, b] {
            std::optional<int> got;
            const std::size_t index = rt::select(rt::recv_into(a, got), rt::recv_into(b, got));
            rt::log("case " + std::to_string(index) + " got " + std::to_string(got.value_or(-1)));
        });
        rt::gosched();
        rt::check(b.try_send(1), "it waits on b");
        rt::check(!a.try_send(2), "and has lost its place on a");
        rt::gosched();
    });
    EXPECT_EQ(result.words(), "case 1 got 1");
}

TEST_P(SelectWaitTest, ASelectThatLostIsSkippedAndTheOthersKeepTheirOrder) {
    const auto result = good_run(1, [] {
        rt::Chan<int> ch(0);
        rt::Chan<int> other(0);
        rt::go("A", [ch] { rt::log("A" + std::to_string(ch.recv().value_or(-1))); });
        rt::gosched();
        rt::go("S", [ch, other] {
            rt::select(rt::on_recv(ch, [] { rt::log("S from ch"); }),
                       rt::on_recv(other, [] { rt::log("S"); }));
        });
        rt::gosched();
        for (const char* name : {"B", "C"}) {
            rt::go(name, [ch, name] { rt::log(name + std::to_string(ch.recv().value_or(-1))); });
            rt::gosched();
        }
        other.send(0);  // S has lost on ch, but still stands in its list
        for (int i = 1; i <= 3; ++i)
            ch.send(i);
        rt::gosched();
        rt::gosched();
    });
    std::string sorted = result.words();
    for (const char* line : {"A1", "B2", "C3"})
        EXPECT_NE(sorted.find(line), std::string::npos) << sorted;
    EXPECT_EQ(sorted.find("S from ch"), std::string::npos) << sorted;
}

TEST_P(SelectWaitTest, LosersLeaveTheQueueWithoutDisturbingTheOthers) {
    const auto result = good_run(1, [] {
        rt::Chan<int> ch(0);
        rt::Chan<int> other(0);
        rt::go("A", [ch] { rt::log("A" + std::to_string(ch.recv().value_or(-1))); });
        rt::gosched();
        rt::go("S", [ch, other] { rt::select(rt::on_recv(ch), rt::on_recv(other)); });
        rt::gosched();
        rt::go("B", [ch] { rt::log("B" + std::to_string(ch.recv().value_or(-1))); });
        rt::gosched();
        other.send(0);
        rt::gosched();  // S has gone
        ch.send(1);
        rt::gosched();
        ch.send(2);
        rt::gosched();
        rt::check(!ch.try_send(3), "nobody is left");
    });
    EXPECT_EQ(result.words(), "A1 B2");
}

TEST_P(SelectWaitTest, CloseWakesSelectsInItsOwnOrder) {
    const auto result = good_run(1, [] {
        rt::Chan<int> ch(0);
        rt::WaitGroup wg;
        wg.add(5);
        for (const char* name : {"A", "B", "C", "D", "E"}) {
            rt::go(name, [&, ch, name] {
                if (name[0] % 2 == 0)
                    rt::select(rt::on_recv(ch), rt::on_recv(rt::Chan<int>(0)));
                else
                    ch.recv();
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

TEST_P(SelectWaitTest, OneChannelMayHaveSeveralCases) {
    good_run(2, [] {
        rt::Chan<int> ch(0);
        rt::WaitGroup wg;
        std::array<int, 3> taken{};
        wg.add(1);
        rt::go("selects", [&] {
            for (int i = 0; i < 300; ++i)
                ++taken[rt::select(rt::on_recv(ch), rt::on_recv(ch), rt::on_recv(ch))];
            wg.done();
        });
        for (int i = 0; i < 300; ++i)
            ch.send(i);
        wg.wait();
        rt::check(taken[0] + taken[1] + taken[2] == 300, "each value once");
        rt::check(taken[0] > 0 && taken[1] > 0 && taken[2] > 0, "no case is preferred");
    });
}

TEST_P(SelectWaitTest, SendAndReceiveOnOneChannelNeverMeetThemselves) {
    EXPECT_EQ(deadlock_reason([] {
                  rt::Chan<int> ch(0);
                  rt::select(rt::on_send(ch, 1), rt::on_recv(ch));
              }),
              WaitReason::Select);
}

TEST_P(SelectWaitTest, TwoThatSendAndReceiveOnOneChannelMeet) {
    for (const int procs : {1, 2, 4}) {
        good_run(procs, [] {
            rt::Chan<int> ch(0);
            rt::WaitGroup wg;
            std::atomic<int> sent{0};
            std::atomic<int> received{0};
            wg.add(2);
            for (int g = 0; g < 2; ++g) {
                rt::go("selects", [&] {
                    for (int i = 0; i < 200; ++i)
                        rt::select(rt::on_send(ch, 1, [&] { ++sent; }),
                                   rt::on_recv(ch, [&] { ++received; }));
                    wg.done();
                });
            }
            wg.wait();
            rt::check(sent == 200 && received == 200, "each meeting has two sides");
        });
    }
}

TEST_P(SelectWaitTest, OppositeOrdersOfTheSameChannelsDoNotLockEachOtherOut) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const int rounds = scaled(2000);
        good_run(procs, [rounds] {
            rt::Chan<int> a(0);
            rt::Chan<int> b(0);
            rt::WaitGroup wg;
            std::atomic<std::int64_t> sent{0};
            std::atomic<std::int64_t> received{0};
            wg.add(4);
            for (int g = 0; g < 2; ++g) {
                rt::go("sends", [&, g] {
                    for (int i = 0; i < rounds; ++i) {
                        sent += i;
                        g == 0 ? rt::select(rt::on_send(a, i), rt::on_send(b, i))
                               : rt::select(rt::on_send(b, i), rt::on_send(a, i));
                    }
                    wg.done();
                });
                rt::go("receives", [&, g] {
                    std::optional<int> got;
                    for (int i = 0; i < rounds; ++i) {
                        g == 0 ? rt::select(rt::recv_into(a, got), rt::recv_into(b, got))
                               : rt::select(rt::recv_into(b, got), rt::recv_into(a, got));
                        received += got.value_or(-1'000'000);
                    }
                    wg.done();
                });
            }
            wg.wait();
            rt::check(sent == received, "no value is lost or doubled");
        });
    }
}

// --- Chance

// Among four channels that are always ready each case is taken equally often.
TEST_P(SelectWaitTest, EveryReadyCaseIsEquallyLikely) {
    constexpr int kDraws = 4000;
    for (const std::uint64_t seed : {1ULL, 2ULL, 3ULL, 42ULL, 1000003ULL}) {
        std::array<int, 4> taken{};
        auto request = on(1, seed);
        const auto result = run(request, [&taken] {
            std::vector<rt::Chan<int>> closed;
            for (int i = 0; i < 4; ++i) {
                closed.emplace_back(0);
                closed.back().close();
            }
            for (int i = 0; i < kDraws; ++i)
                ++taken[rt::select(rt::on_recv(closed[0]),
                                   rt::on_recv(closed[1]),
                                   rt::on_recv(closed[2]),
                                   rt::on_recv(closed[3]))];
        });
        EXPECT_EQ(result.report.status, RunStatus::Ok);
        double chi = 0;
        for (const int count : taken)
            chi += (count - kDraws / 4.0) * (count - kDraws / 4.0) / (kDraws / 4.0);
        EXPECT_LT(chi, 24.0) << "seed " << seed;  // 3 degrees of freedom: 1 in 40,000
    }
}

// The order is drawn anew each time, not once a goroutine: which of two ready channels is taken is
// no longer known after the first time.
TEST_P(SelectWaitTest, ThePollOrderIsDrawnAtEveryExecution) {
    const auto result = good_run(1, [] {
        rt::Chan<int> a(0);
        rt::Chan<int> b(0);
        a.close();
        b.close();
        std::string choices;
        for (int i = 0; i < 64; ++i)
            choices += std::to_string(rt::select(rt::on_recv(a), rt::on_recv(b)));
        rt::log(choices);
    });
    const std::string choices = result.words();
    int changes = 0;
    for (std::size_t i = 1; i < choices.size(); ++i)
        changes += choices[i] != choices[i - 1] ? 1 : 0;
    EXPECT_GT(changes, 10) << choices;
}

TEST(SelectSeedTest, AVirtualRunTakesTheSameCasesAgain) {
    const Watchdog watchdog;
    const auto choices = [](std::uint64_t seed) {
        return run({.procs = 4, .seed = seed},
                   [] {
                       rt::Chan<int> a(1);
                       rt::Chan<int> b(1);
                       rt::go("feeds a", [a] {
                           for (;;)
                               a.send(0);
                       });
                       rt::go("feeds b", [b] {
                           for (;;)
                               b.send(0);
                       });
                       std::string text;
                       for (int i = 0; i < 100; ++i)
                           text += std::to_string(rt::select(rt::on_recv(a), rt::on_recv(b)));
                       rt::log(text);
                   })
            .words();
    };
    EXPECT_EQ(choices(7), choices(7));
    EXPECT_NE(choices(7), choices(8));
}

}  // namespace
}  // namespace golanes::test

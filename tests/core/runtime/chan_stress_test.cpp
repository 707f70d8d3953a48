// Channels and select under pressure: sums checked at P from 1 to 64, with close, with select in
// both directions, while the number of Ps changes at random.
#include <array>
#include <memory>
#include <optional>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class ChanStressTest : public ::testing::TestWithParam<int> {
 protected:
    [[nodiscard]] RunRequest request() const {
        return {.engine = EngineKind::Real, .procs = GetParam(), .seed = seed_};
    }

    // The same while another thread turns the number of Ps.
    [[nodiscard]] RunRequest changing() const {
        RunRequest request = this->request();
        request.beside = [seed = seed_](trace::Control& control, const std::atomic<bool>& over) {
            Random random(seed, Stream::Scenario);
            while (!over) {
                rt::request_procs(control, 1 + static_cast<int>(random.uniform(64)));
                std::this_thread::sleep_for(std::chrono::microseconds(random.uniform(2000)));
            }
        };
        return request;
    }

    void expect_sum(const RunResult& result, std::int64_t sum) const {
        EXPECT_EQ(result.report.status, RunStatus::Ok)
            << result.report.message << " seed " << seed_;
        EXPECT_EQ(result.number(), sum) << "seed " << seed_;
    }

    std::uint64_t seed_ = mix64(read_ticks());

 private:
    Watchdog watchdog_;
};

INSTANTIATE_TEST_SUITE_P(Procs, ChanStressTest, ::testing::Values(1, 2, 4, 16, 64));

constexpr int kSides = 6;

// Everybody selects over the same four channels, two of them buffered, each in an order of its own.
// Senders send 1, 2, 3, ...; the last to finish closes the channels, and the receivers go on until
// they are all closed and drained.
struct Exchange {
    std::array<rt::Chan<int>, 4> channels{
        rt::Chan<int>(0, "a"), rt::Chan<int>(2, "b"), rt::Chan<int>(0, "c"), rt::Chan<int>(7, "d")};
    rt::Shared<std::int64_t> sum{"sum"};
    rt::Shared<int> senders{"senders", kSides};

    const rt::Chan<int>& at(int shift, int i) const {
        return channels[static_cast<std::size_t>((shift + i) % 4)];
    }

    void send_all(int shift, int each) {
        for (int k = 1; k <= each; ++k)
            rt::select(rt::on_send(at(shift, 0), k),
                       rt::on_send(at(shift, 1), k),
                       rt::on_send(at(shift, 2), k),
                       rt::on_send(at(shift, 3), k));
        if (senders.fetch_add(-1) == 1) {
            for (const auto& ch : channels)
                ch.close();
        }
    }

    void receive_all(int shift) {
        std::array<rt::Chan<int>, 4> open;
        for (int i = 0; i < 4; ++i)
            open[static_cast<std::size_t>(i)] = at(shift, i);
        std::int64_t mine = 0;
        for (int left = 4; left > 0;) {
            std::optional<int> got;
            const std::size_t index = rt::select(rt::recv_into(open[0], got),
                                                 rt::recv_into(open[1], got),
                                                 rt::recv_into(open[2], got),
                                                 rt::recv_into(open[3], got));
            if (got) {
                mine += *got;
            } else {
                open[index] = {};  // closed and drained: nil, never ready again
                --left;
            }
        }
        sum.fetch_add(mine);
    }
};

std::function<void()> exchange(int each) {
    return [each] {
        Exchange all;
        rt::WaitGroup wg;
        wg.add(2 * kSides);
        for (int i = 0; i < kSides; ++i) {
            rt::go("sends", [&, i] {
                all.send_all(i, each);
                wg.done();
            });
            rt::go("receives", [&, i] {
                all.receive_all(i);
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(all.sum.peek());
    };
}

constexpr std::int64_t exchanged(int each) {
    return std::int64_t{kSides} * each * (each + 1) / 2;
}

TEST_P(ChanStressTest, SelectsOverSharedChannelsLoseAndDoubleNothing) {
    const int each = scaled(10'000);
    expect_sum(run(request(), exchange(each)), exchanged(each));
}

TEST_P(ChanStressTest, SelectsGoOnWhileTheNumberOfPsChanges) {
    const int each = scaled(5'000);
    expect_sum(run(changing(), exchange(each)), exchanged(each));
}

// Sends and receives on one unbuffered channel from the same select: whoever meets, each meeting
// has one sender and one receiver.
TEST_P(ChanStressTest, SendAndReceiveOfOneChannelInOneSelect) {
    const int each = scaled(5'000);
    const auto result = run(request(), [each] {
        rt::Chan<int> ch(0);
        rt::Chan<int> stop(0);
        rt::WaitGroup wg;
        rt::Shared<int> finished("finished");
        rt::Shared<std::int64_t> balance("balance");
        wg.add(4);
        for (int g = 0; g < 4; ++g) {
            rt::go("both", [&, g] {
                std::int64_t mine = 0;
                for (int i = g; i < 4 * each; i += 4) {
                    std::optional<int> got;
                    const std::size_t taken =
                        rt::select(rt::on_send(ch, i), rt::recv_into(ch, got), rt::on_recv(stop));
                    if (taken == 2)
                        break;
                    mine += taken == 0 ? i : -got.value();
                }
                balance.fetch_add(mine);
                if (finished.fetch_add(1) == 2)
                    stop.close();  // the last would find nobody to meet
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(balance.peek());
    });
    expect_sum(result, 0);
}

// Closes race with receives, sends, tries and selects on the same channels; every goroutine learns
// of it.
TEST_P(ChanStressTest, EveryWaiterLearnsOfTheClose) {
    const int rounds = scaled(100);
    const auto result = run(changing(), [rounds] {
        std::int64_t learned = 0;
        for (int round = 0; round < rounds; ++round) {
            rt::Chan<int> quit(0);
            rt::Chan<int> data(static_cast<std::size_t>(round % 3));
            rt::WaitGroup wg;
            rt::Shared<int> heard("heard");
            wg.add(9);
            for (int g = 0; g < 9; ++g) {
                rt::go("", [&, g] {
                    std::optional<int> got;
                    if (g % 3 == 0) {
                        quit.recv();
                    } else if (g % 3 == 1) {
                        while (!quit.try_recv(got))
                            rt::gosched();
                    } else {
                        while (rt::select(rt::on_send(data, g),
                                          rt::on_recv(data),
                                          rt::on_recv(quit)) != 2) {
                        }
                    }
                    heard.fetch_add(1);
                    wg.done();
                });
            }
            if (round % 2 == 0)
                rt::gosched();
            quit.close();
            wg.wait();
            learned += heard.peek();
        }
        rt::outcome(learned);
    });
    expect_sum(result, 9 * rounds);
}

// A chain of stages over channels with every buffer size: order kept, sums checked.
// Who sees a channel closed, or has the last value out of it, may end it while the other side is on
// its way out of that very operation. Nothing but a sanitizer can tell.
TEST_P(ChanStressTest, AChannelMayEndWhileItsLastOperationReturns) {
    const int rounds = scaled(2'000);
    const auto result = run(request(), [rounds] {
        std::int64_t ended = 0;
        rt::WaitGroup wg;
        for (int round = 0; round < rounds; ++round) {
            const bool closes = round % 2 == 0;
            auto ch = std::make_unique<rt::Chan<int>>(static_cast<std::size_t>(round % 3));
            wg.go("last", [channel = ch.get(), closes] {
                if (closes)
                    channel->close();
                else
                    channel->send(1);
            });
            std::optional<int> got;
            while (!ch->try_recv(got))
                rt::gosched();
            ch.reset();
            wg.wait();
            ++ended;
        }
        rt::outcome(ended);
    });
    expect_sum(result, rounds);
}

TEST_P(ChanStressTest, APipelineKeepsTheOrder) {
    const int count = scaled(4'000);
    const auto result = run(request(), [count] {
        rt::Chan<int> in(0);
        rt::Chan<int> first = in;
        for (const std::size_t capacity : {0U, 1U, 3U, 100U}) {
            rt::Chan<int> out(capacity);
            rt::go("stage", [in, out] {
                for (const int value : in)
                    out.send(value + 1);
                out.close();
            });
            in = out;
        }
        rt::go("source", [first, count] {
            for (int i = 0; i < count; ++i)
                first.send(i);
            first.close();
        });
        int next = 4;
        std::int64_t wrong = 0;
        for (const int value : in)
            wrong += value == next++ ? 0 : 1;
        rt::outcome(wrong * 1'000'000 + next - 4);
    });
    expect_sum(result, count);
}

// Among cases that are ready all the time each is as likely, also when the streams of several Ps
// are drawn from.
TEST_P(ChanStressTest, FairnessHoldsOverThePsStreams) {
    constexpr int kDraws = 3000;
    constexpr int kCases = 5;
    std::array<std::atomic<int>, kCases> taken{};
    const auto result = run(request(), [&taken] {
        rt::Chan<int> ready(0);
        ready.close();
        rt::WaitGroup wg;
        wg.add(8);
        for (int g = 0; g < 8; ++g) {
            rt::go("draws", [&] {
                for (int i = 0; i < kDraws; ++i) {
                    ++taken[rt::select(rt::on_recv(ready),
                                       rt::on_recv(ready),
                                       rt::on_recv(ready),
                                       rt::on_recv(ready),
                                       rt::on_recv(ready))];
                    if (i % 100 == 0)
                        rt::gosched();
                }
                wg.done();
            });
        }
        wg.wait();
        rt::outcome(1);
    });
    expect_sum(result, 1);
    constexpr double kExpected = 8.0 * kDraws / kCases;
    double chi = 0;
    for (const auto& count : taken)
        chi += (count - kExpected) * (count - kExpected) / kExpected;
    EXPECT_LT(chi, 33.0) << "seed " << seed_;  // 4 degrees of freedom: one in a million
}

}  // namespace
}  // namespace golanes::test

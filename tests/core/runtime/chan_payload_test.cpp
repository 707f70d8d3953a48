// What becomes of the values: each is destroyed exactly once, on every path.
#include <atomic>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class ChanPayloadTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(ChanPayloadTest);

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

// The same with a move that throws at the n-th time from now.
struct Fragile {
    explicit Fragile(std::atomic<int>& living_objects, int* moves_left)
        : living(&living_objects), moves(moves_left) {
        ++*living;
    }

    Fragile(Fragile&& other) : living(other.living), moves(other.moves) {
        if (--*moves == 0)
            throw std::runtime_error("broke");
        ++*living;
    }

    Fragile& operator=(Fragile&&) = delete;
    Fragile(const Fragile&) = delete;
    Fragile& operator=(const Fragile&) = delete;

    ~Fragile() { --*living; }

    std::atomic<int>* living;
    int* moves;
};

// Wherever the move throws, in the sender or in the receiver, the channel goes on to work and every
// value is destroyed once.
TEST_P(ChanPayloadTest, AMoveThatThrowsBreaksNoChannel) {
    for (const std::size_t capacity : {0U, 1U}) {
        for (int fails_at = 1; fails_at <= 6; ++fails_at) {
            std::atomic<int> living{0};
            const auto result = run(on(1), [&] {
                rt::Chan<Fragile> ch(capacity);
                rt::WaitGroup wg;
                int moves = fails_at;
                wg.add(1);
                rt::go("sender", [&] {
                    for (int i = 0; i < 3; ++i) {
                        try {
                            ch.send(Fragile(living, &moves));
                        } catch (const std::runtime_error&) {
                            rt::log("broke");
                        }
                    }
                    ch.close();
                    wg.done();
                });
                for (bool open = true; open;) {
                    try {
                        open = ch.recv().has_value();
                    } catch (const std::runtime_error&) {
                        rt::log("broke");
                    }
                }
                wg.wait();
            });
            EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
            EXPECT_EQ(result.words(), "broke") << fails_at;
            EXPECT_EQ(living, 0) << fails_at;
        }
    }
}

struct alignas(128) Aligned {
    int value = 0;
};

TEST_P(ChanPayloadTest, ElementsMayHaveAnyAlignment) {
    const auto result = run(on(2), [] {
        rt::Chan<Aligned> ch(2);
        rt::go("sender", [ch] {
            for (int i = 0; i < 6; ++i)
                ch.send(Aligned{i});
            ch.close();
        });
        int sum = 0;
        for (const Aligned& element : ch) {
            rt::check(reinterpret_cast<std::uintptr_t>(&element) % 128 == 0, "aligned");
            sum += element.value;
        }
        rt::outcome(sum);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.number(), 15);
}

TEST_P(ChanPayloadTest, PayloadsMoveAndNoneIsLeftBehind) {
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

TEST_P(ChanPayloadTest, AnEndOfTheRunWhileTheyWaitLeavesNoPayloadBehind) {
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

TEST_P(ChanPayloadTest, ASelectLeavesNoPayloadBehind) {
    std::atomic<int> living{0};
    const auto result = run(on(2), [&] {
        rt::Chan<Counted> a(0);
        rt::Chan<Counted> b(3);
        rt::WaitGroup wg;
        wg.add(2);
        rt::go("sender", [&] {
            for (int i = 0; i < 50; ++i)
                rt::select(rt::on_send(a, Counted(living)), rt::on_send(b, Counted(living)));
            wg.done();
        });
        rt::go("receiver", [&] {
            for (int i = 0; i < 49; ++i)
                rt::select(rt::on_recv(a), rt::on_recv(b, [](std::optional<Counted> value) {
                               rt::check(!value->text.empty(), "the text came along");
                           }));
            wg.done();
        });
        rt::select(rt::on_send(b, Counted(living)), rt::on_recv(a));
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(living, 0);
}

TEST_P(ChanPayloadTest, AnEndOfTheRunWhileSelectsWaitLeavesNoPayloadBehind) {
    std::atomic<int> living{0};
    run(on(1), [&] {
        rt::Chan<Counted> unread(0);
        rt::Chan<Counted> delivered(0);
        rt::Chan<Counted> taken(0);
        rt::go("waits", [&, unread] {
            rt::select(rt::on_send(unread, Counted(living)), rt::on_send(unread, Counted(living)));
        });
        rt::go("is given one", [unread, delivered] {
            rt::select(rt::on_recv(delivered), rt::on_send(rt::Chan<int>(0), 1));
        });
        rt::go("is relieved of one", [&, taken] {
            rt::select(rt::on_send(taken, Counted(living)), rt::on_recv(rt::Chan<int>(0)));
        });
        for (int i = 0; i < 5; ++i)
            rt::gosched();
        delivered.send(Counted(living));  // the select never runs again
        taken.recv();                     // nor does the other
    });
    EXPECT_EQ(living, 0);
}

// Uses channels when it goes, as destructors of programs do.
struct Farewell {
    rt::Chan<int> ch;

    ~Farewell() {
        std::optional<int> got;
        ch.try_send(1);
        ch.try_recv(got);
        rt::select(rt::on_send(ch, 1), rt::on_recv(ch));
        rt::select(rt::on_recv(ch), rt::on_default());
        ch.recv();
        ch.send(1);
        ch.close();
        ch.close();
    }
};

TEST_P(ChanPayloadTest, DestructorsMayUseChannelsAfterTheEndOfTheRun) {
    const auto result = run(on(2), [] {
        rt::Chan<int> ch(0);
        for (int i = 0; i < 10; ++i) {
            rt::go("selects", [ch, i] {
                const Farewell farewell{ch};
                i % 2 == 0
                    ? rt::select(rt::on_recv(rt::Chan<int>(0)), rt::on_recv(rt::Chan<int>()))
                    : rt::select(rt::on_recv(rt::Chan<int>(0)), rt::on_recv(rt::Chan<int>(0)));
            });
        }
        for (int i = 0; i < 30; ++i)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

}  // namespace
}  // namespace golanes::test

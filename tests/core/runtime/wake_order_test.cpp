// Where one goes that is woken, preempted or left behind, and who runs next because of it.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class WakeOrderTest : public EngineTest {
 protected:
    // One P and nothing out of turn.
    [[nodiscard]] std::string words_of(std::function<void()> main) const {
        RunRequest request = on(1);
        request.global_tick = 0;
        return run(request, std::move(main)).words();
    }
};

GOLANES_ON_BOTH_ENGINES(WakeOrderTest);

TEST_P(WakeOrderTest, OneWokenByAMutexRunsNext) {
    EXPECT_EQ(words_of([] {
                  rt::Mutex mutex;
                  rt::WaitGroup wg;
                  wg.add(2);
                  mutex.lock();
                  rt::go("waiter", [&] {
                      mutex.lock();
                      rt::log("waiter");
                      mutex.unlock();
                      wg.done();
                  });
                  rt::gosched();
                  rt::go("other", [&] {
                      rt::log("other");
                      wg.done();
                  });
                  mutex.unlock();  // takes the place of the other in runnext
                  wg.wait();
              }),
              "waiter other");
}

TEST_P(WakeOrderTest, TheWakerRunsOn) {
    EXPECT_EQ(words_of([] {
                  rt::Chan<int> ch(0);
                  rt::go("receiver", [ch] {
                      ch.recv();
                      rt::log("receiver");
                  });
                  rt::gosched();
                  ch.send(1);
                  rt::log("sender");
                  rt::gosched();
              }),
              "sender receiver");
}

TEST_P(WakeOrderTest, ADueTimerRunsBeforeTheRing) {
    EXPECT_EQ(words_of([] {
                  rt::WaitGroup wg;
                  wg.add(3);
                  rt::go("sleeper", [&] {
                      rt::sleep(kMillisecond);
                      rt::log("sleeper");
                      wg.done();
                  });
                  rt::gosched();
                  for (const char* name : {"A", "B"}) {
                      rt::go(name, [&wg, name] {
                          rt::log(name);
                          wg.done();
                      });
                  }
                  rt::work(2 * kMillisecond);
                  wg.wait();
              }),
              "sleeper A B");  // it took the place of B in runnext
}

TEST_P(WakeOrderTest, AChildOutlivesItsParent) {
    EXPECT_EQ(words_of([] {
                  rt::WaitGroup wg;
                  wg.add(1);
                  rt::go("parent", [&] {
                      rt::go("child", [&] {
                          rt::log("child");
                          wg.done();
                      });
                      rt::log("parent");
                  });
                  wg.wait();
              }),
              "parent child");
}

TEST_P(WakeOrderTest, ThePreemptedGoesToTheGlobalTail) {
    RunRequest request = on(1);
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(2);
        for (int i = 0; i < 2; ++i) {
            rt::go("", [&wg] {
                rt::work(25 * kMillisecond);
                rt::gosched();
                wg.done();
            });
        }
        wg.wait();
    });
    std::string reasons;
    for (const trace::Event& event : result.events()) {
        if (event.type != EventType::GoStop)
            continue;
        EXPECT_EQ(event.flags & trace::put_flag::kKindMask,
                  static_cast<int>(trace::QueueKind::Global));
        reasons += trace::stop_reason_text(
            static_cast<trace::StopReason>(event.flags >> trace::put_flag::kReasonShift));
        reasons += ' ';
    }
    if (GetParam() == EngineKind::Virtual) {
        EXPECT_EQ(reasons, "preempted preempted preempted preempted gosched gosched ");
    }
    EXPECT_NE(reasons.find("gosched"), std::string::npos);
}

}  // namespace
}  // namespace golanes::test

// What a goroutine is said to wait for: Go's words.
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class WaitWordsTest : public EngineTest {
 protected:
    // The last wait of a goroutine that runs `body`.
    [[nodiscard]] std::string wait_of(const std::function<void()>& body) const {
        RunRequest request = on(1);
        request.global_tick = 0;
        const auto result = run(request, [&] {
            rt::go("waits", body);
            rt::gosched();
        });
        std::string words;
        for (const trace::Event& event : result.events()) {
            if (event.type == EventType::GoBlock && event.a == 2)
                words = trace::wait_reason_text(static_cast<trace::WaitReason>(event.flags));
        }
        return words;
    }
};

GOLANES_ON_BOTH_ENGINES(WaitWordsTest);

TEST_P(WaitWordsTest, EachWayToWaitHasGosWords) {
    EXPECT_EQ(wait_of([] { rt::Chan<int>(0).recv(); }), "chan receive");
    EXPECT_EQ(wait_of([] { rt::Chan<int>(0).send(1); }), "chan send");
    EXPECT_EQ(wait_of([] {
                  rt::RWMutex mutex;
                  mutex.lock();
                  mutex.rlock();
              }),
              "sync.RWMutex.RLock");
    EXPECT_EQ(wait_of([] {
                  rt::RWMutex mutex;
                  mutex.rlock();
                  mutex.lock();
              }),
              "sync.RWMutex.Lock");
    EXPECT_EQ(wait_of([] {
                  rt::WaitGroup wg;
                  wg.add(1);
                  wg.wait();
              }),
              "sync.WaitGroup.Wait");
    EXPECT_EQ(wait_of([] {
                  rt::Mutex mutex;
                  rt::Cond cond(mutex);
                  mutex.lock();
                  cond.wait();
              }),
              "sync.Cond.Wait");
}

TEST_P(WaitWordsTest, ASleeperSaysSleep) {
    EXPECT_EQ(wait_of([] { rt::sleep(kSecond); }), "sleep");
}

TEST_P(WaitWordsTest, MainIsGoroutineOne) {
    const auto result = run(on(2), [] {});
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::GoCreate) {
            EXPECT_EQ(event.a, 1U);
        }
    }
    EXPECT_EQ(result.count(EventType::GoCreate), 1U);
}

}  // namespace
}  // namespace golanes::test

// Who searches for work, and how many at once: counted in the events of virtual runs.
#include <algorithm>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;

class SearchTest : public RunTest {};

// Goroutines that come and go, wake each other and compute a little: Ms have reason to search.
void restless() {
    rt::Chan<int> ch(4);
    rt::WaitGroup wg;
    wg.add(24);
    for (int i = 0; i < 12; ++i) {
        rt::go("sender", [&, ch] {
            for (int k = 0; k < 20; ++k) {
                rt::work(static_cast<DurationNs>(1 + rt::random(20)) * kMicrosecond);
                ch.send(k);
            }
            wg.done();
        });
        rt::go("receiver", [&, ch] {
            for (int k = 0; k < 20; ++k) {
                ch.recv();
                rt::work(static_cast<DurationNs>(1 + rt::random(20)) * kMicrosecond);
            }
            wg.done();
        });
    }
    wg.wait();
}

TEST_F(SearchTest, AtMostHalfOfThePsHaveASearcher) {
    int most_of_all = 0;
    for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        constexpr int kProcs = 8;
        const auto result = run({.procs = kProcs, .seed = seed}, restless);
        int searching = 0;
        int most = 0;
        for (const trace::Event& event : result.events()) {
            searching += event.type == EventType::SpinBegin ? 1 : 0;
            searching -= event.type == EventType::SpinEnd ? 1 : 0;
            most = std::max(most, searching);
        }
        EXPECT_LE(most, kProcs / 2) << "seed " << seed;
        most_of_all = std::max(most_of_all, most);
    }
    EXPECT_GT(most_of_all, 0);
}

TEST_F(SearchTest, WithoutAnIdlePNobodyIsWoken) {
    const auto result = run({.procs = 1}, restless);
    EXPECT_LE(result.count(EventType::SpinBegin), 1U);  // the one with which the run begins
    EXPECT_LE(result.count(EventType::MachineCreate), 2U);
}

}  // namespace
}  // namespace golanes::test

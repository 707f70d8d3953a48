// Who searches for work, and how many at once: counted in the events of virtual runs.
#include <algorithm>
#include <set>
#include <vector>

#include "core/model/queue_state.h"
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

// --- Idle Ps

// Replays the list of idle Ps: who falls idle goes on top, who is taken was there. Returns how
// often there was a choice.
int expect_idle_ps_are_a_stack(const RunResult& result, int procs) {
    std::vector<ProcId> idle;
    for (int p = procs - 1; p > 0; --p)  // as a world starts: P 0 has main, P 1 is on top
        idle.push_back(static_cast<ProcId>(p));
    int choices = 0;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::ProcStop &&
            event.flags == static_cast<int>(trace::ProcStopReason::Idle))
            idle.push_back(event.p);
        if (event.type != EventType::ProcStart ||
            std::find(idle.begin(), idle.end(), event.p) == idle.end())
            continue;
        EXPECT_EQ(event.p, idle.back()) << "at " << event.time;
        choices += idle.size() > 1 ? 1 : 0;
        std::erase(idle, event.p);
    }
    return choices;
}

// One at a time they become idle and are needed again, each at a millisecond of its own.
TEST_F(SearchTest, ThePThatFellIdleLastIsTakenFirst) {
    constexpr int kProcs = 5;
    const auto result = run({.procs = kProcs}, [] {
        for (const int length : {3, 1, 4, 2})  // the others' ends, in ms
            rt::go("", [length] { rt::work(length * kMillisecond); });
        for (int i = 0; i < 10; ++i)
            rt::work(kMillisecond);
        for (int i = 0; i < 4; ++i) {
            rt::go("", [] { rt::work(kMillisecond); });
            rt::work(300 * kMicrosecond);
        }
    });
    EXPECT_GE(expect_idle_ps_are_a_stack(result, kProcs), 6);
}

// --- What a searcher is given

class SearcherTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(SearcherTest);

TEST_P(SearcherTest, ThePOfAnMThatBeginsToSearchHasAnEmptyQueue) {
    int searches = 0;
    for (std::uint64_t seed = 1; seed <= 5; ++seed) {
        const auto result = run(on(4, seed), restless);
        model::QueueState queues;
        for (const trace::Event& event : result.events()) {
            queues.apply(event);
            if (event.type != EventType::SpinBegin)
                continue;
            ++searches;
            EXPECT_EQ(queues.length({trace::QueueKind::Ring, event.p}), 0U)
                << "P " << event.p << " at " << event.time << ", seed " << seed;
        }
    }
    EXPECT_GT(searches, 0);
}

// --- Word left for the next P that would fall idle

// Without stealing an M searches only when it is sent or finds the word. The last M that was sent
// finds work and looks for an idle P for the next: with two Ps there is none, with three there is.
// Returns how often an M that kept its P began to search when its goroutine ended.
std::size_t searches_when_a_p_runs_dry(int procs) {
    const auto result = run({.procs = procs, .stealing = false}, [] {
        rt::go("other", [] { rt::work(kMillisecond); });
        rt::gosched();  // goes on by way of the global queue, on another P
        rt::work(2 * kMillisecond);
    });
    std::size_t found = 0;
    std::set<ProcId> sent;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::ProcStart)
            sent.insert(event.p);
        if (event.type == EventType::SpinBegin && !sent.contains(event.p))
            ++found;
        if (event.type == EventType::GoStart || event.type == EventType::ProcStop)
            sent.erase(event.p);
    }
    return found;
}

TEST_F(SearchTest, AnMThatWouldGiveItsPUpSearchesWhenSomebodyFoundNoIdleP) {
    EXPECT_EQ(searches_when_a_p_runs_dry(2), 1U);
    EXPECT_EQ(searches_when_a_p_runs_dry(3), 0U);
}

}  // namespace
}  // namespace golanes::test

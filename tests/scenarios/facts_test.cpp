// What each scenario is there to show, as numbers.
#include <cctype>
#include <map>

#include "core/base/random.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

using trace::RunStatus;

class FactsTest : public ::testing::TestWithParam<EngineKind> {
 protected:
    [[nodiscard]] app::RunOptions options(const std::string& scenario, int procs) const {
        return options_of(scenario, engine(), procs);
    }

    [[nodiscard]] std::string engine() const {
        return GetParam() == EngineKind::Real ? "real" : "virtual";
    }

 private:
    Watchdog watchdog_;
};

GOLANES_ON_BOTH_ENGINES(FactsTest);

// work(d) computes for d and not less. How much more is measured on a busy machine is for that
// machine to say; in virtual time nothing is added.
bool is_as_asked(EngineKind engine, DurationNs value, DurationNs asked) {
    return engine == EngineKind::Virtual ? value == asked : value >= asked * 99 / 100;
}

// Whether two threads run at once is for the machine to say: a busy one is asked again.
constexpr int kTries = 5;

TEST_P(FactsTest, AlternateOnOnePTakesTurns) {
    const auto facts = run_scenario(options("alternate", 1)).statistics();
    EXPECT_EQ(facts.max_running, 1);
    EXPECT_EQ(facts.overlap_ns, 0);
    EXPECT_PRED3(is_as_asked, GetParam(), facts.cpu_ns, 200 * kMillisecond);
}

TEST_P(FactsTest, AlternateOnTwoPsOverlaps) {
    model::Statistics facts;
    for (int i = 0; i < kTries && facts.overlap_ns == 0; ++i) {
        facts = run_scenario(options("alternate", 2)).statistics();
        ASSERT_LE(facts.max_running, 2);
        EXPECT_PRED3(is_as_asked, GetParam(), facts.cpu_ns, 200 * kMillisecond);
    }
    EXPECT_EQ(facts.max_running, 2);
    EXPECT_GT(facts.overlap_ns, 0);
}

TEST_P(FactsTest, LettersOnOnePComeAsWholeAlphabetsNumberTenFirst) {
    const auto run = run_scenario(options("letters", 1));
    std::string done;
    int lower = 0;
    int upper = 0;
    for (const std::string& line : run.lines()) {
        if (line.size() > 1)
            done += line.substr(10, line.find(" is") - 10) + " ";
        else
            ++(std::islower(static_cast<unsigned char>(line[0])) != 0 ? lower : upper);
    }
    EXPECT_EQ(done, "10 1 2 3 4 5 6 7 8 9 ");
    EXPECT_EQ(lower, 130);
    EXPECT_EQ(upper, 130);
    EXPECT_EQ(run.number(), 260);
}

TEST_P(FactsTest, TheChainDeadlocksAfterNinetyNineHandOvers) {
    for (const int procs : {1, 2, 4}) {
        const auto run = run_scenario(options("unbuffered_chain", procs));
        EXPECT_EQ(run.report().status, RunStatus::Deadlock);
        EXPECT_EQ(run.number(), 99);
        std::map<trace::WaitReason, int> waiting;
        std::map<GoroutineId, trace::WaitReason> blocked;
        run.timeline.recording().for_each([&](const trace::Event& event) {
            if (event.type == trace::EventType::GoBlock)
                blocked[event.a] = static_cast<trace::WaitReason>(event.flags);
            if (event.type == trace::EventType::GoUnblock)
                blocked.erase(event.a);
        });
        for (const auto& [g, reason] : blocked)
            ++waiting[reason];
        EXPECT_EQ(blocked[1], trace::WaitReason::WaitGroupWait);
        EXPECT_EQ(blocked.size(), 2U);
        EXPECT_EQ(waiting[trace::WaitReason::ChanSend], 1);
    }
}

TEST_P(FactsTest, TheFixedChainFinishes) {
    app::RunOptions fixed = options("unbuffered_chain", 2);
    fixed.sets = {"variant=fixed"};
    const auto run = run_scenario(fixed);
    EXPECT_EQ(run.report().status, RunStatus::Ok) << run.report().message;
    EXPECT_EQ(run.number(), 99);
}

// A seed for every start tick of P 0.
std::map<std::uint64_t, std::uint64_t> seeds_by_tick() {
    std::map<std::uint64_t, std::uint64_t> seeds;
    for (std::uint64_t seed = 1; seeds.size() < 61; ++seed)
        seeds.emplace(Random(seed, Stream::StartTick, 0).uniform(61), seed);
    return seeds;
}

TEST_P(FactsTest, TheRaceOnOnePEndsAtTenOrForNineStartTicksAtEleven) {
    std::map<std::int64_t, int> outcomes;
    for (const auto& [tick, seed] : seeds_by_tick()) {
        app::RunOptions race = options("race_counter", 1);
        race.seed = seed;
        race.seed_given = true;
        ++outcomes[run_scenario(race).number()];
    }
    EXPECT_EQ(outcomes, (std::map<std::int64_t, int>{{10, 52}, {11, 9}}));
}

TEST_P(FactsTest, TheRaceOnOnePIsTenWithoutTheGlobalTick) {
    for (const auto& [tick, seed] : seeds_by_tick()) {
        if (tick % 6 != 0)
            continue;
        app::RunOptions race = options("race_counter", 1);
        race.seed = seed;
        race.seed_given = true;
        race.policies = {"global_tick=0"};
        EXPECT_EQ(run_scenario(race).number(), 10) << "tick " << tick;
    }
}

TEST_P(FactsTest, TheRaceOnTwoPsVaries) {
    std::map<std::int64_t, int> outcomes;
    const int runs = 200;
    for (int i = 0; i < runs; ++i) {
        app::RunOptions race = options("race_counter", 2);
        race.sets = {"barrier=1"};
        const std::int64_t number = run_scenario(race).number();
        EXPECT_GE(number, 2);
        EXPECT_LE(number, 100);
        ++outcomes[number];
    }
    EXPECT_LT(outcomes[10] + outcomes[11] + outcomes[100], runs);
}

TEST_P(FactsTest, ThePoolDoesEveryTaskOnceAndAllWorkersGoHome) {
    const auto run = run_scenario(options("buffered_pool", 2));
    EXPECT_EQ(run.number(), 10);
    int home = 0;
    for (const std::string& line : run.lines())
        home += line.ends_with("the channel is empty and closed") ? 1 : 0;
    EXPECT_EQ(home, 4);
}

}  // namespace
}  // namespace golanes::test

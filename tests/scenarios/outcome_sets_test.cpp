// What the scenarios whose catalogue entry says so may report: whole sets, equal on both engines.
#include <map>
#include <set>

#include "core/base/random.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

using Outcomes = std::set<std::int64_t>;

// At the standard parameters. Every scenario that is marked stands here, and no other.
const std::map<std::string_view, Outcomes>& known_sets() {
    static const std::map<std::string_view, Outcomes> kSets{
        {"alternate", {4}},
        {"letters", {260}},
        {"race_counter", {10, 11}},  // on one P; see FactsTest for why
        {"unbuffered_chain", {99}},
        {"buffered_pool", {10}},
        {"serial_parallel", {10}},
        {"waitgroup", {10}},
        {"generator", {4181}},
        {"stack_growth", {6100}},
        {"runqueue", {900}},
        {"steal", {24}},
        {"handoff", {4}},
        {"memory_map", {3}},
        {"crash_domain", {3}},
    };
    return kSets;
}

// Shortens what only takes time.
std::vector<std::string> quick(std::string_view scenario) {
    if (scenario == "alternate")
        return {"work=1ms"};
    if (scenario == "buffered_pool")
        return {"longest=1ms"};
    if (scenario == "serial_parallel" || scenario == "steal")
        return {"each=1ms"};
    if (scenario == "handoff")
        return {"wait=1ms"};
    if (scenario == "crash_domain")
        return {"after=1ms"};
    return {};
}

std::vector<int> procs_of(const catalog::Scenario& scenario) {
    return scenario.outcomes == catalog::Outcomes::FixedOnOneP ? std::vector<int>{1}
                                                               : std::vector<int>{1, 2, 3, 8};
}

TEST(OutcomeSets, EveryMarkedScenarioHasASetHere) {
    std::set<std::string_view> marked;
    for (const scenarios::Entry& entry : scenarios::all()) {
        if (entry.scenario->outcomes != catalog::Outcomes::Open)
            marked.insert(entry.scenario->id);
    }
    std::set<std::string_view> known;
    for (const auto& [id, set] : known_sets())
        known.insert(id);
    EXPECT_EQ(marked, known);
}

class OutcomeSetsTest : public ::testing::TestWithParam<EngineKind> {
 protected:
    [[nodiscard]] bool is_virtual() const { return GetParam() == EngineKind::Virtual; }

    // A real run of the same seed is another run each time; a virtual one needs another seed.
    [[nodiscard]] int seeds() const { return is_virtual() ? 100 : 30; }

    Outcomes seen(const catalog::Scenario& scenario) const {
        Outcomes outcomes;
        for (const int procs : procs_of(scenario)) {
            app::RunOptions options =
                options_of(std::string(scenario.id), is_virtual() ? "virtual" : "real", procs);
            options.sets = quick(scenario.id);
            options.seed_given = true;
            // What the schedule decides takes many runs to be seen; what it does not, fewer.
            const bool is_open = scenario.outcomes == catalog::Outcomes::FixedOnOneP;
            const int count = is_open || is_virtual() ? seeds() : scaled(seeds());
            for (int seed = 1; seed <= count; ++seed) {
                options.seed = static_cast<std::uint64_t>(seed);
                outcomes.insert(run_scenario(options).number());
            }
        }
        return outcomes;
    }

 private:
    Watchdog watchdog_;
};

GOLANES_ON_BOTH_ENGINES(OutcomeSetsTest);

TEST_P(OutcomeSetsTest, AreWhatTheyAreSaidToBe) {
    if (kUnderTsan && is_virtual())
        GTEST_SKIP() << "one thread, and minutes of it: the other builds compare the sets";
    for (const scenarios::Entry& entry : scenarios::all()) {
        const bool runs_here = !is_virtual() || !entry.scenario->real_only;
        if (entry.scenario->outcomes != catalog::Outcomes::Open && runs_here) {
            EXPECT_EQ(seen(*entry.scenario), known_sets().at(entry.scenario->id))
                << entry.scenario->id;
        }
    }
}

// The chain as it can be repaired reports the same number and ends well.
TEST_P(OutcomeSetsTest, TheFixedChainReportsTheSame) {
    app::RunOptions options = options_of("unbuffered_chain", is_virtual() ? "virtual" : "real", 2);
    options.sets = {"variant=fixed"};
    for (int i = 0; i < seeds(); ++i)
        EXPECT_EQ(run_scenario(options).number(), 99);
}

}  // namespace
}  // namespace golanes::test

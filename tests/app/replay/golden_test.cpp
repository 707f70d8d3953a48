// golden.tsv holds tokens and the hashes of the events they give. Every build must give the same
// ones: g++ and clang, with and without optimisation, with sanitizers. `./dev golden` writes the
// list anew; when it changes, so does kSchedulerVersion (core/runtime/version.h).
#include <cstdlib>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>

#include <gtest/gtest.h>

#include "app/replay_token.h"
#include "core/runtime/version.h"
#include "scenarios/registry.h"
#include "tests/app/replay/logical.h"
#include "tests/app/replay/play.h"

namespace golanes::test {
namespace {

constexpr int kSeeds = 20;

struct Golden {
    std::string token;
    std::string hash;
    std::string events;
};

std::vector<Golden> golden_list() {
    std::ifstream file(GOLANES_GOLDEN_FILE);
    std::vector<Golden> list;
    for (std::string line; std::getline(file, line);) {
        Golden golden;
        std::istringstream words(line);
        if (!line.empty() && line.front() != '#' &&
            words >> golden.token >> golden.hash >> golden.events)
            list.push_back(golden);
    }
    return list;
}

Golden play_token(const std::string& token) {
    const auto events = logical_events(play(plan_of_token(token)).recording, 0);
    return {token, fmt::format("{:016x}", logical_hash(events)), fmt::format("{}", events.size())};
}

// Many Ps and few, all policies, both levels, costs, fewer cores than Ps: each in some seeds.
std::string token_of(std::string_view scenario, int seed) {
    app::RunPlan plan = virtual_plan(std::string(scenario));
    rt::SchedulerOptions& scheduler = plan.settings.scheduler;
    constexpr int kProcs[] = {1, 2, 3, 4, 8, 16, 64};
    scheduler.procs = kProcs[seed % 7];
    scheduler.seed = static_cast<std::uint64_t>(seed);
    scheduler.stealing = seed % 6 != 5;
    scheduler.runnext = seed % 5 != 4;
    scheduler.global_tick = seed % 8 == 7 ? 0 : 61;
    scheduler.slice = (seed % 9 == 8 ? 1 : 10) * kMillisecond;
    if (seed % 3 == 0)
        plan.settings.costs.ns = {40, 200, 90, 15, 30, 5000};
    if (seed % 4 == 3)
        plan.settings.cpus = (scheduler.procs + 1) / 2;
    if (seed % 10 == 1)
        plan.level = trace::Level::Full;
    return app::replay_token(plan);
}

void write_list(const char* path) {
    std::ofstream file(path);
    file << "# token, hash of its logical events, their number: see golden_test.cpp\n";
    for (const scenarios::Entry& entry : scenarios::all()) {
        for (int seed = 1; seed <= kSeeds && !entry.scenario->real_only; ++seed) {
            const Golden golden = play_token(token_of(entry.scenario->id, seed));
            file << golden.token << '\t' << golden.hash << '\t' << golden.events << '\n';
        }
    }
}

TEST(GoldenTest, EveryTokenOfTheListGivesItsEvents) {
    if (const char* path = std::getenv("GOLANES_WRITE_GOLDEN"))
        return write_list(path);
    for (const Golden& golden : golden_list()) {
        const Golden now = play_token(golden.token);
        EXPECT_EQ(now.hash + " " + now.events, golden.hash + " " + golden.events)
            << golden.token
            << ": the scheduler behaves differently. If it shall: kSchedulerVersion + 1 and "
               "./dev golden";
    }
}

TEST(GoldenTest, EveryVirtualScenarioIsInTheList) {
    std::map<std::string_view, int> lines;
    const auto list = golden_list();
    for (const Golden& golden : list)
        ++lines[plan_of_token(golden.token).entry->scenario->id];
    for (const scenarios::Entry& entry : scenarios::all()) {
        if (entry.scenario->real_only)
            continue;
        EXPECT_GE(lines[entry.scenario->id], kSeeds)
            << entry.scenario->id << ": ./dev golden writes the list anew";
    }
}

}  // namespace
}  // namespace golanes::test

// What sets two runs apart.
#include "ui/view/run_differences.h"

#include <gtest/gtest.h>

#include "core/model/builder.h"
#include "core/recording/recording.h"

namespace golanes::view {
namespace {

using Strings = std::vector<std::string>;

model::Timeline run_of(const recording::Meta& meta, bool is_virtual = true) {
    recording::Recording recording(meta);
    const auto add = [&](trace::EventType type, std::uint64_t time, std::uint32_t a, int flags) {
        const trace::Event event{.time = time,
                                 .a = a,
                                 .seq = 0,
                                 .type = type,
                                 .flags = static_cast<std::uint8_t>(flags),
                                 .cpu = kNoCpu,
                                 .p = kNoProc,
                                 .where = 0,
                                 .arg = 0};
        recording.append({&event, 1});
    };
    add(trace::EventType::RunBegin, 0, 1, is_virtual ? 1 : 0);
    add(trace::EventType::ProcCount, 1, static_cast<std::uint32_t>(meta.procs), 0);
    add(trace::EventType::RunEnd, 1000, 1, static_cast<int>(trace::RunStatus::Ok));
    recording.publish();
    return model::build_timeline(recording.snapshot());
}

recording::Meta meta(int procs) {
    recording::Meta meta;
    meta.scenario = "pool";
    meta.procs = procs;
    meta.cpus = procs;
    meta.parameters = {{"tasks", "24"}};
    meta.policies = {{"stealing", "on"}, {"slice", "10ms"}};
    return meta;
}

std::pair<RunTraits, RunTraits> between(const model::Timeline& a, const model::Timeline& b) {
    return differences(a, a.runs()[0], b, b.runs()[0]);
}

TEST(RunDifferencesTest, BothTellTheirPs) {
    const auto [one, two] = between(run_of(meta(1)), run_of(meta(2)));
    EXPECT_EQ(one.procs, 1);
    EXPECT_EQ(two.procs, 2);
    EXPECT_TRUE(one.settings.empty());
    EXPECT_TRUE(one.scenario.empty());
    EXPECT_FALSE(one.tells_engine);
    EXPECT_EQ(one.cpus, 0) << "virtual runs have a core for each P";
}

TEST(RunDifferencesTest, OnlyThePolicyThatDiffersIsTold) {
    recording::Meta off = meta(4);
    off.policies[0].value = "off";
    const auto [on, without] = between(run_of(meta(4)), run_of(off));
    EXPECT_EQ(on.settings, Strings{"stealing=on"});
    EXPECT_EQ(without.settings, Strings{"stealing=off"});
}

TEST(RunDifferencesTest, AnotherParameterIsTold) {
    recording::Meta more = meta(4);
    more.parameters[0].value = "48";
    EXPECT_EQ(between(run_of(meta(4)), run_of(more)).second.settings, Strings{"tasks=48"});
}

TEST(RunDifferencesTest, TwoScenariosAreNamedWithoutTheirParameters) {
    recording::Meta other = meta(4);
    other.scenario = "letters";
    other.parameters = {{"lines", "5"}};
    const auto [first, second] = between(run_of(meta(4)), run_of(other));
    EXPECT_EQ(first.scenario, "pool");
    EXPECT_EQ(second.scenario, "letters");
    EXPECT_TRUE(second.settings.empty());
}

TEST(RunDifferencesTest, TheEngineIsToldWhereItDiffers) {
    const auto [first, second] = between(run_of(meta(4)), run_of(meta(4), false));
    EXPECT_TRUE(first.tells_engine);
    EXPECT_TRUE(first.is_virtual);
    EXPECT_FALSE(second.is_virtual);
}

TEST(RunDifferencesTest, RealRunsTellHowManyCpusTheyHadWhereThatDiffers) {
    recording::Meta narrow = meta(4);
    narrow.cpus = 1;
    const auto [wide, small] = between(run_of(meta(4), false), run_of(narrow, false));
    EXPECT_EQ(wide.cpus, 4);
    EXPECT_EQ(small.cpus, 1);
}

}  // namespace
}  // namespace golanes::view

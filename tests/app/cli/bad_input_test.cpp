// Bad input: exit code 2, nothing on stdout, one line on stderr that says what to do.
#include <algorithm>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/app/cli/program.h"

namespace golanes::test {
namespace {

struct BadInput {
    std::string arguments;
    std::string words;  ///< What the line must contain.
};

void PrintTo(const BadInput& input, std::ostream* out) {
    *out << "golanes " << input.arguments;
}

class BadInputTest : public ::testing::TestWithParam<BadInput> {};

INSTANTIATE_TEST_SUITE_P(
    CommandLine,
    BadInputTest,
    ::testing::Values(
        BadInput{"list --nope", "--nope"},
        BadInput{"run", "SCENARIO is required"},
        BadInput{"run nope", "there is no scenario \"nope\"; there are: alternate"},
        BadInput{"run alternate --procs many", "--procs"},
        BadInput{"run alternate --procs 257", "--procs takes 1 to 256, not 257"},
        BadInput{"run alternate --procs 0", "--procs takes 1 to 256, not 0"},
        BadInput{"run alternate --procs -1", "--procs takes 1 to 256, not -1"},
        BadInput{"run alternate --engine virtual --cpus -1", "--cpus takes 1 to 1024, not -1"},
        BadInput{"run alternate --cpus 0-1,x", "--cpus: \"0-1,x\" is no list of CPUs like 0-1,3"},
        BadInput{"run alternate --cpus 0,1023", "--cpus 0,1023: CPU 1023 is not there, there are"},
        BadInput{"run alternate --engine virtual --cpus 0,2",
                 "--cpus 0,2 names real CPUs; a virtual run takes how many cores: "
                 "--cpus 2"},
        BadInput{"run alternate --engine both", "--engine takes real or virtual"},
        BadInput{"run crash --engine virtual", "crash needs the real engine"},
        BadInput{"run alternate --level all", "--level takes scheduler or full"},
        BadInput{"run alternate --set tasks", "--set takes name=value"},
        BadInput{"run alternate --set tasks=0", "give 1 to 64"},
        BadInput{"run alternate --set nope=1", "it has: tasks, work"},
        BadInput{"run alternate --preset nope",
                 "alternate has no preset \"nope\"; it has: as-article, figure, serial, quick"},
        BadInput{"run alternate --policy nope=1", "there is no policy \"nope\""},
        BadInput{"run alternate --policy ring=7", "takes one of 2, 4, 8"},
        BadInput{"run alternate --policy costs=1x", "virtual runs only"},
        BadInput{"run alternate --engine virtual --policy costs=11x", "0x to 10x"},
        BadInput{"run alternate --policy stealing=maybe", "takes on or off"},
        BadInput{"run alternate --policy slice=1ns", "takes 10us to 10s"},
        BadInput{"run alternate --policy global_tick=-7", "takes 0 to 1000"},
        BadInput{"run alternate --ring 17", "a power of two"},
        BadInput{"run alternate --duration soon", "is not a duration"},
        BadInput{"run alternate --preset as-article --replay "
                 "gl1.alternate.p64.s6.kf7fk",
                 "--preset contradicts the replay token"},
        BadInput{"run alternate --replay abc", "begins no replay token"},
        BadInput{"run letters --until 5ms", "add --engine virtual"},
        BadInput{"run letters --until-event log", "add --engine virtual"},
        BadInput{"run letters --engine real --step", "add --engine virtual"},
        BadInput{"run letters --engine virtual --until soon", "--until"},
        BadInput{"run letters --engine virtual --until -1ms", "--until"},
        BadInput{"run letters --engine virtual --until-event lunch",
                 "no kind of event \"lunch\"; there are: run_begin"},
        BadInput{"run letters --engine virtual --until-event replay_token", "no kind of event"},
        BadInput{"run letters --engine virtual --until-event log:0", "1 or more"},
        BadInput{"run letters --engine virtual --until-event log:x", "1 or more"},
        BadInput{"run letters --engine virtual --until 1ms --until-event log", "give one of them"},
        BadInput{"run letters --engine virtual --step --json", "leave one of them"},
        BadInput{"run letters --engine virtual --until 1ms --duration 1s", "leave --duration out"},
        BadInput{"info", "FILE is required"},
        BadInput{"info /nowhere.golanes", "/nowhere.golanes: cannot be opened"},
        BadInput{"dump /nowhere.golanes", "/nowhere.golanes: cannot be opened"},
        BadInput{"dump /nowhere.golanes --from x", "--from"},
        BadInput{"doctor --nope", "--nope"},
        BadInput{"outcomes letters --trials 0", "--trials"},
        BadInput{"outcomes letters --trials many", "\"many\""},
        BadInput{"outcomes letters --procs 1,x", "1,2,4"},
        BadInput{"outcomes letters --procs 1,", "1,2,4"},
        BadInput{"outcomes letters --duration 1s", "--trials"},
        BadInput{"outcomes moon", "moon"},
        BadInput{"import a.txt -o b", "does not exist yet"},
        BadInput{"export a --to csv", "does not exist yet"},
        BadInput{"claims nope", "there is no scenario \"nope\""},
        BadInput{"claims --lang fr", "--lang"},
        BadInput{"claims --rows 0", "there are rows 1 to"},
        BadInput{"shot buffered_pool -o x.png --view lesson --predict 3", "no lesson"}));

void expect_one_line(const Said& said, const std::string& words) {
    EXPECT_EQ(said.code, 2);
    EXPECT_EQ(said.out, "");
    EXPECT_EQ(std::count(said.err.begin(), said.err.end(), '\n'), 1) << said.err;
    EXPECT_NE(said.err.find(words), std::string::npos) << said.err;
}

TEST_P(BadInputTest, IsRefusedInOneLine) {
    expect_one_line(golanes(GetParam().arguments), GetParam().words);
}

TEST(BadFileTest, AFileThatIsNoRecordingIsRefusedByName) {
    const std::string path = temporary_path("letter.txt");
    std::ofstream(path) << "Dear reader, this is not a recording.\n";
    expect_one_line(golanes("info " + path), path);
    expect_one_line(golanes("dump " + path), path);
}

}  // namespace
}  // namespace golanes::test

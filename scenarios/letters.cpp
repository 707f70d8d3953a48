// letters: ten goroutines print the alphabet. On one P the last one made runs first: runnext.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "letters",
    .title = {"Ten goroutines, 26 letters", "十个协程打印字母"},
    .summary = {"On one P whole alphabets come one after another, number 10 first; on several Ps "
                "they mix.",
                "一个 P 时整套字母依次出现，10 号最先；多个 P 时交错出现。"},
    .group = "goroutines",
    .parameters = {{.name = "goroutines",
                    .title = {"Goroutines", "协程数"},
                    .minimum = 1,
                    .maximum = 100,
                    .standard = 10},
                   {.name = "pause",
                    .title = {"Work per letter", "每个字母的计算"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = 10 * kMillisecond,
                    .standard = 0,
                    .takes = catalog::Takes::Live}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"as-article", {"Ten, one P", "十个，一个 P"}, {"goroutines=10"}, 1},
                {"quick", {"Quick", "快速"}, {"goroutines=10"}}},
};

void print_alphabet(int number, const catalog::Values& values, Shared<int>& printed) {
    const char first = number % 2 == 1 ? 'a' : 'A';
    for (int i = 0; i < 26; ++i) {
        log(std::string(1, static_cast<char>(first + i)));
        work(values.get("pause"));
        printed.fetch_add(1);
    }
    log("goroutine " + std::to_string(number) + " is done");
}

void program(const catalog::Values& values) {
    const int goroutines = values.count("goroutines");
    Shared<int> printed("printed");
    WaitGroup wg("all");
    wg.add(goroutines);
    for (int i = 1; i <= goroutines; ++i) {
        go("printer " + std::to_string(i), [&, i] {
            print_alphabet(i, values, printed);
            wg.done();
        });
    }
    wg.wait();
    check(printed.peek() == goroutines * 26, "every goroutine printed 26 letters");
    outcome(printed.peek());
}

}  // namespace

Entry letters() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

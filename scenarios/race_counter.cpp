// race_counter: ten goroutines read a counter, let others run, and write their stale value back.
#include <memory>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "race_counter",
    .title = {"Lost updates, 10 x 10", "计数器丢失更新 10×10"},
    .summary = {"100 additions, and the counter shows far fewer, even on one P: each goroutine "
                "writes a stale value.",
                "一共加 100 次，计数器却远小于 100，单核也一样：每个协程写回的是旧值。"},
    .group = "races",
    .parameters = {{.name = "goroutines",
                    .title = {"Goroutines", "协程数"},
                    .minimum = 1,
                    .maximum = 100,
                    .standard = 10},
                   {.name = "additions",
                    .title = {"Additions of each", "每个协程的次数"},
                    .minimum = 1,
                    .maximum = 1000,
                    .standard = 10},
                   {.name = "gosched",
                    .title = {"Yield between read and write", "读写之间让出"},
                    .kind = catalog::ParameterKind::Switch,
                    .maximum = 1,
                    .standard = 1},
                   {.name = "barrier",
                    .title = {"Start together", "同时起跑"},
                    .kind = catalog::ParameterKind::Switch,
                    .maximum = 1,
                    .standard = 0}},
    .outcomes = catalog::Outcomes::FixedOnOneP,
    .full_level = true,
    .presets = {{"as-article", {"10 x 10, one P", "10×10，一个 P"}, {"gosched=on"}, 1},
                {"quick", {"Quick", "快速"}, {"gosched=on"}}},
};

struct Race {
    int goroutines;
    int additions;
    bool yields;
    Shared<int> counter{"counter"};
    WaitGroup finish{"finish"};

    void add_up() {
        for (int k = 0; k < additions; ++k) {
            const int value = counter.load();
            if (yields)
                gosched();
            counter.store(value + 1);
        }
        finish.done();
    }
};

// A fair start for a race of microseconds: the adders wait behind two lines, and two starters count
// down to the same moment, on a P each if there are two. Without it one P has finished them all
// before another one is awake.
void start_together(Race& race) {
    std::vector<std::unique_ptr<Barrier>> lines;
    lines.reserve(2);
    for (int side = 0; side < 2; ++side)
        lines.push_back(
            std::make_unique<Barrier>((race.goroutines + 1 - side) / 2 + 1, "start line"));
    for (int i = 0; i < race.goroutines; ++i) {
        go("adder " + std::to_string(i + 1),
           [&race, &line = *lines[static_cast<std::size_t>(i % 2)]] {
               line.wait();
               race.add_up();
           });
    }
    const TimeNs start = now() + 300 * kMicrosecond;
    for (const auto& line : lines) {
        go("starter", [start, &line = *line] {
            while (now() < start)
                work(5 * kMicrosecond);
            work(static_cast<DurationNs>(random(40)) * kMicrosecond);
            line.wait();
        });
    }
    race.finish.wait();
}

void program(const catalog::Values& values) {
    Race race{values.count("goroutines"), values.count("additions"), values.on("gosched")};
    race.finish.add(race.goroutines);
    if (values.on("barrier")) {
        start_together(race);
    } else {
        for (int i = 1; i <= race.goroutines; ++i)
            go("adder " + std::to_string(i), [&race] { race.add_up(); });
        race.finish.wait();
    }
    const int final = race.counter.peek();
    check(final >= 1 && final <= race.goroutines * race.additions,
          "the counter is within 1 and the number of additions");
    outcome(final);
}

}  // namespace

Entry race_counter() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

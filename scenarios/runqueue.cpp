// runqueue: a burst of goroutines fills P 0's queue of 256; half of it moves to the global one.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "runqueue",
    .title = {"Run queues", "运行队列"},
    .summary =
        {"300 goroutines at once: the local queue holds 256, then half of it moves to the "
         "global one. Who yields goes there, too.",
         "一口气创建 300 个协程：本地队列装 256 个，满了就把一半移到全局队列。让出的也去那里。"},
    .group = "scheduling",
    .parameters = {{.name = "goroutines",
                    .title = {"Goroutines at once", "一次创建的协程数"},
                    .minimum = 1,
                    .maximum = 2000,
                    .standard = 300},
                   {.name = "yields",
                    .title = {"Yields of each", "每个协程让出次数"},
                    .minimum = 0,
                    .maximum = 100,
                    .standard = 2},
                   {.name = "turn",
                    .title = {"Work between yields", "两次让出之间的计算"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = kMillisecond,
                    .standard = 20 * kMicrosecond}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"one-p", {"One P", "一个 P"}, {"goroutines=300"}, 1},
                {"without-runnext", {"Without runnext", "没有 runnext"}, {}, 1, {"runnext=off"}},
                {"quick", {"Quick", "快速"}, {"turn=1us"}}},
};

void program(const catalog::Values& values) {
    const int goroutines = values.count("goroutines");
    const int yields = values.count("yields");
    const DurationNs turn = values.get("turn");
    Shared<int> turns("turns");
    WaitGroup wg("all");
    wg.add(goroutines);
    for (int i = 1; i <= goroutines; ++i) {
        go("g " + std::to_string(i), [&] {
            work(turn);
            turns.fetch_add(1);
            for (int k = 0; k < yields; ++k) {
                gosched();
                work(turn);
                turns.fetch_add(1);
            }
            wg.done();
        });
    }
    wg.wait();
    check(turns.peek() == goroutines * (yields + 1),
          "who yields runs again, as often as it yields");
    outcome(turns.peek());
}

}  // namespace

Entry runqueue() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

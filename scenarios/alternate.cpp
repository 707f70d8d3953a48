// alternate: the same tasks take turns on one P (concurrency) and overlap on several (parallelism).
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "alternate",
    .title = {"Alternation and parallelism", "单核交替与多核并行"},
    .summary =
        {"The same tasks on one P take turns; on several Ps they overlap. Move the P slider.",
         "同样的任务在一个 P 上交替运行，在多个 P 上同时运行。拖动 P 滑块试试。"},
    .group = "concurrency",
    .parameters = {{.name = "tasks",
                    .title = {"Tasks", "任务数"},
                    .minimum = 1,
                    .maximum = 64,
                    .standard = 4},
                   {.name = "work",
                    .title = {"Work of each task", "每个任务的计算时间"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMillisecond,
                    .maximum = kSecond,
                    .standard = 50 * kMillisecond}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"as-article", {"Two tasks, one P", "两个任务，一个 P"}, {"tasks=2"}, 1},
                {"figure", {"Two tasks, two Ps", "两个任务，两个 P"}, {"tasks=2"}, 2},
                {"serial", {"One after another", "依次执行"}, {"tasks=2"}, 1, {"slice=10s"}},
                {"quick", {"Quick", "快速"}, {"work=2ms"}}},
};

void program(const catalog::Values& values) {
    const int tasks = values.count("tasks");
    const DurationNs each = values.get("work");
    WaitGroup wg("tasks");
    wg.add(tasks);
    for (int i = 1; i <= tasks; ++i) {
        go("task " + std::to_string(i), [&wg, each] {
            work(each);
            wg.done();
        });
    }
    wg.wait();
    outcome(tasks);
}

}  // namespace

Entry alternate() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

// steal: all tasks begin in one P's queue; the other Ps take half of what they find there.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "steal",
    .title = {"Work stealing", "工作窃取"},
    .summary = {"One P gets all tasks; idle Ps steal half of its queue. Turn stealing off: they "
                "stand idle while work waits.",
                "所有任务都在一个 P 上，空闲的 P 偷走它队列的一半。关掉窃取：活在排队，P 却闲着。"},
    .group = "scheduling",
    .parameters = {{.name = "tasks",
                    .title = {"Tasks", "任务数"},
                    .minimum = 1,
                    .maximum = 200,
                    .standard = 24},
                   {.name = "each",
                    .title = {"Work of each task", "每个任务的计算时间"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 10 * kMicrosecond,
                    .maximum = 9 * kMillisecond,
                    .standard = 4 * kMillisecond},
                   {.name = "skew",
                    .title = {"The last task is longer, times", "最后一个任务长多少倍"},
                    .minimum = 1,
                    .maximum = 20,
                    .standard = 1}},
    .standard_procs = 4,
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"skewed", {"One long task", "一个长任务"}, {"skew=10"}},
                {"without", {"Without stealing", "关掉窃取"}, {}, 4, {"stealing=off"}},
                {"quick", {"Quick", "快速"}, {"each=1ms"}}},
};

void program(const catalog::Values& values) {
    const int tasks = values.count("tasks");
    const DurationNs each = values.get("each");
    const DurationNs last = each * values.get("skew");
    Shared<int> done("done");
    Shared<int> sum("sum of their numbers");
    WaitGroup wg("tasks");
    wg.add(tasks);
    for (int i = 1; i <= tasks; ++i) {
        const DurationNs length = i == tasks ? last : each;
        go("task " + std::to_string(i), [&, i, length] {
            work(length);
            done.fetch_add(1);
            sum.fetch_add(i);
            wg.done();
        });
    }
    wg.wait();
    check(done.peek() == tasks && sum.peek() == tasks * (tasks + 1) / 2,
          "every task ran once, wherever it was carried");
    outcome(done.peek());
}

}  // namespace

Entry steal() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

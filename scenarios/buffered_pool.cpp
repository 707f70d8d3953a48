// buffered_pool: four workers take ten tasks from one buffered channel. Who is free takes the next.
#include <string>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "buffered_pool",
    .title = {"Worker pool, 4 x 10", "工作池 4×10"},
    .summary = {"Workers take tasks from a buffered channel when free; close sends them home.",
                "工人空闲时从有缓冲通道取任务；通道关闭后大家下班。"},
    .group = "channels",
    .parameters = {{.name = "workers",
                    .title = {"Workers", "工人数"},
                    .minimum = 1,
                    .maximum = 32,
                    .standard = 4},
                   {.name = "tasks",
                    .title = {"Tasks", "任务数"},
                    .minimum = 1,
                    .maximum = 200,
                    .standard = 10},
                   {.name = "capacity",
                    .title = {"Channel capacity", "通道容量"},
                    .minimum = 0,
                    .maximum = 200,
                    .standard = 10},
                   {.name = "longest",
                    .title = {"Longest task", "最长任务"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = kSecond,
                    .standard = 99 * kMillisecond,
                    .takes = catalog::Takes::Live}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"as-article",
                 {"4 workers, 10 tasks", "4 个工人，10 个任务"},
                 {"workers=4", "tasks=10", "capacity=10", "longest=99ms"}},
                {"quick", {"Quick", "快速"}, {"longest=1ms"}}},
};

void worker(int number,
            const Chan<int>& tasks,
            const catalog::Values& values,
            Shared<int>& finished) {
    while (const auto task = tasks.recv()) {
        const auto longest_ms = static_cast<std::uint64_t>(values.get("longest") / kMillisecond);
        sleep(static_cast<DurationNs>(random(longest_ms + 1)) * kMillisecond);
        log("worker " + std::to_string(number) + " finished task " + std::to_string(*task));
        finished.fetch_add(1);
    }
    log("worker " + std::to_string(number) + ": the channel is empty and closed");
}

void program(const catalog::Values& values) {
    const int workers = values.count("workers");
    const int count = values.count("tasks");
    Chan<int> tasks(static_cast<std::size_t>(values.get("capacity")), "tasks");
    Shared<int> finished("finished");
    WaitGroup wg("workers");
    wg.add(workers);
    for (int i = 1; i <= workers; ++i) {
        go("worker " + std::to_string(i), [&, i, tasks] {
            worker(i, tasks, values, finished);
            wg.done();
        });
    }
    for (int task = 1; task <= count; ++task)
        tasks.send(task);
    tasks.close();
    wg.wait();
    check(finished.peek() == count, "every task was done once");
    outcome(finished.peek());
}

}  // namespace

Entry buffered_pool() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

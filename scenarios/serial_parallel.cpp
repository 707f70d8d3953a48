// serial_parallel: the same tasks one after another, taking turns, and at the same time.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

enum Way : std::int64_t { Serial, WithMutex, Goroutines };

const catalog::Scenario kScenario{
    .id = "serial_parallel",
    .title = {"Serial, concurrent, parallel", "串行、并发、并行"},
    .summary =
        {"The same ten tasks: one after another, as goroutines on one P, on several Ps. "
         "Then let them wait instead of compute.",
         "同样的十个任务：依次执行、一个 P 上的协程、多个 P 上的协程。再把计算换成等待看看。"},
    .group = "concurrency",
    .parameters = {{.name = "tasks",
                    .title = {"Tasks", "任务数"},
                    .minimum = 1,
                    .maximum = 64,
                    .standard = 10},
                   {.name = "each",
                    .title = {"Length of each task", "每个任务的长度"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMillisecond,
                    .maximum = kSecond,
                    .standard = 100 * kMillisecond},
                   {.name = "kind",
                    .title = {"What a task does", "任务做什么"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 1,
                    .standard = 0,
                    .choices = {"cpu", "io"}},
                   {.name = "way",
                    .title = {"How they are done", "执行方式"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 2,
                    .standard = Goroutines,
                    .choices = {"serial", "mutex", "goroutines"}}},
    .standard_procs = 4,
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"serial", {"One after another", "依次执行"}, {"way=serial"}},
                {"concurrent", {"Goroutines, one P", "协程，一个 P"}, {"way=goroutines"}, 1},
                {"parallel", {"Goroutines, four Ps", "协程，四个 P"}, {"way=goroutines"}, 4},
                {"io", {"Waiting tasks, one P", "等待型任务，一个 P"}, {"kind=io"}, 1},
                {"quick", {"Quick", "快速"}, {"each=1ms"}}},
};

void do_task(const catalog::Values& values) {
    if (values.get("kind") == 0)
        work(values.get("each"));
    else
        sleep(values.get("each"));
}

void program(const catalog::Values& values) {
    const int tasks = values.count("tasks");
    const auto way = values.get("way");
    const TimeNs begin = now();
    int done = 0;
    Mutex one_at_a_time("one at a time");
    Mutex counting("counting");
    WaitGroup wg("tasks");
    for (int i = 1; i <= tasks && way == Serial; ++i, ++done)
        do_task(values);
    for (int i = 1; i <= tasks && way != Serial; ++i) {
        wg.add(1);
        go("task " + std::to_string(i), [&] {
            if (way == WithMutex)
                one_at_a_time.lock();
            do_task(values);
            if (way == WithMutex)
                one_at_a_time.unlock();
            counting.lock();
            ++done;
            counting.unlock();
            wg.done();
        });
    }
    wg.wait();
    log("all done after " + std::to_string((now() - begin) / kMillisecond) + " ms");
    check(done == tasks, "every task was done once");
    outcome(done);
}

}  // namespace

Entry serial_parallel() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

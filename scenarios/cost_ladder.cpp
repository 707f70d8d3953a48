// cost_ladder: what it costs here to make a process, a thread, a goroutine, and to switch between
// them.
#include <algorithm>
#include <string>

#include "core/host/creation_cost.h"
#include "core/host/status.h"
#include "core/host/switch_cost.h"
#include "core/runtime/blocking.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "cost_ladder",
    .title = {"Ladder of costs", "开销阶梯"},
    .summary = {"Real processes, threads and goroutines of this machine: what one costs to make, "
                "and what a switch costs.",
                "本机真实的进程、线程和协程：创建一个要多久，切换一次要多久。"},
    .group = "processes",
    .parameters = {{.name = "processes",
                    .title = {"Processes to make", "创建进程数"},
                    .minimum = 1,
                    .maximum = 200,
                    .standard = 20},
                   {.name = "threads",
                    .title = {"Threads to make", "创建线程数"},
                    .minimum = 1,
                    .maximum = 2000,
                    .standard = 200},
                   {.name = "goroutines",
                    .title = {"Goroutines to make", "创建协程数"},
                    .minimum = 100,
                    .maximum = 100'000,
                    .standard = 5000},
                   {.name = "switches",
                    .title = {"Switches", "切换次数"},
                    .minimum = 100,
                    .maximum = 1'000'000,
                    .standard = 20'000}},
    .standard_procs = 1,
    .real_only = true,
    .presets = {{"quick",
                 {"Quick", "快速"},
                 {"processes=3", "threads=20", "goroutines=500", "switches=1000"}}},
};

void say(const std::string& what, DurationNs each) {
    log(what + ": " + std::to_string(each) + " ns each");
}

DurationNs goroutine_cost(int count) {
    const TimeNs begin = now();
    for (int i = 0; i < count; ++i) {
        const Chan<bool> done(0, "done");
        go("short life", [done] { done.close(); });
        done.recv();
    }
    return (now() - begin) / count;
}

DurationNs goroutine_switch_cost(int count) {
    WaitGroup wg("pair");
    wg.add(2);
    const TimeNs begin = now();
    for (const char* name : {"left", "right"}) {
        go(name, [&wg, count] {
            for (int i = 0; i < count / 2; ++i)
                gosched();
            wg.done();
        });
    }
    wg.wait();
    return (now() - begin) / count;
}

std::uint64_t kernel_switches() {
    const auto status = host::status_of();
    return status.ok() ? status->voluntary_switches + status->involuntary_switches : 0;
}

void program(const catalog::Values& values) {
    const auto process = blocking([&] { return host::process_cost(values.count("processes")); });
    const auto thread = blocking([&] { return host::thread_cost(values.count("threads")); });
    const DurationNs goroutine = goroutine_cost(values.count("goroutines"));
    say("make a process and wait for its end", process.each_ns);
    say("make a thread and wait for its end", thread.each_ns);
    say("make a goroutine and wait for its end", goroutine);
    for (const std::string& limit : {process.limit, thread.limit}) {
        if (!limit.empty())
            log("a limit was hit: " + limit);
    }
    const int switches = values.count("switches");
    const auto threads = blocking([&] { return host::thread_switch_cost(switches / 2); });
    const std::uint64_t before = kernel_switches();
    const DurationNs yield = goroutine_switch_cost(switches);
    const std::uint64_t in_kernel = kernel_switches() - before;
    say("switch between two threads, by the kernel", threads.each_ns);
    say("switch between two goroutines, by the scheduler", yield);
    log(std::to_string(switches) + " switches of goroutines took " + std::to_string(in_kernel) +
        " of the kernel, those of threads " + std::to_string(threads.kernel_switches));
    check(process.made > 0 && thread.made > 0, "this machine gave processes and threads");
    check(in_kernel < threads.kernel_switches, "goroutines switch without the kernel");
    outcome(std::to_string(threads.each_ns / std::max<DurationNs>(1, yield)) + " to 1");
}

}  // namespace

Entry cost_ladder() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

// preempt: one goroutine computes without end. Only force gives main its P back.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "preempt",
    .title = {"Forced to give way", "被迫让出"},
    .summary = {"A goroutine spins on the only P. After 10 ms it is interrupted and main runs. "
                "Without force, never: the run is starved.",
                "一个协程霸占唯一的 P。10 毫秒后被打断，main 才能运行；关掉强制抢占就永远等不到。"},
    .group = "scheduling",
    .parameters = {{.name = "spinners",
                    .title = {"Goroutines that spin", "空转的协程数"},
                    .minimum = 1,
                    .maximum = 64,
                    .standard = 1},
                   {.name = "nap",
                    .title = {"main's nap", "main 的小睡"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 10 * kMicrosecond,
                    .maximum = kSecond,
                    .standard = kMillisecond}},
    .standard_procs = 1,
    .ends = {{catalog::Expects::Starvation, "forced_preemption", 0}},
    .presets =
        {{"as-article", {"One P", "一个 P"}, {"spinners=1"}, 1},
         {"go-sysmon", {"Seen as Go's sysmon does", "像 Go 的 sysmon"}, {}, 1, {"sysmon=go"}},
         {"short-slice", {"Slices of 1 ms", "1 毫秒的时间片"}, {}, 1, {"slice=1ms"}},
         {"starved", {"Without force", "不强制"}, {}, 1, {"forced_preemption=off"}},
         {"quick", {"Quick", "快速"}, {"nap=100us"}}},
};

void program(const catalog::Values& values) {
    const DurationNs nap = values.get("nap");
    Shared<int> main_is_back("main is back");
    WaitGroup wg("spinners");
    for (int i = 1; i <= values.count("spinners"); ++i) {
        wg.add(1);
        go("spinner " + std::to_string(i), [&] {
            while (main_is_back.load() == 0)
                work(10 * kMicrosecond);
            wg.done();
        });
    }
    const TimeNs begin = now();
    sleep(nap);
    const DurationNs late = now() - begin - nap;
    main_is_back.store(1);
    log("main was back " + std::to_string(late / kMicrosecond) + " us late");
    wg.wait();
    check(late >= 0, "nobody wakes early");
    outcome("main came back");
}

}  // namespace

Entry preempt() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

// handoff: who waits in a system call keeps its thread, and its P goes on with another one.
#include <string>

#include "core/runtime/blocking.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

enum Kind : std::int64_t { Channel, Sleep, Syscall };

const catalog::Scenario kScenario{
    .id = "handoff",
    .title = {"Blocking and hand-off", "阻塞与移交"},
    .summary = {"Four goroutines wait, one computes. In a channel or in sleep they cost no "
                "thread; in a system call one thread each.",
                "四个协程等待，一个计算。等通道或 sleep 不占线程；系统调用则每个占一个线程。"},
    .group = "scheduling",
    .parameters = {{.name = "waiters",
                    .title = {"Goroutines that wait", "等待的协程数"},
                    .minimum = 1,
                    .maximum = 100,
                    .standard = 4},
                   {.name = "kind",
                    .title = {"What they wait in", "在哪里等"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 2,
                    .standard = Syscall,
                    .choices = {"channel", "sleep", "syscall"}},
                   {.name = "wait",
                    .title = {"How long", "等多久"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMillisecond,
                    .maximum = kSecond,
                    .standard = 20 * kMillisecond}},
    .standard_procs = 1,
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"channel", {"They wait for a channel", "等待通道"}, {"kind=channel"}, 1},
                {"sleep", {"They sleep", "睡眠"}, {"kind=sleep"}, 1},
                {"syscall", {"They are in the kernel", "在内核里等"}, {"kind=syscall"}, 1},
                {"without", {"Without hand-off", "关掉移交"}, {}, 1, {"handoff=off"}},
                {"quick", {"Quick", "快速"}, {"wait=5ms"}}},
};

void wait_in(std::int64_t kind, DurationNs wait, const Chan<bool>& bell) {
    if (kind == Channel)
        bell.recv();
    else if (kind == Sleep)
        sleep(wait);
    else
        blocking_sleep(wait);
}

void program(const catalog::Values& values) {
    const int waiters = values.count("waiters");
    const auto kind = values.get("kind");
    const DurationNs wait = values.get("wait");
    const Chan<bool> bell(0, "bell");
    Shared<int> returned("returned");
    WaitGroup wg("all");
    wg.add(waiters + 1);
    for (int i = 1; i <= waiters; ++i) {
        go("waiter " + std::to_string(i), [&] {
            wait_in(kind, wait, bell);
            returned.fetch_add(1);
            wg.done();
        });
    }
    gosched();  // on one P: so that they wait before the worker takes it
    go("worker", [&] {
        work(wait);
        wg.done();
    });
    sleep(wait);
    bell.close();
    wg.wait();
    check(returned.peek() == waiters, "everybody came back");
    outcome(returned.peek());
}

}  // namespace

Entry handoff() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

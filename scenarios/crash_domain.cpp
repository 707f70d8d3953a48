// crash_domain: who dies with whom: a child process, a goroutine that panics, a thread.
#include <csignal>
#include <string>
#include <thread>

#include "core/host/child.h"
#include "core/runtime/blocking.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

enum Who : std::int64_t { Process, Recovered, Goroutine, Thread };

const catalog::Scenario kScenario{
    .id = "crash_domain",
    .title = {"Who dies with whom", "崩溃域"},
    .summary = {"One of them fails. A child process dies alone; a goroutine that panics, or a "
                "thread that crashes, takes the whole process along.",
                "其中一个出错：子进程独自死去；协程 panic 或线程崩溃，会带走整个进程。"},
    .group = "processes",
    .parameters = {{.name = "who",
                    .title = {"Who fails", "谁出错"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 3,
                    .standard = Process,
                    .choices = {"process", "recovered", "goroutine", "thread"}},
                   {.name = "after",
                    .title = {"After", "多久之后"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = kSecond,
                    .standard = 20 * kMillisecond}},
    .ends = {{catalog::Expects::Panic, "who", Goroutine}},
    .outcomes = catalog::Outcomes::Fixed,
    .real_only = true,
    .presets = {{"process", {"A child process", "子进程"}, {"who=process"}},
                {"recovered", {"A panic that is recovered", "被恢复的 panic"}, {"who=recovered"}},
                {"goroutine", {"A goroutine panics", "协程 panic"}, {"who=goroutine"}},
                {"quick", {"Quick", "快速"}, {"after=1ms"}}},
};

// Returns the signal that a child of ours died of; 0: it could not be made.
int crash_in_child() {
    auto child = host::Child::start(host::Task::Crash);
    if (!child.ok())
        return 0;
    const auto end = child->wait();
    return end.ok() ? end->signal : 0;
}

void fail(std::int64_t who) {
    if (who == Process) {
        const int signal = blocking([] { return crash_in_child(); });
        log("the child process died of signal " + std::to_string(signal));
        check(signal == SIGSEGV, "the child crashed, and we were told");
    } else if (who == Recovered) {
        recovering([] {
            const Defer tidy([] { recover(); });
            panic("something went wrong");
        });
        log("the panic was recovered");
    } else if (who == Goroutine) {
        panic("something went wrong");
    } else {
        blocking([] { std::thread([] { std::raise(SIGSEGV); }).join(); });
    }
}

void program(const catalog::Values& values) {
    constexpr int kBystanders = 3;
    const DurationNs after = values.get("after");
    Shared<int> alive("alive");
    WaitGroup wg("all");
    wg.add(kBystanders + 1);
    for (int i = 1; i <= kBystanders; ++i) {
        go("bystander " + std::to_string(i), [&] {
            work(2 * after);
            alive.fetch_add(1);
            wg.done();
        });
    }
    go("the one that fails", [&] {
        work(after);
        fail(values.get("who"));
        wg.done();
    });
    wg.wait();
    check(alive.peek() == kBystanders, "the others have finished their work");
    outcome(alive.peek());
}

}  // namespace

Entry crash_domain() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

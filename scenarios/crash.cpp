// crash: one goroutine divides by zero. The process of the run dies; the window that watches it
// does not, and shows what the run said last.
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "crash",
    .title = {"A crash, watched from outside", "旁观一次崩溃"},
    .summary = {"A goroutine divides by zero: the whole process of the run dies, with all its "
                "goroutines. The window stays.",
                "一个协程除以零：整个运行进程连同所有协程一起死亡，窗口仍在。"},
    .group = "processes",
    .parameters = {{.name = "how",
                    .title = {"What it does", "出错方式"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 3,
                    .standard = 0,
                    .choices = {"divide", "null", "overflow", "panic"}},
                   {.name = "after",
                    .title = {"After working for", "先计算多久"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = kSecond,
                    .standard = 30 * kMillisecond}},
    .ends = {{catalog::Expects::Panic, "how", 3}},
    .real_only = true,
    .presets = {{"quick", {"Quick", "快速"}, {"after=1ms"}}},
};

// NOLINTNEXTLINE(misc-no-recursion): running out of stack is the point
int fall(int depth) {
    volatile char frame[1024];
    frame[0] = static_cast<char>(depth);
    return depth < 0 ? 0 : fall(depth + 1) + frame[0];
}

void go_wrong(std::int64_t how) {
    volatile int zero = 0;
    volatile int* volatile nowhere = nullptr;
    if (how == 0)
        // 100, not 1: compilers know how to divide that without dividing.
        zero = 100 / zero;  // NOLINT(clang-analyzer-core.DivideZero): the point
    else if (how == 1)
        *nowhere = 1;  // NOLINT(clang-analyzer-core.NullDereference): the point
    else if (how == 2)
        zero = fall(0);
    else
        panic("something went wrong");
}

void program(const catalog::Values& values) {
    WaitGroup wg("workers");
    wg.add(3);
    for (const char* name : {"worker 1", "worker 2"}) {
        go(name, [&] {
            work(10 * values.get("after"));
            wg.done();
        });
    }
    go("the bad one", [&] {
        work(values.get("after"));
        go_wrong(values.get("how"));
        wg.done();
    });
    wg.wait();
}

}  // namespace

Entry crash() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

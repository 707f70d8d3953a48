// hello_main: when main returns, all other goroutines end with it, wherever they stand.
#include <memory>
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

enum Variant : std::int64_t { Call, Go, GoAndSleep, GoAndWait };

const catalog::Scenario kScenario{
    .id = "hello_main",
    .title = {"main returns, all is over", "主协程返回，一切结束"},
    .summary = {"main starts a goroutine that says hello, and returns. Does it get to say it?",
                "main 启动一个打招呼的协程然后返回。它来得及说话吗？"},
    .group = "goroutines",
    .parameters = {{.name = "variant",
                    .title = {"Program", "程序"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 3,
                    .standard = Go,
                    .choices = {"call", "go", "sleep", "wait"}},
                   {.name = "pause",
                    .title = {"How long main sleeps", "main 睡多久"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = kSecond,
                    .standard = 100 * kMillisecond}},
    .presets = {{"as-article", {"go and return", "启动后返回"}, {"variant=go"}},
                {"as-article-call", {"An ordinary call", "普通调用"}, {"variant=call"}},
                {"as-article-sleep",
                 {"main sleeps a second", "main 睡一秒"},
                 {"variant=sleep", "pause=1s"}},
                {"wait", {"main waits", "main 等待"}, {"variant=wait"}},
                {"quick", {"Quick", "快速"}, {"pause=5ms"}}},
};

// Outlives main's frame: the goroutine may still run when main has returned.
struct Stage {
    Shared<int> order{"order"};  ///< Who spoke, one digit each: 1 hello, 2 main.
    WaitGroup wg{"hello"};

    void say(int who, const char* words) {
        int before = order.load();
        while (!order.compare_exchange(before, before * 10 + who)) {
        }
        log(words);
    }
};

std::string letters_of(int order) {
    std::string letters;
    for (const char digit : std::to_string(order))
        letters += digit == '1' ? 'H' : 'M';
    return letters;
}

void program(const catalog::Values& values) {
    const auto stage = std::make_shared<Stage>();
    const auto variant = values.get("variant");
    stage->wg.add(1);
    const auto hello = [stage] {
        stage->say(1, "Hello Goroutine!");
        stage->wg.done();
    };
    if (variant == Call)
        hello();
    else
        go("hello", hello);
    if (variant == GoAndWait)
        stage->wg.wait();
    stage->say(2, "main goroutine done!");
    if (variant == GoAndSleep)
        sleep(values.get("pause"));
    const int order = stage->order.peek();
    check(order % 10 == 2 || order == 21, "main spoke once, hello at most once");
    outcome(letters_of(order));
}

}  // namespace

Entry hello_main() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

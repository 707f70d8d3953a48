// generator: a goroutine stops in the middle of its loop and goes on there, its variables as it
// left them.
#include <string>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "generator",
    .title = {"A generator keeps its state", "生成器保持状态"},
    .summary =
        {"Each time main asks, the generator goes on where it stopped: 0, 1, 1, 2, 3, 5, "
         "8... from two local variables.",
         "main 每要一个数，生成器就从停下的地方继续：0、1、1、2、3、5、8……全靠两个局部变量。"},
    .group = "goroutines",
    .parameters = {{.name = "count",
                    .title = {"Numbers", "要几个数"},
                    .minimum = 1,
                    .maximum = 90,
                    .standard = 20},
                   {.name = "thought",
                    .title = {"Work for each number", "每个数的计算"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = 0,
                    .maximum = 10 * kMillisecond,
                    .standard = 100 * kMicrosecond}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"quick", {"Quick", "快速"}, {"thought=0"}}},
};

void fibonacci(const Chan<std::int64_t>& numbers, const catalog::Values& values) {
    std::int64_t a = 0;
    std::int64_t b = 1;
    for (int k = 0; k < values.count("count"); ++k) {
        work(values.get("thought"));
        numbers.send(a);  // stands here until somebody asks; a and b wait on its stack
        const std::int64_t next = a + b;
        a = b;
        b = next;
    }
    numbers.close();
}

void program(const catalog::Values& values) {
    const Chan<std::int64_t> numbers(0, "numbers");
    go("generator", [&] { fibonacci(numbers, values); });
    std::int64_t last = 0;
    std::int64_t before = 1;
    bool follows = true;
    for (int k = 0;; ++k) {
        const auto number = numbers.recv();
        if (!number)
            break;
        log(std::to_string(*number));
        follows = follows && (k == 0 ? *number == 0 : *number == last + before);
        before = k == 0 ? 1 : last;
        last = *number;
    }
    check(follows, "each number is the sum of the two before it");
    outcome(last);
}

}  // namespace

Entry generator() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

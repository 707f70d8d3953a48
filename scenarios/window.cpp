// window: whether two operations count as simultaneous depends on the window one looks through.
#include <algorithm>
#include <string>
#include <vector>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "window",
    .title = {"A window of time", "时间窗口"},
    .summary = {"Two operations of one second. In a window of five seconds both are at work; in "
                "one of a second only one is.",
                "两个各一秒的操作。五秒的窗口里两个都在进行；一秒的窗口里只有一个。"},
    .group = "concurrency",
    .parameters = {{.name = "operations",
                    .title = {"Operations", "操作数"},
                    .minimum = 1,
                    .maximum = 16,
                    .standard = 2},
                   {.name = "each",
                    .title = {"Length of each", "每个操作的长度"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMillisecond,
                    .maximum = 2 * kSecond,
                    .standard = kSecond},
                   {.name = "window",
                    .title = {"Width of the window", "窗口宽度"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMicrosecond,
                    .maximum = 10 * kSecond,
                    .standard = 5 * kSecond}},
    .presets = {{"as-article", {"Five seconds", "五秒"}, {"window=5s"}, 1, {"slice=10s"}},
                {"one-second", {"One second", "一秒"}, {"window=1s"}, 1, {"slice=10s"}},
                {"instant", {"An instant, two Ps", "一瞬间，两个 P"}, {"window=1us"}, 2},
                {"quick", {"Quick", "快速"}, {"each=2ms", "window=10ms"}}},
};

struct Operation {
    TimeNs begin = 0;
    TimeNs end = 0;
};

// It counts as at work in a window when it fills half of it, or when half of it lies in there.
bool is_at_work(const Operation& operation, TimeNs opens, DurationNs width) {
    const DurationNs inside =
        std::min(operation.end, opens + width) - std::max(operation.begin, opens);
    return 2 * inside >= std::min(width, operation.end - operation.begin);
}

// Windows lie side by side from `origin` on. The fullest one is one in which something begins.
int most_in_a_window(const std::vector<Operation>& operations, TimeNs origin, DurationNs width) {
    std::ptrdiff_t most = 0;
    for (const Operation& first : operations) {
        const TimeNs opens = origin + (first.begin - origin) / width * width;
        most = std::max(most, std::count_if(operations.begin(), operations.end(), [&](auto& each) {
                            return is_at_work(each, opens, width);
                        }));
    }
    return static_cast<int>(most);
}

void program(const catalog::Values& values) {
    std::vector<Operation> operations(static_cast<std::size_t>(values.get("operations")));
    WaitGroup wg("operations");
    for (std::size_t i = 0; i < operations.size(); ++i) {
        wg.add(1);
        go("operation " + std::to_string(i + 1), [&operation = operations[i], &values, &wg] {
            operation.begin = now();
            work(values.get("each"));
            operation.end = now();
            wg.done();
        });
    }
    wg.wait();
    TimeNs origin = operations.front().begin;
    for (const Operation& operation : operations)
        origin = std::min(origin, operation.begin);
    const int most = most_in_a_window(operations, origin, values.get("window"));
    check(most >= 1 && most <= values.count("operations"), "a window holds one to all of them");
    outcome(most);
}

}  // namespace

Entry window() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

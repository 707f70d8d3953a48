// stack_growth: goroutines call themselves deeper and deeper; their stacks grow under them.
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "stack_growth",
    .title = {"Stacks grow and shrink", "栈的伸缩"},
    .summary = {"Each diver calls itself deeper than the one before. Its stack begins with one "
                "page and doubles; nothing on it is lost.",
                "每个潜水员递归得比上一个更深。栈从一页开始成倍增长，上面的数据一个不丢。"},
    .group = "goroutines",
    .parameters = {{.name = "divers",
                    .title = {"Divers", "潜水员数"},
                    .minimum = 1,
                    .maximum = 16,
                    .standard = 4},
                   {.name = "depth",
                    .title = {"Calls of the deepest", "最深的调用层数"},
                    .minimum = 1,
                    .maximum = 100'000,
                    .standard = 80},
                   {.name = "frame",
                    .title = {"Bytes of a frame", "每层的字节数"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 2,
                    .standard = 2,
                    .choices = {"64", "256", "1024"}}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"shallow", {"Shallow", "浅"}, {"depth=8"}},
                {"quick", {"Quick", "快速"}, {"depth=40"}}},
};

// Writes into its frame, goes deeper, and reads on the way back what it wrote.
template <std::size_t kBytes>
// NOLINTNEXTLINE(misc-no-recursion): depth is the point
[[gnu::noinline]] std::int64_t dive(int depth) {
    volatile int frame[kBytes / sizeof(int)];
    frame[0] = depth;
    const std::int64_t below = depth == 1 ? 0 : dive<kBytes>(depth - 1);
    return below + frame[0];
}

std::int64_t dive_with(std::int64_t frame, int depth) {
    return frame == 0 ? dive<64>(depth) : frame == 1 ? dive<256>(depth) : dive<1024>(depth);
}

void program(const catalog::Values& values) {
    const int divers = values.count("divers");
    std::int64_t sum = 0;
    std::int64_t expected = 0;
    for (int i = 1; i <= divers; ++i) {
        const int depth = (values.count("depth") * i + divers - 1) / divers;
        expected += std::int64_t{depth} * (depth + 1) / 2;
        WaitGroup wg("diver");
        wg.add(1);
        go("diver " + std::to_string(depth), [&] {
            work(kMillisecond);
            sum += dive_with(values.get("frame"), depth);
            work(kMillisecond);
            wg.done();
        });
        wg.wait();
        log("back from " + std::to_string(depth) + " calls");
    }
    check(sum == expected, "what was written into each frame was read again");
    outcome(sum);
}

}  // namespace

Entry stack_growth() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

// unbuffered_chain: goroutines hand a number on until it is 100; as written, nobody receives that.
#include <string>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "unbuffered_chain",
    .title = {"Relay to 100, unbuffered", "无缓冲接力到 100"},
    .summary =
        {"Each goroutine receives, starts the next one and sends value + 1. As written it "
         "deadlocks at 100; switch to fixed.",
         "每个协程接收、启动下一个、再发送加一后的值。文章原样会在 100 处死锁；换成修复版再看。"},
    .group = "channels",
    .parameters = {{.name = "last",
                    .title = {"Last number", "最后的数"},
                    .minimum = 2,
                    .maximum = 1000,
                    .standard = 100},
                   {.name = "variant",
                    .title = {"Program", "程序"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 1,
                    .standard = 0,
                    .choices = {"as-article", "fixed"}}},
    .ends = {{catalog::Expects::Deadlock, "variant", 0}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"as-article", {"It deadlocks", "会死锁"}, {"variant=as-article"}},
                {"fixed", {"Repaired", "修复版"}, {"variant=fixed"}},
                {"quick", {"Quick", "快速"}, {"last=100"}}},
};

struct Relay {
    Chan<int> numbers;
    WaitGroup finish;
    int last;
    bool is_fixed;
    int hand_overs = 0;  // changed by whoever holds the number, so by one goroutine at a time

    // One runner: takes the number, starts its successor and hands it the next one.
    void run_leg() {
        const int value = numbers.recv().value_or(last);
        if (value != last) {
            log(std::to_string(value));
            go("runner " + std::to_string(value + 1), [this] { run_leg(); });
            outcome(++hand_overs);
            numbers.send(value + 1);
        } else if (is_fixed) {
            finish.done();
        } else {
            numbers.send(0);  // as in the article: nobody is left to receive
        }
    }
};

void program(const catalog::Values& values) {
    Relay relay{
        Chan<int>(0, "numbers"), WaitGroup("finish"), values.count("last"), values.on("variant")};
    relay.finish.add(1);
    go("runner 1", [&relay] { relay.run_leg(); });
    relay.numbers.send(1);
    relay.finish.wait();
    check(relay.hand_overs == relay.last - 1, "one hand-over between each two runners");
}

}  // namespace

Entry unbuffered_chain() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

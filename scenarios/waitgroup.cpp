// waitgroup: main waits for ten goroutines; and three ways to get the counting wrong.
#include <memory>
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

enum Variant : std::int64_t { Right, AddInside, ExtraDone, MissingDone };

const catalog::Scenario kScenario{
    .id = "waitgroup",
    .title = {"Wait for ten goroutines", "等待十个协程"},
    .summary = {"On one P the last one made says hello first: 9, then 0 to 8. Then count wrongly: "
                "work is lost, a panic, a deadlock.",
                "一个 P 时最后创建的先打招呼：9，然后 0 到 8。再故意数错：丢活、panic、死锁。"},
    .group = "goroutines",
    .parameters = {{.name = "goroutines",
                    .title = {"Goroutines", "协程数"},
                    .minimum = 1,
                    .maximum = 200,
                    .standard = 10},
                   {.name = "variant",
                    .title = {"How it is counted", "计数方式"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 3,
                    .standard = Right,
                    .choices = {"right", "add-inside", "extra-done", "missing-done"}}},
    // Add beside a Wait that returns may also be caught: "WaitGroup is reused before ...".
    .ends = {{catalog::Expects::Panic, "variant", AddInside},
             {catalog::Expects::Panic, "variant", ExtraDone},
             {catalog::Expects::Deadlock, "variant", MissingDone}},
    .outcomes = catalog::Outcomes::Fixed,
    .presets = {{"as-article", {"Ten, one P", "十个，一个 P"}, {"goroutines=10"}, 1},
                {"add-inside", {"Add inside", "在协程里 Add"}, {"variant=add-inside"}},
                {"extra-done", {"One Done too many", "多一次 Done"}, {"variant=extra-done"}},
                {"missing-done", {"One Done missing", "少一次 Done"}, {"variant=missing-done"}},
                {"quick", {"Quick", "快速"}, {"goroutines=10"}}},
};

// Outlives main's frame: with add-inside main may return before the others have run.
struct Greeting {
    explicit Greeting(std::int64_t which) : variant(which) {}

    std::int64_t variant;
    Shared<int> said{"said"};
    WaitGroup wg{"greetings"};

    void hello(int number) {
        if (variant == AddInside)
            wg.add(1);
        log("Hello Goroutine! " + std::to_string(number));
        said.fetch_add(1);
        if (variant != MissingDone || number != 0)
            wg.done();
    }
};

void program(const catalog::Values& values) {
    const int goroutines = values.count("goroutines");
    const auto greeting = std::make_shared<Greeting>(values.get("variant"));
    for (int i = 0; i < goroutines; ++i) {
        if (greeting->variant != AddInside)
            greeting->wg.add(1);
        go("hello " + std::to_string(i), [greeting, i] { greeting->hello(i); });
    }
    greeting->wg.wait();
    if (greeting->variant == ExtraDone)
        greeting->wg.done();
    const int said = greeting->said.peek();
    check(said == goroutines || (greeting->variant == AddInside && said < goroutines),
          "all have said hello when Wait returns");
    outcome(said);
}

}  // namespace

Entry waitgroup() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

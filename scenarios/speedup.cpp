// speedup: what many Ps gain when a part of the work has to be done by one (Amdahl, Gustafson).
#include <string>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "speedup",
    .title = {"Laws of speed-up", "加速比定律"},
    .summary = {"Five percent of the work is serial: 64 Ps are 15.42 times as fast, and no number "
                "of Ps more than 20 times.",
                "有百分之五的工作只能串行：64 个 P 只快 15.42 倍，P 再多也超不过 20 倍。"},
    .group = "concurrency",
    .parameters = {{.name = "workers",
                    .title = {"Workers", "工人数"},
                    .minimum = 1,
                    .maximum = 256,
                    .standard = 4},
                   {.name = "serial",
                    .title = {"Serial part, percent", "串行部分（百分比）"},
                    .minimum = 0,
                    .maximum = 100,
                    .standard = 5},
                   {.name = "work",
                    .title = {"Work of one", "单人总工作量"},
                    .kind = catalog::ParameterKind::Duration,
                    .minimum = kMillisecond,
                    .maximum = 10 * kSecond,
                    .standard = 200 * kMillisecond},
                   {.name = "law",
                    .title = {"The work", "工作量"},
                    .kind = catalog::ParameterKind::Choice,
                    .maximum = 1,
                    .standard = 0,
                    .choices = {"amdahl", "gustafson"}}},
    .standard_procs = 4,
    .presets = {{"amdahl-64", {"64 Ps, fixed work", "64 个 P，工作量不变"}, {"workers=64"}, 64},
                {"gustafson-64",
                 {"64 Ps, work grows", "64 个 P，工作量增长"},
                 {"workers=64", "law=gustafson"},
                 64},
                {"all-serial", {"All serial", "全部串行"}, {"workers=64", "serial=100"}, 64},
                {"quick", {"Quick", "快速"}, {"work=10ms"}}},
};

// Two decimals, rounded: "15.42".
std::string ratio_text(std::int64_t whole, std::int64_t part) {
    const std::int64_t hundredths = (whole * 100 + part / 2) / part;
    const std::string decimals = std::to_string(100 + hundredths % 100);
    return std::to_string(hundredths / 100) + "." + decimals.substr(1);
}

void program(const catalog::Values& values) {
    const int workers = values.count("workers");
    const DurationNs alone = values.get("work") * values.get("serial") / 100;
    const DurationNs together = values.get("work") - alone;
    const bool grows = values.get("law") == 1;  // each worker does as much as one alone would
    const DurationNs share = grows ? together : together / workers;
    const TimeNs begin = now();
    work(alone);
    WaitGroup wg("workers");
    wg.add(workers);
    for (int i = 1; i <= workers; ++i) {
        go("worker " + std::to_string(i), [&wg, share] {
            work(share);
            wg.done();
        });
    }
    wg.wait();
    const DurationNs took = now() - begin;
    check(took * 102 / 100 >= alone + share, "nobody is faster than the serial part and a share");
    outcome(ratio_text(alone + share * workers, took));
}

}  // namespace

Entry speedup() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

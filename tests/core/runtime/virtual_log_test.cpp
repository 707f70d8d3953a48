// A few short logs are checked in: they change only together with the scheduler's version.
// GOLANES_WRITE_LOGS=1 writes them anew.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "core/runtime/version.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

class VirtualLogTest : public RunTest {};

// One line an event: time, type, P, subject, its number, flags, argument. Source places and texts
// stay out: they change with the lines of this file.
std::string text_of(const RunResult& result) {
    std::ostringstream text;
    text << "# scheduler version " << rt::kSchedulerVersion << '\n';
    for (const trace::Event& event : result.events()) {
        const trace::EventInfo& info = trace::info_of(event.type);
        if (info.nature != trace::Nature::Logical)
            continue;
        const bool names_a_text = info.arg.substr(0, 6) == "string";
        text << event.time << ' ' << info.name << " p=";
        if (event.p == kNoProc)
            text << '-';
        else
            text << event.p;
        text << " a=" << event.a << " seq=" << event.seq << " flags=" << unsigned{event.flags};
        if (!names_a_text)
            text << " arg=" << event.arg;
        text << '\n';
    }
    return text.str();
}

void compare(const std::string& name, const RunResult& result) {
    const std::string path = std::string(GOLANES_LOGS) + "/" + name + ".txt";
    const std::string made = text_of(result);
    if (std::getenv("GOLANES_WRITE_LOGS") != nullptr)
        std::ofstream(path) << made;
    std::ifstream file(path);
    std::stringstream kept;
    kept << file.rdbuf();
    EXPECT_EQ(made, kept.str()) << "The log " << path
                                << " changed: so does kSchedulerVersion (core/runtime/version.h)";
}

TEST_F(VirtualLogTest, OrdersOfOneP) {
    compare("one_p", run({.procs = 1, .seed = 1}, [] {
                rt::WaitGroup wg;
                wg.add(3);
                for (int i = 0; i < 3; ++i) {
                    rt::go("", [&wg] {
                        rt::gosched();
                        wg.done();
                    });
                }
                wg.wait();
            }));
}

TEST_F(VirtualLogTest, StealingAndHandingOver) {
    compare("steal", run({.procs = 3, .seed = 7}, [] {
                rt::Chan<int> chan(0);
                for (int i = 0; i < 2; ++i) {
                    rt::go("", [chan, i] {
                        rt::work((1 + i) * kMillisecond);
                        chan.send(i);
                    });
                }
                chan.recv();
                chan.recv();
            }));
}

TEST_F(VirtualLogTest, PricesAndSharedCores) {
    RunRequest request{.procs = 2, .seed = 3, .cpus = 1};
    request.tune = [](rt::RunSettings& settings) {
        settings.costs.ns = {100, 200, 300, 20, 50, 5000};
    };
    compare("prices", run(request, [] {
                rt::WaitGroup wg;
                wg.add(2);
                for (int i = 0; i < 2; ++i) {
                    rt::go("", [&wg] {
                        rt::work(6 * kMillisecond);
                        wg.done();
                    });
                }
                wg.wait();
            }));
}

TEST_F(VirtualLogTest, SlicesAndTimers) {
    compare("slices", run({.procs = 1, .seed = 2}, [] {
                rt::go("", [] { rt::work(25 * kMillisecond); });
                rt::sleep(5 * kMillisecond);
                rt::work(kMillisecond);
            }));
}

}  // namespace
}  // namespace golanes::test

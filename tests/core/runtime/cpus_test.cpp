// The CPUs of a real run: which, how many, and changed while it goes on.
#include <thread>

#include "core/base/cpu_list.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class CpusTest : public RunTest {
 protected:
    void SetUp() override {
        if (allowed_cpus().size() < 2)
            GTEST_SKIP() << "this machine gives one CPU";
    }

    // Four that compute and sleep, so that all Ms are used, until `done`.
    void compute() {
        rt::WaitGroup wg;
        for (int i = 0; i < 4; ++i) {
            wg.go("", [this] {
                do {
                    rt::work(200 * kMicrosecond);
                    rt::sleep(50 * kMicrosecond);
                } while (!done_);
            });
        }
        wg.wait();
    }

    std::atomic<bool> done_{true};
};

// Only goroutine events are emitted by Ms for sure.
bool is_of_machine(const trace::Event& event) {
    return event.type == EventType::GoStart || event.type == EventType::GoBlock;
}

TEST_F(CpusTest, ARunKeepsToTheCpusThatWereNamed) {
    const int last = allowed_cpus().back();
    RunRequest request{.engine = EngineKind::Real, .procs = 4};
    request.tune = [last](rt::RunSettings& settings) {
        settings.cpu_list = {last};
    };
    const auto result = run(request, [this] { compute(); });
    for (const trace::Event& event : result.events()) {
        if (is_of_machine(event)) {
            EXPECT_EQ(event.cpu, last);
        }
    }
}

TEST_F(CpusTest, TheNumberOfCpusChangesWhileItRunsAndTheRecordedIdsProveIt) {
    done_ = false;
    RunRequest request{.engine = EngineKind::Real, .procs = 4};
    request.beside = [this](trace::Control& control, const std::atomic<bool>& /*over*/) {
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
        rt::request_cpus(control, 1);
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
        done_ = true;
    };
    const auto result = run(request, [this] { compute(); });
    bool is_changed = false;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::CpuCount) {
            is_changed = true;
            EXPECT_EQ(event.a, 1U);
            EXPECT_EQ(event.arg, allowed_cpus().size());
        } else if (is_changed && is_of_machine(event)) {
            EXPECT_EQ(event.cpu, allowed_cpus().front());
        }
    }
    EXPECT_TRUE(is_changed);
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

TEST_F(CpusTest, AVirtualRunKeepsItsCores) {
    RunRequest request{.procs = 4, .cpus = 2};
    request.beside = [this](trace::Control& control, const std::atomic<bool>& /*over*/) {
        rt::request_cpus(control, 1);
        done_ = true;
    };
    done_ = false;
    const auto result = run(request, [this] { compute(); });
    EXPECT_EQ(result.count(EventType::CpuCount), 0U);
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

}  // namespace
}  // namespace golanes::test

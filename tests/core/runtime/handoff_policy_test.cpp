// Without hand-off a P stands still with the M that is in a blocking call.
#include <thread>

#include "core/runtime/blocking.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class HandoffPolicyTest : public EngineTest {
 protected:
    [[nodiscard]] RunRequest without_handoff(int procs) const {
        RunRequest request = on(procs);
        request.tune = [](rt::RunSettings& settings) {
            settings.scheduler.handoff = false;
        };
        return request;
    }
};

GOLANES_ON_BOTH_ENGINES(HandoffPolicyTest);

TEST_P(HandoffPolicyTest, OffOthersStarveUntilTheCallReturns) {
    const auto result = run(without_handoff(1), [] {
        rt::go("other", [] { rt::log("other"); });
        rt::blocking_sleep(5 * kMillisecond);
        rt::log("back");
        rt::gosched();
    });
    EXPECT_EQ(result.words(), "back other");
    EXPECT_EQ(result.count(EventType::HandOff), 0U);
    for (const trace::Event& event : result.events()) {
        EXPECT_FALSE(event.type == EventType::ProcStop &&
                     static_cast<trace::ProcStopReason>(event.flags) ==
                         trace::ProcStopReason::HandOff);
        if (event.type == EventType::BlockingBegin) {
            EXPECT_EQ(event.flags, 1);
        }
    }
}

TEST_P(HandoffPolicyTest, OffAThiefHelpsOutOnAnotherP) {
    const auto result = run(without_handoff(2), [] {
        rt::WaitGroup wg;
        wg.go("other", [] { rt::log("other"); });
        rt::blocking_sleep(50 * kMillisecond);
        rt::log("back");
        wg.wait();
    });
    EXPECT_EQ(result.words(), "other back");
}

TEST_P(HandoffPolicyTest, OffTheLaneOfThePShowsTheCall) {
    const auto result = run(without_handoff(1), [] { rt::blocking_sleep(5 * kMillisecond); });
    DurationNs shown = 0;
    const model::LaneId p0{model::LaneKind::Proc, 0};
    result.timeline.for_each_span(p0, 0, result.timeline.end(), [&](const model::Span& span) {
        if (span.state == model::State::Blocking && span.g == 1)
            shown += span.end - span.start;
    });
    EXPECT_GE(shown, 5 * kMillisecond);
}

TEST_P(HandoffPolicyTest, OffPsComeAndGoAndTheWorldStops) {
    std::atomic<bool> done{false};
    RunRequest request = without_handoff(4);
    request.beside = [&](trace::Control& control, const std::atomic<bool>& /*over*/) {
        for (int i = 0; i < 40; ++i) {
            rt::request_procs(control, 1 + i % 7);
            rt::request_hold(control, i % 5 == 0);
            std::this_thread::sleep_for(std::chrono::microseconds(700));
            rt::request_hold(control, false);
        }
        done = true;
    };
    const auto result = run(request, [&] {
        rt::WaitGroup wg;
        for (int i = 0; i < 10; ++i) {
            wg.go("", [&, i] {
                while (!done) {
                    rt::blocking_sleep((1 + i) * 50 * kMicrosecond);
                    rt::work(20 * kMicrosecond);
                    if (i % 3 == 0)
                        rt::sleep(50 * kMicrosecond);
                }
            });
        }
        wg.wait();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(HandoffPolicyTest, OffARunEndsDuringACall) {
    RunRequest request = without_handoff(2);
    const auto result = run(request, [] {
        std::atomic<bool> begins{false};
        rt::go("", [&begins] {
            begins = true;
            rt::blocking_sleep(1000 * kSecond);
        });
        while (!begins)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
}

}  // namespace
}  // namespace golanes::test

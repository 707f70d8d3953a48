#pragma once
// What the tests of select have in common.
#include <functional>
#include <string>

#include "core/runtime/select.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {

class SelectTest : public EngineTest {
 protected:
    // A run that must end well.
    RunResult good_run(int procs, std::function<void()> main) const {
        auto result = run(on(procs), std::move(main));
        EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
        return result;
    }

    void expect_panic(const std::string& text, std::function<void()> main) const {
        const auto result = run(on(1), std::move(main));
        EXPECT_EQ(result.report.status, trace::RunStatus::Panic);
        EXPECT_EQ(result.report.message.substr(0, result.report.message.find('\n')), text);
    }

    // The reason for which goroutine 1 waits when nothing can go on.
    [[nodiscard]] trace::WaitReason deadlock_reason(std::function<void()> main) const {
        const auto result = run(on(1), std::move(main));
        EXPECT_EQ(result.report.status, trace::RunStatus::Deadlock);
        trace::WaitReason reason = trace::WaitReason::None;
        for (const trace::Event& event : result.events()) {
            if (event.type == trace::EventType::GoBlock && event.a == 1)
                reason = static_cast<trace::WaitReason>(event.flags);
        }
        return reason;
    }
};

}  // namespace golanes::test

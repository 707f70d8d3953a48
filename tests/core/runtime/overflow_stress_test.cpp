// Rings that overflow all the time while thieves and those that yield use the queues.
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

class OverflowStressTest : public RunTest {};

// A P whose ring was full took half of it out first and put it on the global queue a little later.
// Meanwhile a thief could take from the other half and yield: it stood in the global queue before
// those who had left the ring before it. The orderer waited for each to come first, and gave up.
TEST_F(OverflowStressTest, AThiefThatYieldsBeforeTheHalfHasArrivedIsInOrder) {
    for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(scaled(10)); ++seed) {
        RunRequest request{.engine = EngineKind::Real, .procs = 8, .seed = seed};
        request.tune = [](rt::RunSettings& settings) {
            settings.scheduler.ring = 4;
        };
        const auto result = run(request, [] {
            constexpr int kMembers = 16;
            constexpr int kChildren = 300;
            rt::WaitGroup wg;
            wg.add(kMembers * (kChildren + 1));
            for (int i = 0; i < kMembers; ++i) {
                rt::go("", [&wg] {
                    for (int k = 0; k < kChildren; ++k) {
                        rt::go("", [&wg] {
                            rt::gosched();
                            wg.done();
                        });
                    }
                    wg.done();
                });
            }
            wg.wait();
        });
        EXPECT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
        if (HasFailure()) {
            ADD_FAILURE() << "seed " << seed;
            return;
        }
    }
}

}  // namespace
}  // namespace golanes::test

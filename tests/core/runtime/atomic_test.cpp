// Atomic<T>, and the atomic steps of Shared<T>.
#include "core/runtime/atomic.h"

#include <limits>

#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class AtomicTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(AtomicTest);

TEST_P(AtomicTest, ItsOperationsReturnWhatGosDo) {
    const auto result = run(on(1), [] {
        rt::Atomic<int> n("n", 5);
        rt::check(n.load() == 5, "load");
        n.store(7);
        rt::check(n.add(3) == 10, "add returns the new value");
        rt::check(n.swap(20) == 10, "swap returns the old value");
        rt::check(!n.compare_and_swap(1, 2) && n.load() == 20, "a failed swap changes nothing");
        rt::check(n.compare_and_swap(20, 12) && n.load() == 12, "compare and swap");
        rt::check(n.and_bits(10) == 12 && n.or_bits(1) == 8 && n.load() == 9, "bits");
        rt::Atomic<std::int32_t> top("top", std::numeric_limits<std::int32_t>::max());
        rt::check(top.add(1) == std::numeric_limits<std::int32_t>::min(), "it wraps around");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(AtomicTest, ItHoldsABoolOrAPointer) {
    const auto result = run(on(1), [] {
        rt::Atomic<bool> flag("flag");
        rt::check(!flag.swap(true) && flag.load(), "a bool");
        int target = 0;
        rt::Atomic<int*> pointer("pointer");
        rt::check(pointer.compare_and_swap(nullptr, &target) && pointer.load() == &target,
                  "a pointer");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(AtomicTest, AccessesAreRecordedAtLevelFull) {
    RunRequest request = on(1);
    request.level = trace::Level::Full;
    const auto result = run(request, [] {
        rt::Atomic<int> n("n");
        n.store(4);
        n.load();
        n.add(2);
        n.compare_and_swap(1, 9);
        n.compare_and_swap(6, 9);
    });
    std::vector<std::pair<EventType, std::uint32_t>> accesses;
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::SharedRead || event.type == EventType::SharedWrite ||
            event.type == EventType::SharedUpdate)
            accesses.emplace_back(event.type, trace::low_half(event.arg));
    }
    EXPECT_EQ(accesses,
              (std::vector<std::pair<EventType, std::uint32_t>>{{EventType::SharedWrite, 4},
                                                                {EventType::SharedRead, 4},
                                                                {EventType::SharedUpdate, 6},
                                                                {EventType::SharedRead, 6},
                                                                {EventType::SharedUpdate, 9}}));
}

TEST_P(AtomicTest, SharedHasAtomicStepsToo) {
    const auto result = run(on(1), [] {
        rt::Shared<int> n("n", 3);
        rt::check(n.exchange(4) == 3, "exchange returns the old value");
        int expected = 9;
        rt::check(!n.compare_exchange(expected, 1) && expected == 4, "it tells what it holds");
        rt::check(n.compare_exchange(expected, 1) && n.load() == 1, "and stores");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

}  // namespace
}  // namespace golanes::test

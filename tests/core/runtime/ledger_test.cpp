// The ledger itself: it must complain when a recording does not add up.
#include "tests/core/runtime/ledger.h"

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::Event;
using trace::EventType;

std::string complaint_about(const std::vector<Event>& events) {
    Ledger ledger;
    for (const Event& event : events)
        ledger.add(event);
    return ledger.complaint();
}

// Spawns, waits, wakes, yields, overflows its ring, steals, and leaves some to be killed.
std::vector<Event> a_bit_of_everything() {
    return run({.engine = EngineKind::Virtual, .procs = 2},
               [] {
                   rt::Chan<int> ch(0);
                   rt::WaitGroup wg;
                   wg.add(300);
                   for (int i = 0; i < 300; ++i) {
                       rt::go("", [&] {
                           rt::gosched();
                           rt::work(kMicrosecond);
                           wg.done();
                       });
                   }
                   rt::go("waits for ever", [] { rt::Chan<int>().recv(); });
                   rt::go("partner", [ch] { ch.recv(); });
                   ch.send(1);
                   wg.wait();
                   rt::go("never runs", [] {});
               })
        .events();
}

bool counts(const Event& event) {
    return trace::is_goroutine_event(event.type) || event.type == EventType::Move;
}

class LedgerTest : public RunTest {};

TEST_F(LedgerTest, AnyMissingStepIsNoticed) {
    const auto events = a_bit_of_everything();
    ASSERT_EQ(complaint_about(events), "");
    std::size_t left_out = 0;
    for (std::size_t i = 0; i < events.size(); ++i) {
        if (!counts(events[i]))
            continue;
        auto others = events;
        others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
        EXPECT_NE(complaint_about(others), "")
            << "without event " << i << ", a " << trace::info_of(events[i].type).name;
        i += 10;  // a tenth of them will do
        ++left_out;
    }
    EXPECT_GT(left_out, 100U);
}

TEST_F(LedgerTest, AnyDoubledStepIsNoticed) {
    const auto events = a_bit_of_everything();
    for (std::size_t i = 0; i < events.size(); i += 10) {
        // Who is over may be told so again; nobody stands twice for it.
        if (!counts(events[i]) || events[i].type == EventType::GoKilled)
            continue;
        auto more = events;
        more.insert(more.begin() + static_cast<std::ptrdiff_t>(i), events[i]);
        EXPECT_NE(complaint_about(more), "")
            << "event " << i << " twice, a " << trace::info_of(events[i].type).name;
    }
}

TEST_F(LedgerTest, TwoOnOnePAreNoticed) {
    const auto put = static_cast<std::uint8_t>(trace::QueueKind::Ring);
    const std::vector<Event> events{
        {.type = EventType::RunBegin},
        {.a = 1, .seq = 1, .type = EventType::GoCreate, .flags = put, .p = 0},
        {.a = 2, .seq = 1, .type = EventType::GoCreate, .flags = put, .p = 0},
        {.a = 1, .seq = 2, .type = EventType::GoStart, .flags = put, .p = 0},
        {.a = 2, .seq = 2, .type = EventType::GoStart, .flags = put, .p = 0},
    };
    EXPECT_EQ(complaint_about(events), "event 4: goroutine 2 starts on a P that runs 1");
}

}  // namespace
}  // namespace golanes::test

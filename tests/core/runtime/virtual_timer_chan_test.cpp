// Timers of the program to the nanosecond, in virtual time, and what the recording says of them.
#include <map>

#include "core/model/statistics.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "core/runtime/timer.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class VirtualTimerChanTest : public RunTest {};

TEST_F(VirtualTimerChanTest, TimersAreExact) {
    for (const int procs : {1, 4, 16}) {
        const auto result = run({.procs = procs}, [] {
            rt::check(rt::after(1'234'567).recv() == 1'234'567, "the time it was due");
            rt::check(rt::now() == 1'234'567, "virtual time has jumped there");
            const rt::Timer timer(1000);
            rt::work(5000);
            rt::check(timer.channel().recv() == 1'235'567, "looked at late, it tells its due time");
            rt::after_func(4433, [] {
                rt::check(rt::now() == 1'244'000, "the function, too");
                rt::outcome("done");
            });
            rt::sleep(kMillisecond);
        });
        expect_ok(result);
        EXPECT_EQ(std::get<std::string>(result.report.outcome), "done");
    }
}

TEST_F(VirtualTimerChanTest, ATickerKeepsItsGridAndDropsWhatNobodyTook) {
    const auto result = run({.procs = 2}, [] {
        const rt::Ticker ticker(10);
        const auto tick = [&] {
            rt::log(std::to_string(ticker.channel().recv().value_or(-1)));
        };
        tick();
        tick();
        rt::sleep(37);  // 30, 40 and 50 come meanwhile: the first stays
        tick();
        tick();
        tick();
    });
    expect_ok(result);
    EXPECT_EQ(result.words(), "10 20 30 60 70");
}

TEST_F(VirtualTimerChanTest, EqualTimesFireInTheOrderTheyWereSetWhateverTheirKind) {
    RunRequest request{.procs = 1};
    request.runnext = false;
    const auto result = run(request, [] {
        rt::WaitGroup wg;
        wg.add(4);
        const auto say = [&wg](const char* what) {
            rt::log(what);
            wg.done();
        };
        const rt::Timer moved(kSecond);
        rt::go("", [&] {
            moved.channel().recv();
            say("moved");
        });
        rt::gosched();
        rt::after_func(100, [&] { say("func"); });
        rt::go("", [&] {
            rt::after(100).recv();
            say("after");
        });
        rt::go("", [&] {
            rt::sleep(100);
            say("sleep");
        });
        rt::gosched();
        moved.reset(100);
        wg.wait();
    });
    expect_ok(result);
    EXPECT_EQ(result.words(), "func after sleep moved");
}

TEST_F(VirtualTimerChanTest, OneWokenByATimerGoesIntoRunnextOfThePThatRanIt) {
    const auto result = run({.procs = 1}, [] { rt::after(100).recv(); });
    expect_ok(result);
    for (const trace::Event& event : result.events()) {
        if (event.type != EventType::GoUnblock)
            continue;
        EXPECT_EQ(event.flags & trace::put_flag::kKindMask,
                  static_cast<int>(trace::QueueKind::Runnext));
        EXPECT_EQ(trace::high_half(event.arg), 0U) << "woken by a timer, by no goroutine";
    }
}

TEST_F(VirtualTimerChanTest, TheTraceTellsOfEveryTimer) {
    const auto result = run({.procs = 1}, [] {
        const rt::Timer timer(100, "the timer");
        timer.channel().recv();
        timer.reset(50);
        timer.stop();
        const rt::Ticker ticker(10, "the ticker");
        ticker.channel().recv();
        rt::after_func(
            1, [] {}, "the func");
        rt::sleep(5);
    });
    expect_ok(result);
    std::map<EventType, std::vector<std::string>> told;
    std::map<ObjectId, std::string> names;
    const auto text = [&](const trace::Event& event) {
        const std::string name = event.seq == 0 ? "sleep" : names[event.seq];
        return name + " " + std::to_string(event.flags) + " " + std::to_string(event.arg);
    };
    for (const trace::Event& event : result.events()) {
        if (event.type == EventType::ObjectMake) {
            EXPECT_EQ(event.flags, static_cast<int>(trace::ObjectKind::Timer));
            EXPECT_EQ(trace::low_half(event.arg), 0U) << "its channel looks unbuffered";
            names[trace::high_half(event.arg)] = result.recording.names->place(event.where).label;
        } else {
            told[event.type].push_back(text(event));
        }
    }
    using Lines = std::vector<std::string>;
    EXPECT_EQ(
        told[EventType::TimerArm],
        (Lines{
            "the timer 1 100", "the timer 1 50", "the ticker 2 10", "the func 3 1", "sleep 0 5"}));
    EXPECT_EQ(told[EventType::TimerFire],
              (Lines{"the timer 0 0", "the ticker 0 0", "the func 0 0", "sleep 0 0"}));
    EXPECT_EQ(told[EventType::TimerStop], (Lines{"the timer 1 0"}));
}

TEST_F(VirtualTimerChanTest, OneWhoWaitsForATimerIsSaidToWaitForIt) {
    const auto result = run({.procs = 1}, [] {
        rt::go("patient", [] { rt::after(kSecond).recv(); });
        rt::sleep(100);
    });
    const auto facts = model::waiting_facts(result.timeline, 50);
    const auto patient = std::find_if(
        facts.begin(), facts.end(), [](const auto& fact) { return fact.goroutine == "patient"; });
    ASSERT_NE(patient, facts.end());
    EXPECT_EQ(patient->reason, "chan receive");
    EXPECT_TRUE(patient->object.starts_with("Timer ")) << patient->object;
}

}  // namespace
}  // namespace golanes::test

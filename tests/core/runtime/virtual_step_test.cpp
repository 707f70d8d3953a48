// Steps: a virtual run goes on to an event or a moment, stands there, and is the same run after
// all.
#include <thread>

#include "core/runtime/runtime.h"
#include "tests/core/runtime/mixed_program.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::StepKind;

constexpr std::uint64_t kAnyEvent = ~std::uint64_t{0};

constexpr std::uint64_t only(EventType type) {
    return std::uint64_t{1} << static_cast<unsigned>(type);
}

// A run on a thread of its own, driven through its control page as a window would. Nobody drains
// its ring: it holds the whole run.
class SteppedRun {
 public:
    explicit SteppedRun(std::function<void()> main, int procs = 2)
        : region_(trace::RunRegion::create_anonymous({.rings = 4}, TickClock{})),
          main_(std::move(main)),
          procs_(procs) {}

    ~SteppedRun() {
        if (thread_.joinable())
            finish();
    }

    SteppedRun(const SteppedRun&) = delete;
    SteppedRun& operator=(const SteppedRun&) = delete;

    // Returns once the run stands there.
    void step(StepKind kind, std::uint64_t argument, std::uint64_t count = 1) {
        const std::uint32_t number = trace::request_step(control(), kind, argument, count);
        if (!thread_.joinable())
            thread_ = std::thread([this] { play(); });
        while (control().step_reached.load(std::memory_order_acquire) != number)
            std::this_thread::yield();
    }

    void finish() {
        trace::request_step(control(), StepKind::Free, 0);
        thread_.join();
    }

    trace::Control& control() { return region_->control(); }

    std::uint64_t published() {
        return region_->ring(0).header->head.load(std::memory_order_acquire);
    }

    // Without those of stacks: how often one grows depends on what stood on it before.
    std::vector<trace::Event> events() {
        std::vector<trace::Event> all;
        for (std::uint64_t i = 0; i < published(); ++i) {
            const trace::Event& event = region_->ring(0).slots[i];
            if (event.type != EventType::StackSize)
                all.push_back(event);
        }
        return all;
    }

    trace::RunStatus status = trace::RunStatus::Running;

 private:
    void play() {
        rt::RunHost host(region_.value(), trace::Level::Scheduler, true);
        rt::RunSettings settings;
        settings.is_virtual = true;
        settings.scheduler.procs = procs_;
        status = rt::run_program(host, settings, main_).status;
    }

    Result<trace::RunRegion> region_;
    std::function<void()> main_;
    int procs_;
    std::thread thread_;
};

class VirtualStepTest : public RunTest {};

TEST_F(VirtualStepTest, ASingleStepIsOneEvent) {
    SteppedRun run(&mixed_program);
    for (std::uint64_t i = 1; i <= 100; ++i) {
        run.step(StepKind::UntilEvent, kAnyEvent);
        ASSERT_EQ(run.published(), i);
    }
    run.finish();
    EXPECT_EQ(run.status, trace::RunStatus::Ok);
}

TEST_F(VirtualStepTest, SteppingChangesNothing) {
    SteppedRun free(&mixed_program);
    free.step(StepKind::Free, 0);
    free.finish();
    SteppedRun stepped(&mixed_program);
    stepped.step(StepKind::UntilEvent, only(EventType::GoBlock));
    for (int i = 1; i <= 10; ++i) {
        stepped.step(StepKind::UntilEvent, kAnyEvent);
        stepped.step(StepKind::UntilTime, static_cast<std::uint64_t>(i) * 100 * kMicrosecond);
    }
    stepped.finish();
    EXPECT_EQ(stepped.events(), free.events());
}

TEST_F(VirtualStepTest, UntilTimeStandsAtThatVeryTime) {
    SteppedRun run([] {
        for (int i = 0; i < 10; ++i)
            rt::work(3 * kMillisecond);
    });
    for (const std::uint64_t time : {5U * kMillisecond, 14U * kMillisecond, 15U * kMillisecond}) {
        run.step(StepKind::UntilTime, time);
        EXPECT_EQ(run.control().virtual_now.load(), time);
        EXPECT_EQ(run.control().phase.load(), static_cast<std::uint32_t>(trace::ChildPhase::Held));
        for (const trace::Event& event : run.events())
            EXPECT_LE(event.time, time);
    }
}

TEST_F(VirtualStepTest, UntilAnEventOfAKindStandsRightBehindIt) {
    SteppedRun run([] {
        for (int i = 0; i < 5; ++i) {
            rt::work(kMillisecond);
            rt::log("line");
            rt::gosched();
        }
    });
    for (std::uint64_t i = 1; i <= 5; ++i) {
        run.step(StepKind::UntilEvent, only(EventType::Log));
        ASSERT_FALSE(run.events().empty());
        EXPECT_EQ(run.events().back().type, EventType::Log);
        EXPECT_EQ(run.control().virtual_now.load(), i * kMillisecond);
    }
}

TEST_F(VirtualStepTest, TheNthEventOfAKindIsReachedInOneStep) {
    SteppedRun one_by_one(&mixed_program);
    for (int i = 0; i < 7; ++i)
        one_by_one.step(StepKind::UntilEvent, only(EventType::GoStart));
    SteppedRun at_once(&mixed_program);
    at_once.step(StepKind::UntilEvent, only(EventType::GoStart), 7);
    EXPECT_EQ(at_once.events(), one_by_one.events());
    EXPECT_EQ(at_once.events().back().type, EventType::GoStart);
}

// How many of the events a run has published are numbered.
std::ptrdiff_t numbered(SteppedRun& run) {
    const auto events = run.events();
    return std::count_if(events.begin(), events.end(), [](const trace::Event& event) {
        return trace::is_numbered(event.type);
    });
}

TEST_F(VirtualStepTest, ARunStandsBehindTheEventOfANumber) {
    for (const std::ptrdiff_t number : {1, 2, 50, 333}) {
        SteppedRun run(&mixed_program);
        run.step(StepKind::UntilNumber, static_cast<std::uint64_t>(number));
        EXPECT_EQ(numbered(run), number);
        const std::uint64_t published = run.published();
        run.step(StepKind::UntilEvent, kAnyEvent);
        EXPECT_EQ(run.published(), published + 1);
    }
}

TEST_F(VirtualStepTest, AStepThatFindsNoSuchEventEndsWithTheRun) {
    SteppedRun run([] { rt::work(kMillisecond); });
    run.step(StepKind::UntilEvent, only(EventType::ChanClose));
    EXPECT_EQ(run.events().back().type, EventType::RunEnd);
}

TEST_F(VirtualStepTest, AKnobTurnedWhileItStandsActsAndItStandsAgain) {
    SteppedRun run(&mixed_program);
    run.step(StepKind::UntilTime, 200 * kMicrosecond);
    rt::request_procs(run.control(), 7);
    const auto turned = [&] {
        for (const trace::Event& event : run.events()) {
            if (event.type == EventType::ProcCount && event.a == 7)
                return true;
        }
        return false;
    };
    while (!turned())
        std::this_thread::yield();
    run.step(StepKind::UntilEvent, only(EventType::GoStart));
    EXPECT_EQ(run.events().back().type, EventType::GoStart);
    run.finish();
    EXPECT_EQ(run.status, trace::RunStatus::Ok);
}

TEST_F(VirtualStepTest, ARunThatStandsCanBeStopped) {
    SteppedRun run([] {
        for (;;)
            rt::work(kMillisecond);
    });
    run.step(StepKind::UntilEvent, only(EventType::GoStart));
    rt::request_stop(run.control());
    run.finish();
    EXPECT_EQ(run.status, trace::RunStatus::Stopped);
}

TEST_F(VirtualStepTest, ThePaceIsNoPartOfTheRun) {
    SteppedRun free(&mixed_program);
    free.step(StepKind::Free, 0);
    free.finish();
    SteppedRun slow(&mixed_program);
    slow.step(StepKind::UntilEvent, only(EventType::GoStart));
    slow.control().pace.store(100'000);
    slow.step(StepKind::UntilTime, 500 * kMicrosecond);
    slow.control().pace.store(trace::kPaceUnlimited);
    slow.finish();
    EXPECT_EQ(slow.events(), free.events());
}

}  // namespace
}  // namespace golanes::test

// Findings on real programs: the race in every run that has it, none in its cures, nothing on
// scenarios without fault.
#include <atomic>
#include <memory>
#include <set>

#include "core/model/findings/find_all.h"
#include "core/runtime/chan.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/scenarios/scenario_run.h"

namespace golanes::test {
namespace {

using model::FindingKind;

// What a busy machine does to a program is not its fault: time may be found wanting there.
bool is_about_time(FindingKind kind) {
    return kind == FindingKind::Starvation || kind == FindingKind::Convoy ||
           kind == FindingKind::Serialised || kind == FindingKind::IdleProcs ||
           kind == FindingKind::Oversubscription;
}

std::string names(const model::Timeline& timeline, EngineKind engine) {
    std::set<std::string> names;
    for (const model::Finding& finding : model::find_all(timeline)) {
        if (engine == EngineKind::Virtual || !is_about_time(finding.kind))
            names.insert(std::string(finding_name(finding.kind)));
    }
    std::string text;
    for (const std::string& name : names)
        text += (text.empty() ? "" : " ") + name;
    return text;
}

class FindingsTest : public EngineTest {
 protected:
    [[nodiscard]] std::string of_scenario(const std::string& id, int procs, std::uint64_t seed) {
        auto options = options_of(id, GetParam() == EngineKind::Real ? "real" : "virtual", procs);
        options.level = "full";
        options.seed = seed;
        options.seed_given = true;
        return names(run_scenario(options).timeline, GetParam());
    }

    // Of a program on 1, 2 and 4 Ps with some seeds.
    [[nodiscard]] std::set<std::string> of_program(const std::function<void()>& program) {
        std::set<std::string> all;
        for (const int procs : {1, 2, 4}) {
            for (std::uint64_t seed = 1; seed <= 5; ++seed) {
                RunRequest request = on(procs, seed);
                request.level = trace::Level::Full;
                const RunResult result = run(request, program);
                expect_ok(result);
                all.insert(names(result.timeline, GetParam()));
            }
        }
        return all;
    }
};

GOLANES_ON_BOTH_ENGINES(FindingsTest);

const std::set<std::string> kNothing{""};
const std::set<std::string> kRace{"data_race"};

TEST_P(FindingsTest, TheLostUpdatesAreARaceInEveryRunAlsoOnOneP) {
    for (const int procs : {1, 2, 4}) {
        for (std::uint64_t seed = 1; seed <= 10; ++seed)
            EXPECT_EQ(of_scenario("race_counter", procs, seed), "data_race")
                << procs << " " << seed;
    }
}

TEST_P(FindingsTest, ScenariosWithoutFaultHaveNone) {
    for (const char* id : {"alternate", "letters", "buffered_pool", "unbuffered_chain"}) {
        for (const int procs : {1, 2}) {
            for (std::uint64_t seed = 1; seed <= 3; ++seed)
                EXPECT_EQ(of_scenario(id, procs, seed), "") << id << " " << procs << " " << seed;
        }
    }
}

// Ten goroutines that each call `add` ten times, and a wait for all.
void ten_times_ten(const std::function<void()>& add) {
    rt::WaitGroup finish("finish");
    for (int i = 0; i < 10; ++i) {
        finish.go("adder", [&] {
            for (int k = 0; k < 10; ++k)
                add();
        });
    }
    finish.wait();
}

TEST_P(FindingsTest, TheRaceIsThereWithoutACure) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  ten_times_ten([&] { counter.store(counter.load() + 1); });
              }),
              kRace);
}

TEST_P(FindingsTest, AMutexCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::Mutex mutex("mutex");
                  ten_times_ten([&] {
                      mutex.lock();
                      counter.store(counter.load() + 1);
                      rt::gosched();
                      mutex.unlock();
                  });
                  rt::outcome(counter.load());
              }),
              kNothing);
}

TEST_P(FindingsTest, AReadersLockForWritesDoesNot) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::RWMutex mutex("mutex");
                  ten_times_ten([&] {
                      mutex.rlock();
                      counter.store(counter.load() + 1);
                      mutex.runlock();
                  });
              }),
              kRace);
}

TEST_P(FindingsTest, AnRWMutexCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::RWMutex mutex("mutex");
                  ten_times_ten([&] {
                      mutex.lock();
                      counter.store(counter.load() + 1);
                      mutex.unlock();
                      mutex.rlock();
                      rt::check(counter.load() > 0, "it has been counted");
                      mutex.runlock();
                  });
              }),
              kNothing);
}

TEST_P(FindingsTest, AtomicStepsCureIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::Atomic<int> other("other");
                  ten_times_ten([&] {
                      counter.fetch_add(1);
                      other.add(1);
                  });
                  rt::outcome(counter.load());
              }),
              kNothing);
}

TEST_P(FindingsTest, AChannelOfOnePlaceCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::Chan<int> token(1, "token");
                  ten_times_ten([&] {
                      token.send(1);
                      counter.store(counter.load() + 1);
                      token.recv();
                  });
              }),
              kNothing);
}

TEST_P(FindingsTest, OneOwnerBehindAChannelCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> counter("counter");
                  rt::Chan<int> additions(0, "additions");
                  rt::Chan<int> done(0, "done");
                  rt::go("owner", [&] {
                      while (const auto value = additions.recv())
                          counter.store(counter.load() + *value);
                      done.send(1);
                  });
                  ten_times_ten([&] { additions.send(1); });
                  additions.close();
                  done.recv();
                  rt::outcome(counter.load());
              }),
              kNothing);
}

TEST_P(FindingsTest, ABarrierBetweenPhasesCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> left("left");
                  rt::Shared<int> right("right");
                  rt::Barrier barrier(2, "phase");
                  rt::WaitGroup finish("finish");
                  finish.go("left", [&] {
                      left.store(1);
                      barrier.wait();
                      rt::check(right.load() == 1, "the other one has written");
                  });
                  finish.go("right", [&] {
                      right.store(1);
                      barrier.wait();
                      rt::check(left.load() == 1, "the other one has written");
                  });
                  finish.wait();
              }),
              kNothing);
}

TEST_P(FindingsTest, AOnceCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> config("config");
                  rt::Once once("once");
                  ten_times_ten([&] {
                      once.call([&] { config.store(42); });
                      rt::check(config.load() == 42, "it is there");
                  });
              }),
              kNothing);
}

TEST_P(FindingsTest, ACondCuresIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> ready("ready");
                  rt::Mutex mutex("mutex");
                  rt::Cond cond(mutex, "cond");
                  rt::WaitGroup finish("finish");
                  finish.go("waiter", [&] {
                      mutex.lock();
                      while (ready.load() == 0)
                          cond.wait();
                      mutex.unlock();
                  });
                  mutex.lock();
                  ready.store(1);
                  cond.signal();
                  mutex.unlock();
                  finish.wait();
              }),
              kNothing);
}

TEST_P(FindingsTest, ASleepDoesNotCureIt) {
    EXPECT_EQ(of_program([] {
                  rt::Shared<int> value("value");
                  rt::go("writer", [&] { value.store(1); });
                  rt::sleep(5 * kMillisecond);
                  rt::outcome(value.load());
              }),
              kRace);
}

// Each takes both locks, in two orders and never at once. What keeps them apart is no
// synchronisation of the program's, so that another run might have them at once.
TEST_P(FindingsTest, LocksInTwoOrdersAreFoundWithoutADeadlock) {
    EXPECT_EQ(of_program([] {
                  rt::Mutex a("a");
                  rt::Mutex b("b");
                  rt::WaitGroup finish("finish");
                  finish.add(1);  // never zero before the end: nobody's wait orders the two
                  std::atomic<bool> one_is_done{false};
                  finish.go("one", [&] {
                      a.lock();
                      b.lock();
                      b.unlock();
                      a.unlock();
                      one_is_done = true;
                  });
                  finish.go("two", [&] {
                      while (!one_is_done)
                          rt::gosched();
                      b.lock();
                      a.lock();
                      a.unlock();
                      b.unlock();
                  });
                  finish.done();
                  finish.wait();
              }),
              std::set<std::string>{"lock_order"});
}

TEST_P(FindingsTest, AGoroutineThatNobodyReceivesFromIsALeak) {
    const auto program = [](std::size_t room) {
        return [room] {
            rt::Chan<int> answers(room, "answers");
            std::atomic<int> asking{0};
            for (int i = 0; i < 3; ++i) {
                rt::go("asker", [answers, &asking] {
                    ++asking;
                    answers.send(1);
                });
            }
            answers.recv();
            while (asking < 3)
                rt::gosched();
            rt::sleep(20 * kMillisecond);  // what is left until they wait
        };
    };
    EXPECT_EQ(of_program(program(0)), std::set<std::string>{"leak"});
    EXPECT_EQ(of_program(program(3)), kNothing);
}

}  // namespace
}  // namespace golanes::test

// Short runs, and of each figure the median of some: one interruption by the kernel moves a median
// little. Trace rings stand behind the runs as they do behind every other, so what recording costs
// is in the figures.
#include "app/calibrate.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <functional>
#include <thread>
#include <vector>

#include "core/base/clock.h"
#include "core/base/cpu.h"
#include "core/runtime/chan.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/run.h"
#include "core/runtime/run_queue.h"
#include "core/runtime/run_queue_inline.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"

namespace golanes::app {
namespace {

constexpr int kRounds = 9;
constexpr DurationNs kLongest = 40 * kMillisecond;  // of the measurements that wait for a thread

class Samples {
 public:
    void add(DurationNs ns) { ns_.push_back(std::max<DurationNs>(0, ns)); }

    [[nodiscard]] DurationNs median() {
        if (ns_.empty())
            return 0;
        const auto middle = ns_.begin() + static_cast<std::ptrdiff_t>(ns_.size() / 2);
        std::nth_element(ns_.begin(), middle, ns_.end());
        return *middle;
    }

 private:
    std::vector<DurationNs> ns_;
};

void play(int procs, const std::function<void()>& main) {
    trace::RegionOptions options;
    options.rings = 16;
    auto region = trace::RunRegion::create_anonymous(options, process_tick_clock());
    if (!region.ok())
        return;
    rt::RunHost host(region.value(), trace::Level::Scheduler, false);
    rt::RunSettings settings;
    settings.scheduler.procs = procs;
    rt::run_program(host, settings, main);
}

// The time of one of `count` operations that `all` does, in a run on one P.
DurationNs time_of_one(int count, const std::function<void()>& all) {
    Samples samples;
    play(1, [&] {
        for (int round = 0; round < kRounds; ++round) {
            const TimeNs begin = rt::now();
            all();
            samples.add((rt::now() - begin) / count);
        }
    });
    return samples.median();
}

DurationNs measure_switch() {
    constexpr int kYields = 500;
    Samples samples;
    play(1, [&] {
        rt::go("other", [] {
            for (;;)
                rt::gosched();
        });
        for (int round = 0; round < kRounds; ++round) {
            const TimeNs begin = rt::now();
            for (int i = 0; i < kYields; ++i)
                rt::gosched();
            samples.add((rt::now() - begin) / (2 * kYields));
        }
    });
    return samples.median();
}

DurationNs measure_spawn() {
    constexpr int kGoroutines = 100;
    Samples samples;
    play(1, [&] {
        rt::WaitGroup done("done");
        for (int round = 0; round < kRounds; ++round) {
            done.add(kGoroutines);
            const TimeNs begin = rt::now();
            for (int i = 0; i < kGoroutines; ++i)
                rt::go("child", [&done] { done.done(); });
            samples.add((rt::now() - begin) / kGoroutines);
            done.wait();
        }
    });
    return samples.median();
}

DurationNs measure_lock() {
    constexpr int kPairs = 500;
    return time_of_one(2 * kPairs, [] {
        rt::Mutex mutex("lock");
        for (int i = 0; i < kPairs; ++i) {
            mutex.lock();
            mutex.unlock();
        }
    });
}

DurationNs measure_chan() {
    constexpr int kPairs = 500;
    return time_of_one(2 * kPairs, [] {
        rt::Chan<int> numbers(1, "numbers");
        for (int i = 0; i < kPairs; ++i) {
            numbers.send(i);
            static_cast<void>(numbers.recv());
        }
    });
}

// Two threads hand a queue to and fro: one fills it, the other takes half of it, as a thief does,
// with the cache lines on the other CPU. The goroutines never run.
DurationNs measure_steal() {
    constexpr int kThefts = 400;
    std::array<rt::G, 4> goroutines;
    rt::LocalQueue victim;
    rt::LocalQueue thief;
    std::atomic<int> turn{0};  // even: to fill; odd: to steal. Seq_cst: it orders the queues' use.
    const double ns_per_tick = process_tick_clock().ns_per_tick;
    const TimeNs deadline = monotonic_ns() + kLongest;
    Samples samples;
    std::thread owner([&] {
        const auto wait_for = [&turn](int even) {
            while (turn.load() != even)
                cpu_pause();
        };
        int i = 0;
        for (; i < kThefts && monotonic_ns() < deadline; ++i) {
            wait_for(2 * i);
            rt::GList rest;
            victim.drain(rest);
            for (rt::G& g : goroutines)
                victim.append(&g);
            turn.store(2 * i + 1);
        }
        wait_for(2 * i);  // the thief's turn first: it would not see the end
        turn.store(-1);
    });
    for (int i = 0;; ++i) {
        int now = turn.load();
        for (; now != 2 * i + 1 && now != -1; now = turn.load())
            cpu_pause();
        if (now == -1)
            break;
        const std::uint64_t begin = read_ticks();
        victim.steal_half(thief);
        const std::uint64_t end = read_ticks();
        samples.add(static_cast<DurationNs>(static_cast<double>(end - begin) * ns_per_tick));
        while (thief.take().g != nullptr) {
        }
        turn.store(2 * i + 2);
    }
    owner.join();
    return samples.median();
}

// From a go statement to the new goroutine's first line on another P whose M slept.
DurationNs measure_wake() {
    constexpr int kWakes = 30;
    Samples samples;
    play(2, [&] {
        const TimeNs deadline = rt::now() + kLongest;
        rt::WaitGroup done("done");
        for (int i = 0; i < kWakes && rt::now() < deadline; ++i) {
            rt::sleep(200 * kMicrosecond);  // the other M finds nothing and parks
            std::atomic<TimeNs> began{-1};
            done.add(2);
            const TimeNs called = rt::now();
            rt::go("woken", [&] {
                began.store(rt::now());
                done.done();
            });
            rt::go("next", [&] { done.done(); });  // takes runnext: the first goes into the ring
            while (began.load() < 0 && rt::now() - called < kMillisecond)
                rt::work(2 * kMicrosecond);
            if (const TimeNs at = began.load(); at >= 0)
                samples.add(at - called);
            done.wait();
        }
    });
    return samples.median();
}

}  // namespace

rt::Costs measure_costs() {
    rt::Costs costs;
    const auto set = [&costs](rt::Op op, DurationNs ns) {
        costs.ns[static_cast<std::size_t>(op)] = std::clamp<DurationNs>(ns, 0, kSecond);
    };
    const DurationNs switch_ns = measure_switch();
    const DurationNs steal_ns = measure_steal();
    set(rt::Op::Switch, switch_ns);
    set(rt::Op::Spawn, measure_spawn());
    set(rt::Op::Steal, steal_ns);
    set(rt::Op::Lock, measure_lock());
    set(rt::Op::Chan, measure_chan());
    // The woken one also steals and switches, which is charged on its own.
    set(rt::Op::Wake, measure_wake() - steal_ns - switch_ns);
    return costs;
}

}  // namespace golanes::app

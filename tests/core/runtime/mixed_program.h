#pragma once
// A program with a little of everything, and settings that vary with the seed: what determinism is
// tested with.
#include "core/runtime/chan.h"
#include "core/runtime/run.h"
#include "core/runtime/runtime.h"
#include "core/runtime/shared.h"
#include "core/runtime/sync.h"

namespace golanes::test {

/// What mixed_program() reports.
inline constexpr std::int64_t kMixedSum = 3 * (0 + 1 + 2 + 3 + 4) + 5 * (0 + 10 + 20);

inline void mixed_program() {
    rt::Chan<int> ch(2, "numbers");
    rt::Mutex mutex("m");
    rt::WaitGroup wg("all");
    rt::Shared<int> sum("sum");
    wg.add(6);
    for (int i = 0; i < 3; ++i) {
        rt::go("producer", [&, i] {
            for (int k = 0; k < 5; ++k) {
                rt::work(static_cast<DurationNs>(1 + rt::random(500)) * kMicrosecond);
                ch.send(i * 10 + k);
                rt::gosched();
            }
            wg.done();
        });
        rt::go("consumer", [&] {
            for (int k = 0; k < 5; ++k) {
                const int value = ch.recv().value_or(0);
                mutex.lock();
                rt::sleep(static_cast<DurationNs>(rt::random(300)) * kMicrosecond);
                sum.fetch_add(value);
                mutex.unlock();
            }
            wg.done();
        });
    }
    wg.wait();
    rt::outcome(sum.peek());
}

/// Every policy and price comes up within some dozens of seeds.
inline void vary(rt::RunSettings& settings, int seed) {
    if (seed % 3 == 0)
        settings.costs.ns = {100, 200, 300, 20, 50, 5000};
    if (seed % 5 == 0)
        settings.cpus = 2;
    settings.scheduler.slice = seed % 7 == 0 ? 100 * kMicrosecond : 10 * kMillisecond;
    settings.scheduler.ring = seed % 11 == 0 ? 2 : 256;
    settings.scheduler.pick = seed % 13 == 0 ? rt::Pick::Random : rt::Pick::Fifo;
    settings.scheduler.sysmon = seed % 17 == 0 ? rt::SysmonPolicy::Go : rt::SysmonPolicy::Deadline;
    settings.scheduler.runnext = seed % 19 != 0;
    settings.scheduler.stealing = seed % 23 != 0;
}

}  // namespace golanes::test

// Mutexes, parked goroutines, sleepers.
#include <atomic>
#include <fstream>
#include <memory>
#include <string>

#include <unistd.h>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/bench/peers/ours/peer.h"

namespace golanes::bench {
namespace {

double locked_by_eight(rt::Mutex& mutex, long& x, long each, bool yields) {
    rt::WaitGroup wg;
    const StopWatch watch;
    for (int g = 0; g < 8; ++g) {
        wg.add(1);
        rt::go("", [&, each, yields] {
            for (long i = 0; i < each; ++i) {
                mutex.lock();
                ++x;
                if (yields)
                    rt::gosched();
                mutex.unlock();
            }
            wg.done();
        });
    }
    wg.wait();
    return watch.ns_per(8 * each);
}

void mutexes() {
    rt::Mutex mutex;
    long x = 0;
    const long n = scaled(50'000'000);
    const StopWatch watch;
    for (long i = 0; i < n; ++i) {
        mutex.lock();
        ++x;
        mutex.unlock();
    }
    emit("mutex_uncontended", watch.ns_per(n), "ns/op");
    emit("mutex8", locked_by_eight(mutex, x, scaled(1'000'000), false), "ns/op");
    emit("mutex8_yield_inside", locked_by_eight(mutex, x, scaled(50'000), true), "ns/op");
}

double resident_bytes() {
    std::ifstream file("/proc/self/statm");
    double size = 0;
    double resident = 0;
    file >> size >> resident;
    return resident * static_cast<double>(getpagesize());
}

void park(long n, const std::string& tag) {
    const double before = resident_bytes();
    const rt::Chan<int> gate(0);
    rt::WaitGroup wg;
    std::atomic<long> up{0};
    wg.add(static_cast<int>(n));
    const StopWatch watch;
    for (long i = 0; i < n; ++i)
        rt::go("", [&, gate] {
            up.fetch_add(1);
            gate.recv();
            wg.done();
        });
    while (up.load() != n)
        rt::sleep(kMillisecond);
    rt::sleep(20 * kMillisecond);
    emit("park" + tag + "_create", watch.ms() - 20, "ms");
    emit("park" + tag + "_rss",
         (resident_bytes() - before) / static_cast<double>(n),
         "bytes/goroutine");
    const StopWatch second;
    gate.close();
    wg.wait();
    emit("park" + tag + "_wakeall", second.ms(), "ms");
    emit("park" + tag + "_wakeall_each", second.ns_per(n), "ns/goroutine");
}

void park_100k() {
    park(scaled(100'000), "100k");
}

void park_1m() {
    park(1'000'000, "1M");
}

void sleepers() {
    const long n = scaled(100'000);
    rt::WaitGroup wg;
    wg.add(static_cast<int>(n));
    const StopWatch watch;
    for (long i = 0; i < n; ++i)
        rt::go("", [&wg] {
            rt::sleep(10 * kMillisecond);
            wg.done();
        });
    wg.wait();
    emit("sleep10ms_100k_total", watch.ms(), "ms");
}

}  // namespace

const std::vector<PeerProgram>& sync_programs() {
    static const std::vector<PeerProgram> programs{
        {"mutex", &mutexes}, {"park100k", &park_100k}, {"park1M", &park_1m}, {"timer", &sleepers}};
    return programs;
}

}  // namespace golanes::bench

// Starting goroutines: spawn and join, skynet, sieve, fork-join.
#include <cstdlib>
#include <string>

#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/bench/peers/ours/peer.h"

namespace golanes::bench {
namespace {

double spawn(long n) {
    rt::WaitGroup wg;
    const StopWatch watch;
    wg.add(static_cast<int>(n));
    for (long i = 0; i < n; ++i)
        rt::go("", [&wg] { wg.done(); });
    wg.wait();
    return watch.ns();
}

void spawns() {
    const long n = scaled(1'000'000);
    emit("spawn1M_cold", spawn(n) / static_cast<double>(n), "ns/goroutine");
    emit("spawn1M_warm", spawn(n) / static_cast<double>(n), "ns/goroutine");
    const StopWatch watch;
    for (long i = 0; i < n / 1000; ++i)
        spawn(1000);
    emit("spawn_batch1000", watch.ns_per(n), "ns/goroutine");
    const StopWatch second;
    for (long i = 0; i < n / 2; ++i)
        spawn(1);
    emit("spawn_join_1", second.ns_per(n / 2), "ns/goroutine");
}

void skynet(const rt::Chan<long>& out, long number, long size) {
    if (size == 1)
        return out.send(number);
    const rt::Chan<long> children(0);
    for (long i = 0; i < 10; ++i) {
        const long first = number + i * (size / 10);
        rt::go("", [children, first, size] { skynet(children, first, size / 10); });
    }
    long sum = 0;
    for (long i = 0; i < 10; ++i)
        sum += children.recv().value_or(0);
    out.send(sum);
}

void skynets() {
    const long size = peer_mode().scale > 1 ? 100'000 : 1'000'000;
    for (const char* name : {"skynet_cold", "skynet_warm"}) {
        const rt::Chan<long> result(0);
        const StopWatch watch;
        rt::go("", [result, size] { skynet(result, 0, size); });
        if (result.recv() != size * (size - 1) / 2)
            std::abort();
        emit(name, watch.ms(), "ms");
    }
}

void generate(const rt::Chan<int>& out) {
    for (int i = 2;; ++i)
        out.send(i);
}

void filter(const rt::Chan<int>& in, const rt::Chan<int>& out, int prime) {
    for (;;) {
        if (const int i = in.recv().value_or(0); i % prime != 0)
            out.send(i);
    }
}

void sieve() {
    const StopWatch watch;
    rt::Chan<int> channel(0);
    rt::go("", [channel] { generate(channel); });
    int last = 0;
    for (int i = 0; i < 2000; ++i) {
        last = channel.recv().value_or(0);
        const rt::Chan<int> next(0);
        rt::go("", [in = channel, next, last] { filter(in, next, last); });
        channel = next;
    }
    if (last != 17389)
        std::abort();
    emit("sieve2000", watch.ms(), "ms");
}

__attribute__((noinline)) long serial_fib(int n) {
    return n < 2 ? n : serial_fib(n - 1) + serial_fib(n - 2);
}

long parallel_fib(int n, int cut) {
    if (n <= cut)
        return serial_fib(n);
    rt::WaitGroup wg;
    long a = 0;
    wg.add(1);
    rt::go("", [&, n, cut] {
        a = parallel_fib(n - 1, cut);
        wg.done();
    });
    const long b = parallel_fib(n - 2, cut);
    wg.wait();
    return a + b;
}

void fibs() {
    for (const int cut : {20, 10}) {
        const StopWatch watch;
        if (parallel_fib(32, cut) != 2178309)
            std::abort();
        emit("fib32_cut" + std::to_string(cut), watch.ms(), "ms");
    }
}

}  // namespace

const std::vector<PeerProgram>& spawn_programs() {
    static const std::vector<PeerProgram> programs{
        {"spawn", &spawns}, {"skynet", &skynets}, {"sieve", &sieve}, {"fib", &fibs}};
    return programs;
}

}  // namespace golanes::bench

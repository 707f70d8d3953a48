// A soak: programs with a little of everything, while Ps and CPUs come and go ten times a second.
// Sums are checked, and the fixture checks every event. GOLANES_SOAK_SECONDS sets how long; 600 is
// the figure of the release.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <unistd.h>

#include "core/base/clock.h"
#include "core/base/random.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

constexpr std::array<int, 5> kProcs{1, 2, 4, 16, 64};
constexpr int kWorkers = 6;
constexpr int kRounds = scaled(2000);

std::chrono::seconds wanted() {
    const char* text = std::getenv("GOLANES_SOAK_SECONDS");
    return std::chrono::seconds(text != nullptr ? std::atoi(text) : 2);
}

// Calls nothing, so that only a signal takes its P away.
void compute() {
    for (int i = 0; i < 500'000; ++i)
        asm volatile("" : "+r"(i));
}

void receive_from_two(const rt::Chan<int>& left, const rt::Chan<int>& right, long& sum) {
    for (int i = 0; i < 2 * kRounds; ++i) {
        rt::select(rt::on_recv(left, [&](std::optional<int> value) { sum += value.value_or(0); }),
                   rt::on_recv(right, [&](std::optional<int> value) { sum += value.value_or(0); }));
    }
}

// Returns how much of what it did is wrong.
void program() {
    rt::WaitGroup wg;
    rt::Mutex mutex;
    long counted = 0;
    long received = 0;
    const rt::Chan<int> left(0);
    const rt::Chan<int> right(16);
    wg.go("receiver", [&] { receive_from_two(left, right, received); });
    for (const auto& channel : {left, right}) {
        wg.go("sender", [channel] {
            for (int i = 0; i < kRounds; ++i)
                channel.send(1);
        });
    }
    for (int i = 0; i < kWorkers; ++i) {
        wg.go("counts", [&] {
            for (int k = 0; k < kRounds; ++k) {
                mutex.lock();
                ++counted;
                mutex.unlock();
                if (k % 16 == 0)
                    rt::gosched();
            }
        });
        wg.go("computes", [] {
            for (int k = 0; k < 20; ++k)
                compute();
        });
        wg.go("sleeps", [] {
            for (int k = 0; k < 10; ++k)
                rt::sleep(kMillisecond);
        });
        wg.go("spawns", [&wg] {
            for (int k = 0; k < scaled(200); ++k)
                wg.go("", [] { rt::gosched(); });
        });
    }
    wg.wait();
    rt::outcome((counted == kWorkers * kRounds ? 0 : 1) + (received == 2 * kRounds ? 0 : 2));
}

TEST(SoakTest, NothingIsLostWhilePsAndCpusComeAndGo) {
    const Watchdog watchdog;
    alarm(0);  // as long as the number asks for
    const std::uint64_t seed = mix64(read_ticks());
    const auto end = std::chrono::steady_clock::now() + wanted();
    std::uint64_t runs = 0;
    for (; std::chrono::steady_clock::now() < end; ++runs) {
        SCOPED_TRACE("seed " + std::to_string(seed) + ", run " + std::to_string(runs));
        Random random(seed, Stream::Scenario, runs);
        RunRequest request{.engine = EngineKind::Real,
                           .procs = kProcs[random.uniform(kProcs.size())],
                           .seed = seed + runs,
                           .slice = kMillisecond,
                           .expected_drops = kAnyDrops};
        request.beside = [&random](trace::Control& control, const std::atomic<bool>& over) {
            const auto cpus = std::max(1U, std::thread::hardware_concurrency());
            while (!over) {
                rt::request_procs(control, kProcs[random.uniform(kProcs.size())]);
                rt::request_cpus(control, static_cast<int>(1 + random.uniform(cpus)));
                for (int i = 0; i < 100 && !over; ++i)  // the pace, nothing waits for it
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        };
        const auto result = run(request, &program);
        ASSERT_EQ(result.report.status, trace::RunStatus::Ok) << result.report.message;
        ASSERT_EQ(result.number(), 0);
    }
    std::printf("%llu runs\n", static_cast<unsigned long long>(runs));
}

}  // namespace
}  // namespace golanes::test

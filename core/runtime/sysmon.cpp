#include "core/runtime/sysmon.h"

#include <algorithm>
#include <csignal>

#include <pthread.h>
#include <sys/prctl.h>

#include "core/base/futex.h"
#include "core/runtime/sysmon_pause.h"

namespace golanes::rt {
namespace {

void block_all_signals() {
    sigset_t all;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

Sysmon::Sysmon(std::function<SysmonLook()> look, std::function<bool()> all_idle)
    : look_(std::move(look)), all_idle_(std::move(all_idle)) {}

void Sysmon::start() {
    thread_ = std::thread([this] { main(); });
}

void Sysmon::stop() {
    if (!thread_.joinable())
        return;
    stopping_.store(true, std::memory_order_release);  // pairs with the acquire in main()
    look_now();
    thread_.join();
}

void Sysmon::look_now() {
    // Acquire and release pair with fall_asleep(): the look that follows sees what made us call.
    const std::uint32_t before = sleep_.exchange(Called, std::memory_order_acq_rel);
    if (before == Nap || before == Deep)
        futex_wake(sleep_, 1);
}

void Sysmon::main() {
    block_all_signals();
    prctl(PR_SET_TIMERSLACK, 1);  // else 20 us become 90
    pthread_setname_np(pthread_self(), "sysmon");
    SysmonPause pause;
    while (!stopping_.load(std::memory_order_acquire)) {
        const SysmonLook look = look_();
        const DurationNs longest = pause.after_look(look.did_something);
        if (look.all_idle) {
            rest_deeply();
            pause = {};
        } else {
            rest(std::clamp(look.next_look, SysmonPause::kShortest, longest));
        }
    }
}

// False: somebody called since the last pause.
bool Sysmon::fall_asleep(Sleep depth) {
    std::uint32_t awake = Awake;
    return sleep_.compare_exchange_strong(awake, depth, std::memory_order_seq_cst);
}

void Sysmon::wake_up() {
    sleep_.exchange(Awake, std::memory_order_acq_rel);
}

void Sysmon::rest(DurationNs pause) {
    if (fall_asleep(Nap))
        futex_wait(sleep_, Nap, pause);
    wake_up();
}

void Sysmon::rest_deeply() {
    if (fall_asleep(Deep)) {  // pairs with p_runs()
        while (all_idle_() && sleep_.load(std::memory_order_acquire) == Deep)
            futex_wait(sleep_, Deep);
    }
    wake_up();
}

}  // namespace golanes::rt

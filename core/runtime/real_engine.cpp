#include "core/runtime/real_engine.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <ctime>
#include <system_error>
#include <utility>

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/base/cpu_list.h"
#include "core/base/futex.h"
#include "core/runtime/machine.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/stack_fault.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

// M::parking.
constexpr std::uint32_t kAwake = 0;
constexpr std::uint32_t kWakePending = 1;
constexpr std::uint32_t kAsleep = 2;

// Makes a system call of ours return with EINTR. Sent at the end of a run only.
int cut_signal() {
    return SIGRTMIN + 4;
}

void adopt_cut_signal() {
    struct sigaction action {};

    action.sa_handler = [](int /*signal*/) {
    };
    action.sa_flags = SA_ONSTACK;  // not SA_RESTART: the call is to end
    sigaction(cut_signal(), &action, nullptr);
}

// Ms take no signals but those that they cause themselves, sysmon's, and the end's.
void block_outside_signals() {
    sigset_t all;
    sigfillset(&all);
    for (const int own :
         {cut_signal(), SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS, SIGURG})
        sigdelset(&all, own);
    pthread_sigmask(SIG_SETMASK, &all, nullptr);
}

}  // namespace

int usable_cpus() {
    return static_cast<int>(allowed_cpus().size());
}

RealEngine::RealEngine(const TickClock& clock,
                       std::atomic<std::uint32_t>& owner_word,
                       int cpus,
                       std::vector<int> cpu_list)
    : clock_(clock),
      cpu_list_(cpu_list.empty() ? allowed_cpus() : std::move(cpu_list)),
      cpus_(static_cast<int>(cpu_list_.size())),
      owner_word_(&owner_word) {
    if (cpus > 0 && cpus < cpus_)
        cpus_ = cpus;
    masks_ = cpus_ < usable_cpus();
    adopt_cut_signal();
}

std::uint64_t RealEngine::ticks_from_ns(DurationNs duration) const {
    return clock_.ticks_from_ns(duration);
}

DurationNs RealEngine::ns_from_ticks(std::uint64_t ticks) const {
    return static_cast<DurationNs>(static_cast<double>(ticks) * clock_.ns_per_tick);
}

bool RealEngine::start_machine(M& m) {
    const LockGuard guard(threads_lock_);
    join(m);  // the thread of an M that ended is on its last steps, and takes no lock any more
    m.g0 = Context{};
    try {
        m.thread = std::thread([this, &m] { thread_main(m); });
        return true;
    } catch (const std::system_error&) {
        return false;
    }
}

void RealEngine::thread_main(M& m) const {
    const SignalStack signal_stack;
    m.emergency_stack = signal_stack.emergency_top();
    m.spare_state = make_processor_state();
    block_outside_signals();
    prctl(PR_SET_TIMERSLACK, 1);  // timers of sleeping Ms fire within microseconds
    pthread_setname_np(pthread_self(), ("M" + std::to_string(m.id)).c_str());
    m.kernel_id.store(gettid(), std::memory_order_seq_cst);  // pairs with set_cpus()
    if (masks_.load(std::memory_order_seq_cst))
        keep_to_cpus(0);
    adopt_thread_stack(m.g0);
    set_this_machine(&m);
    m.scheduler->machine_main(m);
    set_this_machine(nullptr);
    free_processor_state(std::exchange(m.spare_state, nullptr));
}

// Thread 0: the calling one.
void RealEngine::keep_to_cpus(int thread) const {
    cpu_set_t mask;
    CPU_ZERO(&mask);
    for (int i = 0; i < cpus_.load(std::memory_order_seq_cst); ++i)
        CPU_SET(cpu_list_[static_cast<std::size_t>(i)], &mask);
    sched_setaffinity(thread, sizeof mask, &mask);
}

int RealEngine::set_cpus(int count, std::span<M* const> machines) {
    cpus_.store(std::clamp(count, 1, static_cast<int>(cpu_list_.size())),
                std::memory_order_seq_cst);
    masks_.store(true, std::memory_order_seq_cst);
    for (const M* m : machines) {
        if (const int thread = m->kernel_id.load(std::memory_order_seq_cst); thread != 0)
            keep_to_cpus(thread);
    }
    return cpus();
}

void RealEngine::park(M& m, std::uint64_t until) {
    std::uint32_t state = kAwake;
    // Acquire (here and below) pairs with the waker's release in wake(): what it prepared is seen.
    if (!m.parking.compare_exchange_strong(state, kAsleep, std::memory_order_acq_rel)) {
        m.parking.store(kAwake, std::memory_order_relaxed);  // a wake was pending: consumed
        return;
    }
    while (m.parking.load(std::memory_order_acquire) == kAsleep) {
        DurationNs timeout = -1;
        if (until != kNever) {
            const std::uint64_t now = read_ticks();
            if (now >= until)
                break;
            timeout = ns_from_ticks(until - now);
        }
        futex_wait(m.parking, kAsleep, timeout);
    }
    m.parking.exchange(kAwake, std::memory_order_acq_rel);
}

void RealEngine::wake(M& m) {
    // Release pairs with the acquire in park(); the kernel is asked only when somebody sleeps.
    if (m.parking.exchange(kWakePending, std::memory_order_acq_rel) == kAsleep)
        futex_wake(m.parking, 1);
}

void RealEngine::pause(M& /*m*/, DurationNs duration) {
    const timespec time{0, duration};
    nanosleep(&time, nullptr);  // gives the CPU away: the other M may be waiting for one
}

// --- Blocking calls

void RealEngine::sleep_in_call(M& m, std::uint64_t ticks) {
    const TimeNs until = monotonic_ns() + ns_from_ticks(ticks);
    const timespec deadline{until / kSecond, until % kSecond};
    while (!m.scheduler->calls_are_over() &&
           clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &deadline, nullptr) == EINTR) {
    }
}

void RealEngine::wait_in_call(M& /*m*/) {
    check_failed("wait_in_call() is for the virtual engine", __FILE__, __LINE__);
}

// A signal may come just before the call it is meant for: it is sent again until all are back.
bool RealEngine::cut_calls(std::span<M* const> machines, DurationNs patience) {
    const TimeNs deadline = monotonic_ns() + patience;
    for (;;) {
        bool all_back = true;
        for (M* m : machines) {
            // Acquire pairs with the release in leave_call().
            if (m->in_call.load(std::memory_order_acquire) == 0)
                continue;
            all_back = false;
            // By number: who made the thread may still be storing its handle.
            tgkill(getpid(), m->kernel_id.load(std::memory_order_relaxed), cut_signal());
        }
        if (all_back || monotonic_ns() >= deadline)
            return all_back;
        const timespec pause{0, 200 * kMicrosecond};
        nanosleep(&pause, nullptr);
    }
}

std::uint64_t RealEngine::advance(M& /*m*/, std::uint64_t /*ticks*/) {
    check_failed("advance() is for the virtual engine", __FILE__, __LINE__);
}

void RealEngine::run_until(const std::function<bool()>& done, DurationNs timeout) {
    const TimeNs deadline = timeout < 0 ? -1 : monotonic_ns() + timeout;
    for (;;) {
        // Acquire pairs with nudge_owner and trace::notify_control: a change after this load
        // changes the word we sleep on.
        const std::uint32_t seen = owner_word_->load(std::memory_order_acquire);
        if (done())
            return;
        const DurationNs left = deadline < 0 ? -1 : deadline - monotonic_ns();
        if (deadline >= 0 && left <= 0)
            return;
        futex_wait(*owner_word_, seen, left, FutexScope::Shared);
    }
}

void RealEngine::nudge_owner() {
    owner_word_->fetch_add(1, std::memory_order_release);  // pairs with the acquire in run_until
    futex_wake(*owner_word_, 1, FutexScope::Shared);
}

void RealEngine::join(M& m) {
    if (m.thread.joinable())
        m.thread.join();
}

}  // namespace golanes::rt

#include "core/runtime/preempt_signal.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/base/sanitizer.h"
#include "core/runtime/gotext.h"
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

#if defined(__x86_64__) && !defined(GOLANES_TSAN)
#define GOLANES_PREEMPTS_BY_SIGNAL 1
#include <cpuid.h>
#endif

extern "C" {
void golanes_async_preempt();
void golanes_preempted_here();
}

namespace golanes::rt {

#if defined(GOLANES_PREEMPTS_BY_SIGNAL)

namespace {

constexpr std::uintptr_t kRedZoneBytes = 128;
// What the yield itself may need; near the limit it has the reserve beyond it.
constexpr std::uintptr_t kYieldBytes = 8192;
// x87, SSE, AVX and the three parts of AVX-512: as in preempt_amd64.S.
constexpr unsigned kSavedParts = 0xE7;
constexpr std::size_t kLegacyAndHeaderBytes = 576;

bool has_xsavec() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid(1, &a, &b, &c, &d) == 0 || (c & bit_OSXSAVE) == 0)
        return false;
    return __get_cpuid_count(0xD, 1, &a, &b, &c, &d) != 0 && (a & 2U) != 0;
}

// Of the compacted form with all parts that we save.
std::size_t processor_state_bytes() {
    std::size_t bytes = kLegacyAndHeaderBytes;
    for (unsigned part = 2; part < 8; ++part) {
        unsigned size = 0, offset = 0, flags = 0, d = 0;
        if ((kSavedParts >> part & 1U) == 0 ||
            __get_cpuid_count(0xD, part, &size, &offset, &flags, &d) == 0)
            continue;
        bytes = (flags & 2U) != 0 ? (bytes + 63) / 64 * 64 : bytes;
        bytes += size;
    }
    return (bytes + 63) / 64 * 64;
}

void push(std::uintptr_t& stack, std::uintptr_t value) {
    stack -= sizeof value;
    std::memcpy(reinterpret_cast<void*>(stack), &value, sizeof value);
}

bool is_safe_point(const M& m, std::uintptr_t pc, std::uintptr_t sp) {
    if (m.current == nullptr || m.p == nullptr || m.visit_open || m.no_preempt != 0 ||
        m.p->preempt.load(std::memory_order_relaxed) == 0 || !in_scenario_code(pc))
        return false;
    const Stack& stack = m.current->stack;
    return sp < reinterpret_cast<std::uintptr_t>(stack.top()) &&
           sp > reinterpret_cast<std::uintptr_t>(stack.low) + kYieldBytes;
}

void on_preempt_signal(int /*signal*/, siginfo_t* /*info*/, void* context) {
    M* const m = this_machine();
    if (m == nullptr)
        return;
    m->signal_pending.store(false, std::memory_order_relaxed);
    auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext.gregs;
    const auto pc = static_cast<std::uintptr_t>(registers[REG_RIP]);
    auto sp = static_cast<std::uintptr_t>(registers[REG_RSP]);
    if (!is_safe_point(*m, pc, sp))
        return;
    void*& state = m->current->processor_state;
    if (state == nullptr)
        state = std::exchange(m->spare_state, nullptr);
    if (state == nullptr)
        return;
    m->current->is_cut_off = true;  // the stack may grow from here on, and that is not its doing
    sp -= kRedZoneBytes;
    push(sp, pc);
    push(sp, reinterpret_cast<std::uintptr_t>(state));
    registers[REG_RSP] = static_cast<greg_t>(sp);
    registers[REG_RIP] = reinterpret_cast<greg_t>(&golanes_async_preempt);
}

// errno belongs to the thread, and compilers keep its address.
GOLANES_OPAQUE int read_errno() {
    return errno;
}

GOLANES_OPAQUE void write_errno(int value) {
    errno = value;
}

}  // namespace

bool can_preempt_by_signal() {
    static const bool can = has_xsavec();
    return can;
}

void install_preempt_handler() {
    if (!can_preempt_by_signal())
        return;

    struct sigaction action {};

    action.sa_sigaction = on_preempt_signal;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART;
    sigfillset(&action.sa_mask);
    for (const int fault : {SIGSEGV, SIGBUS})  // its own pushes may let the stack grow
        sigdelset(&action.sa_mask, fault);
    sigaction(SIGURG, &action, nullptr);
}

void send_preempt_signal(M& m) {
    const int thread = m.kernel_id.load(std::memory_order_relaxed);
    if (thread != 0 && !m.signal_pending.exchange(true, std::memory_order_relaxed))
        syscall(SYS_tgkill, getpid(), thread, SIGURG);
}

void* make_processor_state() {
    if (!can_preempt_by_signal())
        return nullptr;
    static const std::size_t bytes = processor_state_bytes();
    void* state = std::aligned_alloc(64, bytes);
    GOLANES_CHECK(state != nullptr, "no memory for the registers of a goroutine");
    std::memset(state, 0, bytes);  // the header's unused words stay zero: XRSTOR asks for it
    return state;
}

#else

bool can_preempt_by_signal() {
    return false;
}

void install_preempt_handler() {}

void send_preempt_signal(M& /*m*/) {}

void* make_processor_state() {
    return nullptr;
}

#endif

void free_processor_state(void* state) {
    std::free(state);
}

}  // namespace golanes::rt

#if defined(GOLANES_PREEMPTS_BY_SIGNAL)

// What golanes_async_preempt calls: an ordinary call on the goroutine's stack.
void golanes_preempted_here() {
    const int kept = golanes::rt::read_errno();
    golanes::rt::M& m = *golanes::rt::this_machine();
    if (m.spare_state == nullptr)
        m.spare_state = golanes::rt::make_processor_state();
    m.scheduler->preempt_by_signal();
    golanes::rt::write_errno(kept);  // of the thread it goes on upon
}

#endif

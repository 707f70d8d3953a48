#include "core/runtime/stack_fault.h"

#include <cerrno>
#include <csignal>

#include <sys/mman.h>
#include <ucontext.h>

#include "core/base/check.h"
#include "core/runtime/gotext.h"
#include "core/runtime/machine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/stack.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

constexpr std::size_t kSignalBytes = std::size_t{64} << 10;
constexpr std::size_t kEmergencyBytes = std::size_t{128} << 10;

struct Previous {
    struct sigaction segv;
    struct sigaction bus;
};

Previous previous;  // written before any M runs

std::uintptr_t program_counter(const void* context) {
#if defined(__x86_64__)
    return static_cast<std::uintptr_t>(
        static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RIP]);
#else
    return static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.pc);
#endif
}

std::uintptr_t stack_pointer(const void* context) {
#if defined(__x86_64__)
    return static_cast<std::uintptr_t>(
        static_cast<const ucontext_t*>(context)->uc_mcontext.gregs[REG_RSP]);
#else
    return static_cast<std::uintptr_t>(static_cast<const ucontext_t*>(context)->uc_mcontext.sp);
#endif
}

// As if the interrupted instruction had been a call of Scheduler::overflow_main on another stack.
void continue_on_emergency_stack(void* context, void* top) {
    auto& registers = static_cast<ucontext_t*>(context)->uc_mcontext;
    const auto stack = reinterpret_cast<std::uintptr_t>(top);
    const auto entry = reinterpret_cast<std::uintptr_t>(&Scheduler::overflow_main);
#if defined(__x86_64__)
    registers.gregs[REG_RSP] = static_cast<greg_t>(stack - 8);  // where a return address would be
    registers.gregs[REG_RIP] = static_cast<greg_t>(entry);
#else
    registers.sp = stack;
    registers.pc = entry;
#endif
}

bool has(const G* g, const Stack& stack) {
    return g != nullptr && g->stack.low == stack.low;
}

// Whose stack is in use here. While a goroutine arrives it is `starting`, not yet `current`.
G* user_of(M& m, const Stack& stack) {
    return has(m.current, stack) ? m.current : has(m.starting.g, stack) ? m.starting.g : nullptr;
}

// The limit is reached in the program's own code, where nothing of ours is half done.
bool lay_to_rest(M& m, G& g, void* context) {
    if (m.emergency_stack == nullptr || m.current != &g || m.visit_open || m.no_preempt != 0 ||
        !in_scenario_code(program_counter(context)))
        return false;
    // Whoever ended there before has left its frames.
    clean_stack_for_reuse(static_cast<char*>(m.emergency_stack) - kEmergencyBytes, kEmergencyBytes);
    continue_on_emergency_stack(context, m.emergency_stack);
    return true;
}

// A frame of code that was not compiled by us may leap over the end of the stack into the next one.
bool leapt_out_of_stack(const M& m, const void* context) {
    const StackPool::Place place =
        StackPool::find(reinterpret_cast<const void*>(stack_pointer(context)));
    return m.current != nullptr && place.pool != nullptr && !has(m.current, place.stack) &&
           !has(m.starting.g, place.stack);
}

bool grow(M& m, G& g, const StackPool::Place& place, const void* address, void* context) {
    const std::size_t before = place.stack.committed();
    const bool may_end_here = in_scenario_code(program_counter(context)) && m.current == &g;
    switch (place.pool->grow(place.stack, address, !may_end_here)) {
        case StackPool::Growth::BeyondLimit:
            return lay_to_rest(m, g, context);
        case StackPool::Growth::Impossible:
            return false;
        case StackPool::Growth::Grown:
            break;
    }
    const std::size_t now = place.stack.committed();
    m.stack_notes.add({g.id,
                       trace::StackChange::Grown,
                       static_cast<std::uint32_t>(before),
                       static_cast<std::uint32_t>(now)});
    // It ends at its next call of the runtime, unless it was a preemption that needed the room.
    if (now > place.pool->limit() && m.p != nullptr && !g.is_cut_off)
        m.p->preempt.fetch_or(preempt_wish::kOverflow, std::memory_order_relaxed);
    return true;
}

// True: the goroutine goes on, or ends elsewhere.
bool handle(const void* address, void* context) {
    M* const m = this_machine();
    const StackPool::Place place = StackPool::find(address);
    if (m == nullptr || place.pool == nullptr)
        return false;
    if (G* const g = user_of(*m, place.stack); g != nullptr)
        return grow(*m, *g, place, address, context);
    return leapt_out_of_stack(*m, context) && lay_to_rest(*m, *m->current, context);
}

// Sanitizers and the crash handler were there first: what is not ours is theirs.
void pass_on(int signal, siginfo_t* info, void* context) {
    const struct sigaction& next = signal == SIGBUS ? previous.bus : previous.segv;
    if ((next.sa_flags & SA_SIGINFO) != 0)
        return next.sa_sigaction(signal, info, context);
    if (next.sa_handler != SIG_DFL && next.sa_handler != SIG_IGN)
        return next.sa_handler(signal);
    std::signal(signal, SIG_DFL);  // the instruction faults again, and ends the process
    if (info->si_code <= 0)
        raise(signal);
}

void on_fault(int signal, siginfo_t* info, void* context) {
    const int kept = errno;
    const bool is_fault = info->si_code > 0 && info->si_addr != nullptr;  // not sent by kill()
    if (!is_fault || !handle(info->si_addr, context))
        pass_on(signal, info, context);
    errno = kept;
}

void put_in_front(int signal, struct sigaction& before) {
    struct sigaction now {};

    sigaction(signal, nullptr, &now);
    if ((now.sa_flags & SA_SIGINFO) != 0 && now.sa_sigaction == on_fault)
        return;
    before = now;

    struct sigaction ours {};

    ours.sa_sigaction = on_fault;
    ours.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&ours.sa_mask);
    sigaction(signal, &ours, nullptr);
}

}  // namespace

SignalStack::SignalStack() {
    memory_ = mmap(nullptr,
                   kSignalBytes + kEmergencyBytes,
                   PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS,
                   -1,
                   0);
    GOLANES_CHECK(memory_ != MAP_FAILED, "no memory for a signal stack");
    stack_t stack{};
    stack.ss_sp = memory_;
    stack.ss_size = kSignalBytes;
    stack_t before{};
    sigaltstack(&stack, &before);
    before_ = before.ss_sp;
    before_bytes_ = before.ss_size;
    before_flags_ = before.ss_flags;
}

SignalStack::~SignalStack() {
    stack_t before{};
    before.ss_sp = before_;
    before.ss_size = before_bytes_;
    before.ss_flags = before_flags_;
    sigaltstack(&before, nullptr);
    munmap(memory_, kSignalBytes + kEmergencyBytes);
}

void* SignalStack::emergency_top() const {
    return static_cast<char*>(memory_) + kSignalBytes + kEmergencyBytes;
}

void install_stack_fault_handler() {
    put_in_front(SIGSEGV, previous.segv);
    put_in_front(SIGBUS, previous.bus);
}

bool is_beyond_stack_limit(const void* address) {
    const StackPool::Place place = StackPool::find(address);
    return place.pool != nullptr &&
           static_cast<const char*>(address) < place.stack.top() - place.pool->limit();
}

}  // namespace golanes::rt

#include "app/crash.h"

#include <csignal>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>
#include <unistd.h>

#include "core/runtime/run.h"

namespace golanes::app {
namespace {

trace::Control* watched = nullptr;
std::string json_head;  // set before any crash, only read in the handler
std::string json_tail;
AfterCrash afterwards = AfterCrash::Reraise;

const char* plain_words(int signal) {
    switch (signal) {
        case SIGFPE:
            return "division by zero (SIGFPE)";
        case SIGSEGV:
            return "access to memory that is not there (SIGSEGV)";
        case SIGBUS:
            return "access to memory that is not there (SIGBUS)";
        case SIGILL:
            return "illegal instruction (SIGILL)";
        case SIGABRT:
            return "abort (SIGABRT)";
        default:
            return "unknown signal";
    }
}

void write_all(int descriptor, const char* text, std::size_t length) {
    [[maybe_unused]] const auto written = ::write(descriptor, text, length);
}

// Async-signal-safe: no allocation, no lock.
void on_crash(int signal, siginfo_t* info, void* /*context*/) {
    const GoroutineId g = rt::current_goroutine();
    const bool is_overflow = rt::is_stack_overflow(info->si_addr);
    watched->crash_goroutine.store(g, std::memory_order_relaxed);
    watched->crash_address.store(is_overflow ? 1 : 0, std::memory_order_relaxed);
    watched->crash_signal.store(static_cast<std::uint32_t>(signal),
                                std::memory_order_release);  // after the two above
    char message[200];
    char line[256];
    const char* const what = is_overflow ? "stack overflow" : plain_words(signal);
    if (g != 0)
        std::snprintf(message, sizeof message, "%s in goroutine %u", what, g);
    else
        std::snprintf(message, sizeof message, "%s in a thread that runs no goroutine", what);
    std::snprintf(line, sizeof line, "golanes: the run crashed: %s\n", message);
    write_all(STDERR_FILENO, line, std::strlen(line));
    if (!json_head.empty()) {
        write_all(STDOUT_FILENO, json_head.data(), json_head.size());
        write_all(STDOUT_FILENO, message, std::strlen(message));
        write_all(STDOUT_FILENO, json_tail.data(), json_tail.size());
    }
    if (afterwards == AfterCrash::Exit1)
        _exit(1);
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

}  // namespace

void set_crash_json(std::string head, std::string tail) {
    json_head = std::move(head);
    json_tail = std::move(tail);
}

void install_crash_handler(trace::Control& control, AfterCrash after) {
    watched = &control;
    afterwards = after;

    struct sigaction action {};

    action.sa_sigaction = on_crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT})
        sigaction(signal, &action, nullptr);
}

std::string crash_words(int signal, bool is_overflow) {
    return is_overflow ? "stack overflow" : plain_words(signal);
}

}  // namespace golanes::app

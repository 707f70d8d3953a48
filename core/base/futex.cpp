#include "core/base/futex.h"

#include <ctime>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace golanes {
namespace {

int operation(int base, FutexScope scope) {
    return scope == FutexScope::Private ? base | FUTEX_PRIVATE_FLAG : base;
}

}  // namespace

void futex_wait(std::atomic<std::uint32_t>& word,
                std::uint32_t expected,
                DurationNs timeout,
                FutexScope scope) {
    timespec limit{};
    if (timeout >= 0) {
        limit.tv_sec = static_cast<time_t>(timeout / kSecond);
        limit.tv_nsec = static_cast<long>(timeout % kSecond);
    }
    syscall(SYS_futex,
            &word,
            operation(FUTEX_WAIT, scope),
            expected,
            timeout >= 0 ? &limit : nullptr,
            nullptr,
            0);
}

void futex_wake(std::atomic<std::uint32_t>& word, int count, FutexScope scope) {
    syscall(SYS_futex, &word, operation(FUTEX_WAKE, scope), count, nullptr, nullptr, 0);
}

}  // namespace golanes

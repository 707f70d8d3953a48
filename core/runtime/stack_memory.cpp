#include "core/runtime/stack_memory.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/base/sanitizer.h"

#ifndef MADV_GUARD_INSTALL
#define MADV_GUARD_INSTALL 102
#define MADV_GUARD_REMOVE 103
#endif
#ifndef UFFD_USER_MODE_ONLY
#define UFFD_USER_MODE_ONLY 1
#endif

namespace golanes::rt {
namespace {

// Raw calls: sanitizers wrap the library's, and the fault handler must not enter their runtime.
bool advise(char* low, std::size_t bytes, int advice) {
    return syscall(SYS_madvise, low, bytes, advice) == 0;
}

bool protect(char* low, std::size_t bytes, int rights) {
    return syscall(SYS_mprotect, low, bytes, rights) == 0;
}

char* map(std::size_t bytes, int rights) {
    void* memory = mmap(nullptr, bytes, rights, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? nullptr : static_cast<char*>(memory);
}

// A descriptor with which a touched page is a SIGBUS; -1 where that is not to be had.
int open_userfault() {
    const auto fd =
        static_cast<int>(syscall(SYS_userfaultfd, O_CLOEXEC | O_NONBLOCK | UFFD_USER_MODE_ONLY));
    if (fd < 0)
        return -1;
    uffdio_api api{};
    api.api = UFFD_API;
    api.features = UFFD_FEATURE_SIGBUS;
    if (ioctl(fd, UFFDIO_API, &api) == 0)
        return fd;
    close(fd);
    return -1;
}

bool guards_work() {
    char* page = map(kPageBytes, PROT_READ | PROT_WRITE);
    if (page == nullptr)
        return false;
    const bool works = advise(page, kPageBytes, MADV_GUARD_INSTALL);
    munmap(page, kPageBytes);
    return works;
}

bool userfaults_work() {
    const int fd = open_userfault();
    if (fd >= 0)
        close(fd);
    return fd >= 0;
}

// ThreadSanitizer's own functions run on the goroutine's stack, deeper than one page and with its
// locks held: a fault there may meet the very same locks.
constexpr bool kFaultsAreSafe = !kUnderTsan;

bool works(StackBackend backend) {
    if (!kFaultsAreSafe && backend != StackBackend::Plain)
        return false;
    switch (backend) {
        case StackBackend::Guard:
            return guards_work();
        case StackBackend::Userfault:
            return userfaults_work();
        case StackBackend::Protect:
        case StackBackend::Plain:
            return true;
    }
    return false;
}

}  // namespace

StackBackend choose_stack_backend(StackBackends allowed) {
    for (const auto backend :
         {StackBackend::Guard, StackBackend::Userfault, StackBackend::Protect}) {
        if ((allowed & only(backend)) != 0 && works(backend))
            return backend;
    }
    return StackBackend::Plain;
}

std::string_view stack_backend_name(StackBackend backend) {
    static constexpr std::array<std::string_view, 4> kNames{
        "guard regions", "userfaultfd", "mprotect", "none"};
    return kNames[static_cast<std::size_t>(backend)];
}

StackMemory::StackMemory(StackBackend backend)
    : backend_(backend), userfault_(backend == StackBackend::Userfault ? open_userfault() : -1) {
    if (backend == StackBackend::Userfault && userfault_ < 0)
        backend_ = StackBackend::Protect;  // it was to be had a moment ago
}

StackMemory::~StackMemory() {
    if (userfault_ >= 0)
        ::close(userfault_);
}

char* StackMemory::reserve(std::size_t bytes) const {
    const bool closed = backend_ == StackBackend::Protect;
    char* memory = map(bytes, closed ? PROT_NONE : PROT_READ | PROT_WRITE);
    if (memory == nullptr)
        return nullptr;
    madvise(memory, bytes, MADV_NOHUGEPAGE);
    madvise(memory, bytes, MADV_DONTDUMP);
    if (backend_ != StackBackend::Userfault)
        return memory;
    uffdio_register range{};
    range.range.start = reinterpret_cast<std::uintptr_t>(memory);
    range.range.len = bytes;
    range.mode = UFFDIO_REGISTER_MODE_MISSING;
    if (ioctl(userfault_, UFFDIO_REGISTER, &range) == 0)
        return memory;
    munmap(memory, bytes);
    return nullptr;
}

bool StackMemory::open(char* low, std::size_t bytes) const {
    switch (backend_) {
        case StackBackend::Guard:
            return advise(low, bytes, MADV_GUARD_REMOVE);
        case StackBackend::Userfault: {
            uffdio_zeropage zero{};
            zero.range.start = reinterpret_cast<std::uintptr_t>(low);
            zero.range.len = bytes;
            return syscall(SYS_ioctl, userfault_, UFFDIO_ZEROPAGE, &zero) == 0;
        }
        case StackBackend::Protect:
            return protect(low, bytes, PROT_READ | PROT_WRITE);
        case StackBackend::Plain:
            break;
    }
    return true;
}

void StackMemory::close(char* low, std::size_t bytes) const {
    if (backend_ == StackBackend::Guard) {
        GOLANES_CHECK(advise(low, bytes, MADV_GUARD_INSTALL), "guard regions work");
        return;
    }
    advise(low, bytes, MADV_DONTNEED);
    if (backend_ == StackBackend::Protect)
        GOLANES_CHECK(protect(low, bytes, PROT_NONE), "a stack's pages can be withheld again");
}

void StackMemory::wall_off(char* page) {
    if (!advise(page, kPageBytes, MADV_GUARD_INSTALL))
        protect(page, kPageBytes, PROT_NONE);
}

}  // namespace golanes::rt

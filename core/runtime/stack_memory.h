#pragma once
// StackMemory: how the kernel is made to tell us that a goroutine needs more stack. Pages below the
// part in use are withheld; a touch is a signal, and the handler gives more. Four ways, the best
// one that this kernel and this container allow:
//
// Guard       guard regions (Linux 6.13): one mapping for all stacks, nothing to ask permission
// for. Userfault   userfaultfd with signals instead of messages (USER_MODE_ONLY, needs no
// privilege). Protect     mprotect: two mappings a stack, of which a process may have 65,530. Plain
// nothing: the whole stack is usable at once and growth cannot be seen.
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace golanes::rt {

enum class StackBackend : std::uint8_t { Guard, Userfault, Protect, Plain };

inline constexpr std::size_t kPageBytes = 4096;

/// A bit for each StackBackend that may be used.
using StackBackends = unsigned;
inline constexpr StackBackends kAllStackBackends = 0xF;

constexpr StackBackends only(StackBackend backend) {
    return 1U << static_cast<unsigned>(backend);
}

/// The first allowed one that works here, tried out. Plain works everywhere.
StackBackend choose_stack_backend(StackBackends allowed);

/// "guard regions", "userfaultfd", ...
std::string_view stack_backend_name(StackBackend backend);

/// Threads: any, for different stacks.
class StackMemory {
 public:
    explicit StackMemory(StackBackend backend);
    ~StackMemory();
    StackMemory(const StackMemory&) = delete;
    StackMemory& operator=(const StackMemory&) = delete;

    [[nodiscard]] StackBackend backend() const { return backend_; }

    /// Addresses without memory; null when there are none. All of it is withheld where
    /// withholds_all() says so, else usable. With Plain it is always usable.
    [[nodiscard]] char* reserve(std::size_t bytes) const;

    [[nodiscard]] bool withholds_all() const {
        return backend_ == StackBackend::Userfault || backend_ == StackBackend::Protect;
    }

    /// Makes withheld pages usable. Async-signal-safe. False: the kernel has no more to give.
    [[nodiscard]] bool open(char* low, std::size_t bytes) const;
    /// Gives their memory back and withholds them. Plain: only the former.
    void close(char* low, std::size_t bytes) const;
    /// A page that nothing ever opens, where the backend does not withhold pages by itself.
    static void wall_off(char* page);

 private:
    StackBackend backend_;
    int userfault_ = -1;
};

}  // namespace golanes::rt

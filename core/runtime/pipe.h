#pragma once
// Pipe: a kernel pipe between goroutines of one run. Who reads an empty one, or writes a full one,
// blocks its thread in the kernel (blocking.h). In a virtual run the waiting is virtual: the M is
// away from its core until the other end acts.
#include <cstddef>
#include <span>
#include <vector>

#include "core/runtime/blocking.h"

namespace golanes::rt {

struct M;

/// Threads: goroutines of the run that made it. An end may be closed while others use the other
/// one; who still uses the end that is closed is in error. Lifetime: it closes both ends.
class Pipe {
 public:
    /// Requires: called by a goroutine. Errors: see error().
    Pipe();
    ~Pipe();
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    /// The errno of the making; 0: it is there.
    [[nodiscard]] int error() const { return error_; }

    /// Waits until there is something, and takes up to into.size() bytes. 0: the write end is
    /// closed and all was read.
    CallResult read(std::span<std::byte> into, const Where& where = Where::here());
    /// Waits until there is room, and writes. Errors: EPIPE when the read end is closed.
    CallResult write(std::span<const std::byte> from, const Where& where = Where::here());
    void close_read();
    void close_write();

 private:
    template <typename F>
    CallResult call(F f, const Where& where);
    void wake_waiting();

    int read_end_ = -1;
    int write_end_ = -1;
    int error_ = 0;
    bool is_virtual_;
    std::vector<M*> waiting_;  ///< Virtual: those away in read() or write().
};

}  // namespace golanes::rt

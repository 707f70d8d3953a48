#include "core/runtime/pipe.h"

#include <fcntl.h>
#include <unistd.h>

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

Pipe::Pipe() : is_virtual_(this_machine()->scheduler->engine().is_virtual()) {
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC | (is_virtual_ ? O_NONBLOCK : 0)) != 0)
        error_ = errno;
    read_end_ = ends[0];
    write_end_ = ends[1];
}

Pipe::~Pipe() {
    close_read();
    close_write();
}

// In virtual time the descriptors never block: who finds nothing is away until the other end has
// acted, and tries again.
template <typename F>
CallResult Pipe::call(F f, const Where& where) {
    return blocking(
        [&] {
            for (;;) {
                if (detail::calls_are_over())
                    return CallResult{-1, EINTR};
                const CallResult result = retry_call(f);
                if (!is_virtual_)
                    return result;
                if (result.error != EAGAIN) {
                    wake_waiting();
                    return result;
                }
                M& m = *this_machine();
                waiting_.push_back(&m);
                m.scheduler->engine().wait_in_call(m);
            }
        },
        where);
}

void Pipe::wake_waiting() {
    for (M* m : std::exchange(waiting_, {}))
        m->scheduler->engine().end_wait(*m);
}

CallResult Pipe::read(std::span<std::byte> into, const Where& where) {
    return call([&] { return ::read(read_end_, into.data(), into.size()); }, where);
}

CallResult Pipe::write(std::span<const std::byte> from, const Where& where) {
    // Without this check a virtual run would get a SIGPIPE: its thread is not ours.
    if (read_end_ < 0)
        return {-1, EPIPE};
    return call([&] { return ::write(write_end_, from.data(), from.size()); }, where);
}

void Pipe::close_read() {
    if (const int end = std::exchange(read_end_, -1); end >= 0)
        ::close(end);
    wake_waiting();
}

void Pipe::close_write() {
    if (const int end = std::exchange(write_end_, -1); end >= 0)
        ::close(end);
    wake_waiting();
}

}  // namespace golanes::rt

#include "core/runtime/blocking.h"

#include <array>

#include <fcntl.h>
#include <unistd.h>

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

namespace detail {

void enter_call(const Where& where) {
    this_machine()->scheduler->enter_call(where);
}

void leave_call() {
    this_machine()->scheduler->leave_call();
}

bool calls_are_over() {
    return this_machine()->scheduler->calls_are_over();
}

}  // namespace detail

namespace {

CallResult read_all(int descriptor, std::string& text) {
    std::array<char, 4096> piece;
    for (;;) {
        const CallResult read =
            retry_call([&] { return ::read(descriptor, piece.data(), piece.size()); });
        if (read.value <= 0)
            return read.ok() ? CallResult{static_cast<std::int64_t>(text.size()), 0} : read;
        text.append(piece.data(), static_cast<std::size_t>(read.value));
    }
}

}  // namespace

void blocking_sleep(DurationNs duration, const Where& where) {
    blocking(
        [duration] {
            M& m = *this_machine();
            Engine& engine = m.scheduler->engine();
            if (duration > 0 && m.in_call.load(std::memory_order_relaxed) != 0)
                engine.sleep_in_call(m, engine.ticks_from_ns(duration));
        },
        where);
}

CallResult blocking_read(int descriptor, std::span<std::byte> into, const Where& where) {
    return blocking_call([&] { return ::read(descriptor, into.data(), into.size()); }, where);
}

CallResult blocking_write(int descriptor, std::span<const std::byte> from, const Where& where) {
    return blocking_call([&] { return ::write(descriptor, from.data(), from.size()); }, where);
}

CallResult read_file(const std::string& path, std::string& text, const Where& where) {
    return blocking(
        [&] {
            text.clear();
            const CallResult opened =
                retry_call([&] { return ::open(path.c_str(), O_RDONLY | O_CLOEXEC); });
            if (!opened.ok())
                return opened;
            const int descriptor = static_cast<int>(opened.value);
            const CallResult result = read_all(descriptor, text);
            ::close(descriptor);
            return result;
        },
        where);
}

}  // namespace golanes::rt

#pragma once
// headline(): the first paragraph of a run's message. What follows it are the lines of goroutines.
#include <string_view>

namespace golanes {

/// "panic: x" of "panic: x\n\ngoroutine 7 [running]: ...".
constexpr std::string_view headline(std::string_view message) {
    return message.substr(0, message.find("\n\n"));
}

}  // namespace golanes

#include "core/base/time.h"

#include <array>
#include <charconv>
#include <cmath>
#include <ctime>
#include <utility>

#include <fmt/format.h>

namespace golanes {
namespace {

struct Unit {
    std::string_view name;
    double ns;
};

constexpr std::array<Unit, 6> kUnits{
    {{"ns", 1}, {"us", 1e3}, {"\xC2\xB5s", 1e3}, {"ms", 1e6}, {"s", 1e9}, {"m", 60e9}}};

}  // namespace

Result<DurationNs> parse_duration(std::string_view text) {
    const auto fail = [&] {
        return Error{
            fmt::format("\"{}\" is not a duration: write a number and a unit (ns, us, ms, s, m), "
                        "for example 10ms",
                        text)};
    };
    double number = 0;
    const auto [rest, code] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (code != std::errc() || !std::isfinite(number) || number < 0)
        return fail();
    const std::string_view suffix = text.substr(static_cast<std::size_t>(rest - text.data()));
    for (const Unit& unit : kUnits) {
        if (suffix == unit.name && number * unit.ns < 9e18)
            return static_cast<DurationNs>(std::llround(number * unit.ns));
    }
    if (suffix.empty() && number == 0)
        return DurationNs{0};
    return fail();
}

std::string format_duration(DurationNs duration) {
    const auto ns = static_cast<double>(duration);
    const double size = std::fabs(ns);
    const auto write = [](double value, const char* unit) {
        const double magnitude = std::fabs(value);
        const int decimals = magnitude >= 99.95 ? 0 : magnitude >= 9.995 ? 1 : 2;
        return fmt::format("{:.{}f} {}", value, decimals, unit);
    };
    if (size < 1e3)
        return fmt::format("{} ns", duration);
    if (size < 999.5e3)
        return write(ns / 1e3, "\xC2\xB5s");
    if (size < 999.5e6)
        return write(ns / 1e6, "ms");
    return write(ns / 1e9, "s");
}

TimeNs monotonic_ns() {
    timespec now{};
    clock_gettime(CLOCK_MONOTONIC, &now);
    return TimeNs{now.tv_sec} * kSecond + now.tv_nsec;
}

}  // namespace golanes

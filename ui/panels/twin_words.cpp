#include "ui/panels/twin_words.h"

#include <fmt/format.h>

#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

constexpr double kAlike = 0.05;  ///< Two wall times so near each other are about the same.

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

std::string times(double factor) {
    return fmt::format("{:.2f}", factor);
}

}  // namespace

std::string traits_words(const view::RunTraits& traits) {
    std::string words = say("P = {}", traits.procs);
    const auto add = [&](const std::string& more) {
        words += ", " + more;
    };
    if (traits.cpus != 0)
        add(say(tr("CPUs: {}"), traits.cpus));
    if (traits.tells_engine)
        add(traits.is_virtual ? tr("virtual engine") : tr("real engine"));
    for (const std::string& setting : traits.settings)
        add(setting);
    if (!traits.source.empty())
        words = traits.source + ", " + words;
    if (!traits.scenario.empty())
        words = traits.scenario + ", " + words;
    return words;
}

std::string verdict_words(const std::string& first,
                          const std::string& second,
                          std::optional<double> speed_up) {
    if (!speed_up)
        return say(tr("A ({0}) and B ({1}): there is no speed-up to tell."), first, second);
    if (*speed_up >= 1 + kAlike)
        return say(
            tr("B ({1}) was {2} times as fast as A ({0})."), first, second, times(*speed_up));
    if (*speed_up <= 1 - kAlike)
        return say(
            tr("B ({1}) took {2} times as long as A ({0})."), first, second, times(1 / *speed_up));
    return say(tr("B ({1}) took about as long as A ({0})."), first, second);
}

std::string speed_up_words(const model::RunCost& first,
                           const model::RunCost& second,
                           std::optional<double> speed_up) {
    if (!speed_up)
        return tr("Only two runs that finished can be set against each other.");
    return say(tr("Speed-up = wall time of A / wall time of B = {0} / {1} = {2}"),
               format_duration(first.wall_ns),
               format_duration(second.wall_ns),
               times(*speed_up));
}

std::string cost_words(const model::RunCost& cost) {
    return say(tr("wall time {0}, CPU time {1}, at most {2} running at once"),
               format_duration(cost.wall_ns),
               format_duration(cost.cpu_ns),
               cost.max_running);
}

}  // namespace golanes::ui

#include "tests/app/replay/logical.h"

#include <fmt/format.h>

#include "core/base/random.h"

namespace golanes::test {
namespace {

using trace::EventType;

std::string line_of(const trace::Event& event, TimeNs begin, const trace::Names& names) {
    const trace::EventInfo& info = trace::info_of(event.type);
    const bool is_run = event.type == EventType::RunBegin || event.type == EventType::RunEnd;
    const bool is_text = info.arg.substr(0, 6) == "string";
    return fmt::format(
        "{} {} {} {} {} {} {}",
        static_cast<TimeNs>(event.time) - begin,
        info.name,
        is_run ? 0 : event.a,
        event.seq,
        event.flags,
        event.p,
        is_text ? names.string(static_cast<StringId>(event.arg)) : fmt::format("{}", event.arg));
}

}  // namespace

std::vector<std::string> logical_events(const recording::Snapshot& recording, std::size_t index) {
    std::vector<std::string> lines;
    std::size_t runs = 0;
    TimeNs begin = 0;
    recording.for_each([&](const trace::Event& event) {
        if (event.type == EventType::RunBegin) {
            ++runs;
            begin = static_cast<TimeNs>(event.time);
        }
        if (runs == index + 1 && trace::info_of(event.type).nature == trace::Nature::Logical)
            lines.push_back(line_of(event, begin, *recording.names));
    });
    return lines;
}

std::uint64_t logical_hash(const std::vector<std::string>& events) {
    std::uint64_t hash = events.size();
    for (const std::string& line : events) {
        for (const char c : line)
            hash = mix64(hash ^ static_cast<unsigned char>(c));
    }
    return hash;
}

}  // namespace golanes::test

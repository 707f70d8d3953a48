#include "core/lessons/link.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace golanes::lessons {
namespace {

struct KindName {
    std::string_view name;
    LinkKind kind;
};

constexpr std::array kKinds{KindName{"view", LinkKind::View},
                            KindName{"goroutine", LinkKind::Goroutine},
                            KindName{"time", LinkKind::Time},
                            KindName{"run", LinkKind::Run},
                            KindName{"procs", LinkKind::Procs}};

std::optional<std::uint32_t> whole_number(std::string_view text) {
    std::uint32_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return value;
}

// "preset=without&procs=4" as "--preset without --procs 4"; empty: it is not of that form.
std::optional<std::string> words_of(std::string_view query) {
    std::string words;
    while (!query.empty()) {
        const std::string_view one = query.substr(0, query.find('&'));
        query.remove_prefix(std::min(query.size(), one.size() + 1));
        const auto equals = one.find('=');
        if (equals == std::string_view::npos || equals == 0 || equals + 1 == one.size() ||
            one.find(' ') != std::string_view::npos)
            return std::nullopt;
        words += fmt::format(
            "{}--{} {}", words.empty() ? "" : " ", one.substr(0, equals), one.substr(equals + 1));
    }
    return words;
}

/// Takes what stands behind the colon; false: it is not understood.
bool read_target(std::string_view target, Link& link) {
    switch (link.kind) {
        case LinkKind::View:
            link.name = target;
            return true;
        case LinkKind::Goroutine:
            link.number = whole_number(target).value_or(0);
            link.name = link.number == 0 ? std::string(target) : "";
            return true;
        case LinkKind::Procs:
            link.number = whole_number(target).value_or(0);
            return link.number > 0;
        case LinkKind::Time: {
            const auto time = parse_duration(target);
            link.time = time ? time.value() : -1;
            return link.time >= 0;
        }
        case LinkKind::Run: {
            const auto mark = std::min(target.find('?'), target.size());
            link.name = target.substr(0, mark);
            const auto words = words_of(target.substr(std::min(target.size(), mark + 1)));
            link.words = words.value_or("");
            return words.has_value() && !link.name.empty();
        }
    }
    return false;
}

}  // namespace

Result<Link> parse_link(std::string_view text) {
    const auto colon = text.find(':');
    const auto* const kind = std::find_if(kKinds.begin(), kKinds.end(), [&](const KindName& each) {
        return each.name == text.substr(0, colon);
    });
    Link link;
    if (colon == std::string_view::npos || colon + 1 == text.size() || kind == kKinds.end())
        return Error{fmt::format("\"{}\" is no link like view:why or goroutine:7", text)};
    link.kind = kind->kind;
    if (!read_target(text.substr(colon + 1), link))
        return Error{fmt::format("the link \"{}\" is not understood", text)};
    return link;
}

}  // namespace golanes::lessons

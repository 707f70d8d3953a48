#include "ui/view/twin_lines.h"

#include <algorithm>
#include <array>
#include <regex>
#include <span>
#include <string>

namespace golanes::view {
namespace {

/// A call in one language. What group 1 of the pattern takes in makes it no call.
struct Pattern {
    const char* text;
    std::string_view call;
};

constexpr std::array kCpp{Pattern{R"(()\.(?:fetch_)?add\()", "add"},
                          Pattern{R"(()[.>]done\()", "done"},
                          Pattern{R"((child-)?[.>]wait\()", "wait"},
                          Pattern{R"(([\w.:])?go\()", "go"},
                          Pattern{R"(()\bChan<[\w:]+> \w+\(\d)", "make"},
                          Pattern{R"(()\.send\()", "send"},
                          Pattern{R"(()\.recv\()", "recv"},
                          Pattern{R"(()\.close\()", "close"},
                          Pattern{R"(()\bgosched\()", "gosched"},
                          Pattern{R"((_)?\bsleep\()", "sleep"},
                          Pattern{R"(()\bblocking_sleep\()", "syscall"},
                          Pattern{R"(([\w.>])?work\()", "work"},
                          Pattern{R"(()\.lock\()", "lock"},
                          Pattern{R"(()\.unlock\()", "unlock"},
                          Pattern{R"(()\.store\()", "store"},
                          Pattern{R"(()\.compare_exchange\()", "cas"},
                          Pattern{R"(()\block_os_thread\()", "lock thread"},
                          Pattern{R"(()\bunlock_os_thread\()", "unlock thread"},
                          Pattern{R"((\w)?panic\()", "panic"},
                          Pattern{R"((\w)?recover\()", "recover"}};

constexpr std::array kGo{Pattern{R"(()\.Add\()", "add"},
                         Pattern{R"(()\.Done\()", "done"},
                         Pattern{R"(()\.Wait\()", "wait"},
                         Pattern{R"(()\bgo (?:func|\w+)\b)", "go"},
                         Pattern{R"(()\bmake\(chan\b)", "make"},
                         Pattern{R"(()\w+ <- )", "send"},
                         Pattern{R"((\w )?<-\w)", "recv"},
                         Pattern{R"(([\w.])?close\()", "close"},
                         Pattern{R"(()\bruntime\.Gosched\()", "gosched"},
                         Pattern{R"(()\btime\.Sleep\()", "sleep"},
                         Pattern{R"(()\bsyscall\.Nanosleep\()", "syscall"},
                         Pattern{R"(()\btwin\.Work\()", "work"},
                         Pattern{R"(()\.Lock\()", "lock"},
                         Pattern{R"(()\.Unlock\()", "unlock"},
                         Pattern{R"(()\.Store\()", "store"},
                         Pattern{R"(()\.CompareAndSwap\()", "cas"},
                         Pattern{R"(()\bLockOSThread\()", "lock thread"},
                         Pattern{R"(()\bUnlockOSThread\()", "unlock thread"},
                         Pattern{R"((\w)?panic\()", "panic"},
                         Pattern{R"((\w)?recover\()", "recover"}};

struct Call {
    std::ptrdiff_t at = 0;
    std::string_view call;
};

/// The text with comments and what stands in quotes blanked out.
std::string without_words(std::string_view text) {
    std::string bare(text);
    for (std::size_t i = 0; i < bare.size(); ++i) {
        const bool quote = bare[i] == '"';
        if (!quote && bare.compare(i, 2, "//") != 0)
            continue;
        while (++i < bare.size() && bare[i] != '\n' && !(quote && bare[i] == '"')) {
            if (quote && bare[i] == '\\' && i + 1 < bare.size())
                bare[i++] = ' ';
            bare[i] = ' ';
        }
    }
    return bare;
}

std::vector<Call> calls_in(const std::string& text, std::span<const Pattern> patterns) {
    std::vector<Call> calls;
    for (const Pattern& pattern : patterns) {
        const std::regex regex(pattern.text);
        for (std::sregex_iterator it(text.begin(), text.end(), regex), end; it != end; ++it) {
            if ((*it)[1].length() == 0)
                calls.push_back({it->position(), pattern.call});
        }
    }
    std::ranges::sort(calls, {}, &Call::at);
    return calls;
}

std::uint32_t line_at(std::string_view text, std::ptrdiff_t at) {
    return 1 + static_cast<std::uint32_t>(std::count(text.begin(), text.begin() + at, '\n'));
}

/// What stands before the program: the scenario's description.
std::size_t begin_of_program(std::string_view cpp) {
    const std::size_t scenario = cpp.find("kScenario");
    const std::size_t end =
        scenario == std::string_view::npos ? scenario : cpp.find("\n};", scenario);
    return end == std::string_view::npos ? 0 : end;
}

}  // namespace

std::vector<TwinLine> twin_lines(std::string_view cpp, std::string_view go) {
    std::string ours = without_words(cpp);
    const std::string theirs = without_words(go);
    std::fill_n(ours.begin(), begin_of_program(cpp), ' ');
    const auto here = calls_in(ours, kCpp);
    const auto there = calls_in(theirs, kGo);
    std::vector<TwinLine> lines;
    if (!std::ranges::equal(here, there, {}, &Call::call, &Call::call))
        return lines;
    for (std::size_t i = 0; i < here.size(); ++i) {
        const TwinLine line{line_at(cpp, here[i].at), line_at(go, there[i].at)};
        if (lines.empty() || !(lines.back() == line))
            lines.push_back(line);
    }
    return lines;
}

std::uint32_t go_line_of(const std::vector<TwinLine>& lines, std::uint32_t cpp_line) {
    std::uint32_t found = 0;
    for (const TwinLine& line : lines) {
        if (line.cpp <= cpp_line)
            found = line.go;
    }
    return found;
}

}  // namespace golanes::view

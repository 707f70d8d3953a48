#include "tests/ui/source_strings.h"

#include <cctype>
#include <fstream>
#include <iterator>
#include <string_view>

namespace golanes::ui {
namespace {

void skip_space(std::string_view text, std::size_t& at) {
    while (at < text.size() && std::isspace(static_cast<unsigned char>(text[at])) != 0)
        ++at;
}

char unescaped(char c) {
    return c == 'n' ? '\n' : c == 't' ? '\t' : c;
}

/// Reads the literals at `at`, one after another.
std::string read_literals(std::string_view text, std::size_t at) {
    std::string value;
    skip_space(text, at);
    while (at < text.size() && text[at] == '"') {
        for (++at; at < text.size() && text[at] != '"'; ++at) {
            if (text[at] == '\\' && at + 1 < text.size())
                value += unescaped(text[++at]);
            else
                value += text[at];
        }
        ++at;
        skip_space(text, at);
    }
    return value;
}

bool is_word(char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

void collect(std::string_view text,
             std::string_view call,
             const std::string& file,
             std::map<std::string, std::string>& found) {
    for (std::size_t at = text.find(call); at != std::string_view::npos;
         at = text.find(call, at + 1)) {
        if (at > 0 && is_word(text[at - 1]))
            continue;
        const std::string value = read_literals(text, at + call.size());
        if (!value.empty())
            found.emplace(value, file);
    }
}

}  // namespace

std::map<std::string, std::string> source_strings(const std::filesystem::path& folder) {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const auto extension = entry.path().extension();
        if (extension != ".cpp" && extension != ".h")
            continue;
        std::ifstream stream(entry.path());
        const std::string text{std::istreambuf_iterator<char>(stream), {}};
        collect(text, "tr(", entry.path().filename().string(), found);
        collect(text, "tr_later(", entry.path().filename().string(), found);
    }
    return found;
}

}  // namespace golanes::ui

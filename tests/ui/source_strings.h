#pragma once
// Collects the literals of tr("...") and tr_later("...") from the sources under ui/.
#include <filesystem>
#include <map>
#include <string>

namespace golanes::ui {

/// Text to the file that uses it. Adjacent literals are joined, escapes resolved.
std::map<std::string, std::string> source_strings(const std::filesystem::path& folder);

}  // namespace golanes::ui

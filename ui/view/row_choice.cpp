#include "ui/view/row_choice.h"

#include <algorithm>
#include <cctype>

namespace golanes::view {
namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) {
        return c < 0x80 ? static_cast<char>(std::tolower(c)) : static_cast<char>(c);
    });
    return text;
}

}  // namespace

bool RowChoice::is_pinned(GoroutineId g) const {
    return std::find(pinned.begin(), pinned.end(), g) != pinned.end();
}

void RowChoice::toggle_folded(RowKind heading) {
    if (folded.erase(heading) == 0)
        folded.insert(heading);
}

void RowChoice::toggle_pinned(GoroutineId g) {
    const auto found = std::find(pinned.begin(), pinned.end(), g);
    if (found == pinned.end())
        pinned.push_back(g);
    else
        pinned.erase(found);
}

bool is_heading(RowKind kind) {
    return kind == RowKind::ProcHeading || kind == RowKind::MachineHeading ||
           kind == RowKind::CpuHeading || kind == RowKind::GoroutineHeading;
}

bool matches_filter(const std::string& filter, GoroutineId g, const std::string& name) {
    const std::string wanted = lower(filter);
    return lower(name).find(wanted) != std::string::npos || wanted == "g" + std::to_string(g);
}

}  // namespace golanes::view

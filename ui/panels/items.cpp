#include "ui/panels/items.h"

#include <algorithm>

namespace golanes::ui {
namespace {

struct Named {
    std::string name;
    ItemRect rect;
};

struct Registry {
    bool on = false;
    std::vector<Named> items;
};

Registry& registry() {
    static Registry instance;
    return instance;
}

void add(std::string name, const ItemRect& rect) {
    registry().items.push_back({std::move(name), rect});
}

}  // namespace

void tag(const char* name) {
    if (registry().on)
        add(name, {ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), ImGui::IsItemVisible()});
}

void tag(const std::string& name) {
    tag(name.c_str());
}

void tag_rect(const char* name, ImVec2 min, ImVec2 max) {
    if (registry().on)
        add(name, {min, max, true});
}

void record_items(bool on) {
    registry().on = on;
    registry().items.clear();
}

bool recording_items() {
    return registry().on;
}

void begin_items() {
    registry().items.clear();
}

std::optional<ItemRect> find_item(std::string_view name) {
    const auto& items = registry().items;
    const auto found = std::find_if(
        items.rbegin(), items.rend(), [&](const Named& item) { return item.name == name; });
    if (found == items.rend())
        return std::nullopt;
    return found->rect;
}

std::vector<std::string> item_names() {
    std::vector<std::string> names;
    for (const Named& item : registry().items)
        names.push_back(item.name);
    return names;
}

}  // namespace golanes::ui

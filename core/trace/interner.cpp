#include "core/trace/interner.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace golanes::trace {
namespace {

constexpr std::string_view kThisFile = "core/trace/interner.cpp";

// The compiler's path, cut to the part inside the source tree, whatever folder it was built in.
// This file's own path tells where the tree begins; scenarios of another tree are cut by name.
std::string_view path_in_tree(std::string_view path) {
    constexpr std::string_view kHere = __FILE__;
    constexpr std::string_view kRoot = kHere.substr(0, kHere.size() - kThisFile.size());
    if (path.starts_with(kRoot))
        return path.substr(kRoot.size());
    const auto scenarios = path.rfind("/scenarios/");
    return scenarios == std::string_view::npos ? path : path.substr(scenarios + 1);
}

std::string place_key(std::string_view file, std::uint32_t line, std::string_view label) {
    return fmt::format("{}:{}:{}", file, line, label);
}

}  // namespace

Interner::Interner(const RunRegion& region) : region_(&region) {
    // A process that joins a region goes on where the tables end.
    Names names;
    read_names(region, names);
    const LockGuard guard(lock_);
    for (std::size_t i = 1; i < names.strings.size(); ++i) {
        strings_.emplace(names.strings[i], static_cast<StringId>(i));
        bytes_used_ += static_cast<std::uint32_t>(names.strings[i].size());
    }
    for (std::size_t i = 1; i < names.places.size(); ++i) {
        const Place& place = names.places[i];
        places_.emplace(place_key(place.file, place.line, place.label), static_cast<PlaceId>(i));
    }
    full_ = string_locked("(text lost: the string table of this run is full)");
}

StringId Interner::string(std::string_view text) {
    const LockGuard guard(lock_);
    return string_locked(text);
}

StringId Interner::string_locked(std::string_view text) {
    if (text.empty())
        return 0;
    if (const auto known = strings_.find(std::string(text)); known != strings_.end())
        return known->second;
    RegionHeader& header = region_->header();
    const RegionShape& shape = region_->shape();
    const std::uint32_t id =
        header.string_count.load(std::memory_order_relaxed);  // only we write it
    if (id >= shape.max_strings || text.size() > shape.string_bytes - bytes_used_)
        return full_;
    auto* offsets = region_->at<std::uint32_t>(shape.string_offsets_offset);
    std::memcpy(
        region_->at<char>(shape.string_bytes_offset) + bytes_used_, text.data(), text.size());
    bytes_used_ += static_cast<std::uint32_t>(text.size());
    offsets[id + 1] = bytes_used_;  // offsets[id] stands already: readers look at it right now
    header.string_count.store(id + 1,
                              std::memory_order_release);  // pairs with the acquire in read_names
    strings_.emplace(text, id);
    return id;
}

PlaceId Interner::place(const Where& where, std::string_view label) {
    const std::string_view file = path_in_tree(where.file);
    const std::string key = place_key(file, where.line, label);
    const LockGuard guard(lock_);
    if (const auto known = places_.find(key); known != places_.end())
        return known->second;
    RegionHeader& header = region_->header();
    const RegionShape& shape = region_->shape();
    const std::uint32_t id =
        header.place_count.load(std::memory_order_relaxed);  // only we write it
    if (id >= shape.max_places)
        return 0;
    region_->at<StoredPlace>(shape.places_offset)[id] = {
        string_locked(file), where.line, string_locked(where.function), string_locked(label)};
    header.place_count.store(id + 1,
                             std::memory_order_release);  // pairs with the acquire in read_names
    places_.emplace(key, static_cast<PlaceId>(id));
    return static_cast<PlaceId>(id);
}

namespace {

std::string stored_string(const RunRegion& region, std::uint32_t id) {
    const RegionShape& shape = region.shape();
    const auto* offsets = region.at<std::uint32_t>(shape.string_offsets_offset);
    if (id >= shape.max_strings || id == 0)
        return {};
    const std::uint32_t from = offsets[id];
    const std::uint32_t to = offsets[id + 1];
    if (from > to || to > shape.string_bytes)
        return {};
    return {region.at<char>(shape.string_bytes_offset) + from, to - from};
}

}  // namespace

bool read_names(const RunRegion& region, Names& names) {
    const RegionHeader& header = region.header();
    const RegionShape& shape = region.shape();
    // Places first: a place is published after its strings, so the strings read below cover it.
    const std::uint32_t places =
        std::min(header.place_count.load(std::memory_order_acquire), shape.max_places);
    const std::uint32_t strings =
        std::min(header.string_count.load(std::memory_order_acquire), shape.max_strings);
    const bool grew = strings > names.strings.size() || places > names.places.size();
    for (auto id = static_cast<std::uint32_t>(names.strings.size()); id < strings; ++id)
        names.strings.push_back(stored_string(region, id));
    for (auto id = static_cast<std::uint32_t>(names.places.size()); id < places; ++id) {
        const StoredPlace& stored = region.at<StoredPlace>(shape.places_offset)[id];
        names.places.push_back({names.string(stored.file),
                                stored.line,
                                names.string(stored.function),
                                names.string(stored.label)});
    }
    return grew;
}

}  // namespace golanes::trace

#pragma once
// Interner: gives strings and source places their numbers in a run region, in the process of the
// run. The watcher reads the tables with read_names().
#include <array>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/lock.h"
#include "core/trace/names.h"
#include "core/trace/region.h"
#include "core/trace/where.h"

namespace golanes::trace {

/// Threads: any. Calls take a lock: callers cache places (PlaceCache) on hot paths.
class Interner {
 public:
    explicit Interner(const RunRegion& region);

    /// The number of a string. A full table yields the number of a text that says so.
    StringId string(std::string_view text);
    /// The number of a place, with the label given to what was made there. A full table yields 0.
    PlaceId place(const Where& where, std::string_view label = {});

 private:
    StringId string_locked(std::string_view text) GOLANES_REQUIRES(lock_);

    const RunRegion* region_;
    Lock lock_;
    std::unordered_map<std::string, StringId> strings_ GOLANES_GUARDED_BY(lock_);
    std::unordered_map<std::string, PlaceId> places_ GOLANES_GUARDED_BY(lock_);
    std::uint32_t bytes_used_ GOLANES_GUARDED_BY(lock_) = 0;
    StringId full_ = 0;
};

/// A small per-thread cache in front of the interner, keyed by the place's pointers.
/// Threads: one.
class PlaceCache {
 public:
    PlaceId find(Interner& interner, const Where& where, std::string_view label = {}) {
        Entry& entry = entries_[(reinterpret_cast<std::uintptr_t>(where.file) / 8 +
                                 where.line * std::uintptr_t{31} + label.size()) %
                                kEntries];
        if (entry.file != where.file || entry.line != where.line || entry.label != label)
            entry = {where.file, where.line, interner.place(where, label), std::string(label)};
        return entry.id;
    }

 private:
    struct Entry {
        const char* file = nullptr;
        std::uint32_t line = 0;
        PlaceId id = 0;
        std::string label;
    };

    static constexpr std::size_t kEntries = 64;
    std::array<Entry, kEntries> entries_;
};

/// Reads the names a region holds beyond those already in `names`. Returns whether there were any.
/// Errors: none; an offset out of the tables (a run gone wild) reads as an empty string.
bool read_names(const RunRegion& region, Names& names);

}  // namespace golanes::trace

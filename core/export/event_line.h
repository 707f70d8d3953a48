#pragma once
// EventLines: turns events into the lines of a text recording, in order. It remembers the names
// that goroutines and objects were given, so that later lines can say them.
#include <string>
#include <unordered_map>

#include <fmt/format.h>

#include "core/trace/event.h"
#include "core/trace/names.h"

namespace golanes::exporting {

/// Lifetime: the names must outlive it. Threads: one at a time.
class EventLines {
 public:
    explicit EventLines(const trace::Names& names) : names_(names) {}

    /// Learns the names an event gives. Call it for every event, also for those that get no line.
    void learn(const trace::Event& event);

    /// Appends the event's line, without a line end.
    void append(fmt::memory_buffer& out, const trace::Event& event) const;

 private:
    void append_words(fmt::memory_buffer& out, const trace::Event& event) const;
    void append_queue_words(fmt::memory_buffer& out, const trace::Event& event) const;
    void append_object(fmt::memory_buffer& out, const trace::Event& event) const;
    [[nodiscard]] std::string goroutine_name(GoroutineId id) const;

    const trace::Names& names_;
    std::unordered_map<GoroutineId, PlaceId> goroutines_;  ///< Of the run at hand.
    std::unordered_map<ObjectId, PlaceId> objects_;        ///< Of the run at hand.
};

}  // namespace golanes::exporting

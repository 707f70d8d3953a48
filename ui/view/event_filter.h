#pragma once
// EventFilter: which events of a recording a table shows. Ten millions of them are searched a piece
// at a time, so that the window stays alive; without a filter nothing is searched or stored.
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::view {

inline constexpr std::uint64_t kEveryType = ~std::uint64_t{0};

/// What is looked for. The text is a part of a goroutine's name or of an event type's ("chan"), a
/// goroutine ("G7") or a P ("P1"); upper and lower case are the same. Empty: everything.
struct EventQuery {
    std::uint64_t mask = kEveryType;  ///< Bit = number of the trace::EventType.
    std::string text;

    friend bool operator==(const EventQuery&, const EventQuery&) = default;
};

/// Threads: one at a time.
class EventFilter {
 public:
    /// Looks for something else: begins anew.
    void set(EventQuery query);

    /// Looks at no more than `most` further events of the recording. Another recording, or one that
    /// lost its oldest events, is noticed. True: there is nothing left to look at.
    bool advance(const model::Timeline& timeline, std::uint64_t most);

    [[nodiscard]] const EventQuery& query() const { return query_; }

    /// How many events were found so far.
    [[nodiscard]] std::uint64_t size() const;

    /// Number of the event in a row. Requires: row < size().
    [[nodiscard]] std::uint64_t event_of(std::uint64_t row) const;

    /// The row of the event of that number, or of the first one after it.
    [[nodiscard]] std::uint64_t row_of(std::uint64_t event) const;

 private:
    [[nodiscard]] bool filters() const;
    void begin_anew();
    void read_query();
    [[nodiscard]] bool matches(const model::Timeline& timeline, const trace::Event& event);
    [[nodiscard]] bool names_match(const model::Timeline& timeline, GoroutineId g);

    EventQuery query_;
    std::string wanted_;  ///< The text in lower case.
    std::array<bool, trace::kEventTypeCount> type_matches_{};
    GoroutineId wanted_goroutine_ = 0;
    ProcId wanted_proc_ = kNoProc;

    const void* recording_ = nullptr;  ///< Identity of the recording looked at.
    std::uint64_t first_ = 0;          ///< Its oldest event.
    std::uint64_t next_ = 0;           ///< The first event not looked at.
    std::uint32_t run_ = 0;
    std::vector<std::uint8_t> known_names_;  ///< By goroutine of run_: 0 unknown, 1 no, 2 yes.
    std::vector<std::uint64_t> found_;
};

}  // namespace golanes::view

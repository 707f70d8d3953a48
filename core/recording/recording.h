#pragma once
// Recording: the one source of truth. Events in their restored order, in chunks of 65,536, with the
// names they refer to and the facts about the run. Live, saved and imported recordings are this.
//
// Threads: one writer (the collector, a loader); readers take a Snapshot, which never changes.
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/base/lock.h"
#include "core/base/time.h"
#include "core/trace/event.h"
#include "core/trace/names.h"

namespace golanes::recording {

inline constexpr std::size_t kChunkEvents = 65'536;

/// One scenario parameter as the run had it.
struct ParameterValue {
    std::string name;
    std::string value;
};

/// What one of the scheduler's operations costs in virtual time, before scaling.
struct OperationCost {
    std::string operation;
    DurationNs ns = 0;
};

/// Facts about the run that no event carries.
struct Meta {
    std::string source = "golanes";  ///< "golanes", or the importer's name.
    std::string scenario;            ///< Scenario id; empty for imports.
    std::string title;
    std::string engine;  ///< "real" or "virtual".
    std::uint64_t seed = 0;
    int procs = 0;  ///< P at the start.
    int cpus = 0;   ///< CPUs of the machine, or virtual cores.
    std::string level = "scheduler";
    std::string machine;  ///< CPU model and kernel.
    std::string started;  ///< ISO 8601, UTC.
    std::vector<ParameterValue> parameters;
    std::vector<ParameterValue> policies;  ///< All of them, as the run had them.
    std::vector<OperationCost> costs;      ///< Empty: none; scaled by the policy "costs".
};

/// What is known to be missing or mended.
struct Honesty {
    std::uint64_t lost = 0;       ///< Events that a full ring dropped.
    std::uint64_t shed = 0;       ///< Events that left to keep the memory budget (oldest first).
    std::uint64_t clamped = 0;    ///< Events whose time was moved after their cause's.
    std::uint64_t unordered = 0;  ///< Events released although a cause never came.
    std::vector<std::string> warnings;
};

/// Up to 65,536 events. The first `size` of the snapshot that names it never change.
class Chunk {
 public:
    explicit Chunk(std::uint64_t first_index);

    [[nodiscard]] std::uint64_t first_index() const { return first_index_; }

    /// Writer only.
    void append(const trace::Event& event) { events_.push_back(event); }

    [[nodiscard]] std::size_t written() const { return events_.size(); }

    [[nodiscard]] const trace::Event* data() const { return events_.data(); }

 private:
    std::uint64_t first_index_;
    std::vector<trace::Event> events_;  ///< Reserved to kChunkEvents at birth: never moves.
};

/// A frozen view of a recording: cheap to copy, safe on any thread, valid for ever.
struct Snapshot {
    std::vector<std::shared_ptr<const Chunk>> chunks;  ///< Oldest first.
    std::size_t last_size = 0;  ///< Events of the last chunk that belong to this view.
    std::shared_ptr<const trace::Names> names = std::make_shared<trace::Names>();
    std::shared_ptr<const Meta> meta = std::make_shared<Meta>();
    Honesty honesty;

    /// The events of one chunk.
    [[nodiscard]] std::span<const trace::Event> events(std::size_t chunk) const;

    [[nodiscard]] std::uint64_t event_count() const;
    /// Number of the first event still held; greater than 0 after shedding.
    [[nodiscard]] std::uint64_t first_index() const;
    /// The event of that number. Requires: first_index() <= index < end_index().
    [[nodiscard]] const trace::Event& event(std::uint64_t index) const;

    /// Number of the first event that is not there yet.
    [[nodiscard]] std::uint64_t end_index() const { return first_index() + event_count(); }

    /// Number of the first event later than t; end_index() when there is none.
    [[nodiscard]] std::uint64_t index_after(TimeNs t) const;
    [[nodiscard]] TimeNs start_ns() const;
    [[nodiscard]] TimeNs end_ns() const;

    /// Calls f(const Event&) for every event, oldest first.
    template <typename F>
    void for_each(F&& f) const {
        for (std::size_t i = 0; i < chunks.size(); ++i) {
            for (const trace::Event& event : events(i))
                f(event);
        }
    }
};

/// The growing recording. Threads: one writer; snapshot() from any thread.
class Recording {
 public:
    /// Keeps at most about `budget_bytes` of events (0: no limit): the oldest chunks leave first.
    explicit Recording(Meta meta, std::size_t budget_bytes = 0);

    /// Appends events in order. They become visible by publish().
    void append(std::span<const trace::Event> events);
    void set_names(std::shared_ptr<const trace::Names> names);
    void set_meta(Meta meta);
    void set_honesty(Honesty honesty);
    /// Makes everything appended so far visible to snapshot().
    void publish();

    [[nodiscard]] Snapshot snapshot() const;

 private:
    void shed_to_budget();

    std::size_t budget_chunks_;
    std::vector<std::shared_ptr<Chunk>> chunks_;  ///< Writer only.
    std::uint64_t appended_ = 0;
    std::uint64_t shed_ = 0;
    std::shared_ptr<const trace::Names> names_ = std::make_shared<trace::Names>();
    std::shared_ptr<const Meta> meta_;
    Honesty honesty_;
    mutable Lock lock_;
    Snapshot published_ GOLANES_GUARDED_BY(lock_);
};

}  // namespace golanes::recording

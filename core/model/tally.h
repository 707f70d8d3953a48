#pragma once
// Tally: sums over everything up to a moment. The statistics of a range are the difference of two.
//
// One is kept at the beginning of each segment; the one of any moment is that of its segment with
// the events up to the moment read on top. That a goroutine had no CPU, or that events are missing,
// is told after the fact: at a moment within such a stretch the tally still counts it as Running
// (range_statistics.cpp puts that right).
#include <array>
#include <cstdint>
#include <vector>

#include "core/model/cow_table.h"
#include "core/model/histogram.h"
#include "core/model/timeline.h"

namespace golanes::model {

class RunLevels;

inline constexpr std::size_t kStates = static_cast<std::size_t>(State::Count_);
inline constexpr std::size_t kWaitReasons = static_cast<std::size_t>(trace::WaitReason::Count_);

/// Things counted.
struct TallyCounts {
    std::uint64_t created = 0;
    std::uint64_t ended = 0;  ///< Those that the end of the run killed are not.
    std::uint64_t switches = 0;
    std::uint64_t blocks = 0;
    std::uint64_t wakes = 0;
    std::uint64_t yields = 0;
    std::uint64_t preemptions = 0;
    std::uint64_t steals = 0;
    std::uint64_t stolen = 0;  ///< Goroutines, in these steals.
    std::uint64_t hand_offs = 0;
    std::uint64_t calls = 0;  ///< Blocking calls.

    void subtract(const TallyCounts& other);
};

/// What one P did.
struct ProcTally {
    DurationNs running = 0;
    std::uint64_t switches = 0;
    std::uint64_t steals = 0;  ///< By it, from others.
    std::uint64_t preemptions = 0;
    Histogram latency;  ///< Of the goroutines that it started.
    // Now:
    TimeNs since = 0;
    GoroutineId runs = 0;
    MachineId machine = 0;
};

/// What one goroutine of the present run did. Its present stretch is not counted.
struct GoroutineTally {
    std::array<DurationNs, 5> time{};  ///< By State, up to Blocking.
    DurationNs slice = 0;              ///< Running, since its last start.
    TimeNs since = 0;
    std::uint32_t starts = 0;
    std::uint32_t preemptions = 0;
    State state = State::Count_;  ///< Count_: not alive.
    trace::WaitReason reason = trace::WaitReason::None;
    ProcId p = kNoProc;
};

/// Time by kind, with what is going on kept apart, so that a moment's sum costs no loop.
template <std::size_t N>
class TimeSums {
 public:
    void enter(std::size_t kind, TimeNs now) {
        ++open_[kind];
        begins_[kind] += static_cast<std::uint64_t>(now);
    }

    void leave(std::size_t kind, TimeNs since, TimeNs now) {
        --open_[kind];
        begins_[kind] -= static_cast<std::uint64_t>(since);
        closed_[kind] += now - since;
    }

    void add(std::size_t kind, DurationNs length) { closed_[kind] += length; }

    [[nodiscard]] std::array<DurationNs, N> at(TimeNs now) const {
        std::array<DurationNs, N> sums = closed_;
        for (std::size_t i = 0; i < N; ++i)  // modulo 2^64 throughout: only the result need fit
            sums[i] +=
                static_cast<DurationNs>(open_[i] * static_cast<std::uint64_t>(now) - begins_[i]);
        return sums;
    }

 private:
    std::array<DurationNs, N> closed_{};
    std::array<std::uint64_t, N> open_{};
    std::array<std::uint64_t, N> begins_{};
};

/// Threads: one at a time; copies made by freeze() are read anywhere.
class Tally {
 public:
    /// Reads the next event. `levels`, when given, is told who runs.
    void read(const trace::Event& event, TimeNs now, RunLevels* levels = nullptr);
    /// Events are missing up to here: whatever goroutines did is over.
    void forget(RunLevels* levels);
    /// A copy that does not change.
    [[nodiscard]] Tally freeze();

    /// Since when the goroutine that has run longest does so; `now` when nobody runs.
    [[nodiscard]] TimeNs oldest_running(TimeNs now) const;

    [[nodiscard]] std::array<DurationNs, kStates> state_times(TimeNs now) const {
        return states_.at(now);
    }

    [[nodiscard]] std::array<DurationNs, kWaitReasons> wait_times(TimeNs now) const {
        return waits_.at(now);
    }

    [[nodiscard]] const TallyCounts& counts() const { return counts_; }

    [[nodiscard]] const Histogram& latency() const { return latency_; }

    [[nodiscard]] const Histogram& waiting() const { return waiting_; }

    [[nodiscard]] const Histogram& slices() const { return slices_; }

    [[nodiscard]] const std::vector<ProcTally>& procs() const { return procs_; }

    /// Of the run that goes on, by id.
    [[nodiscard]] const CowTable<GoroutineTally>& goroutines() const { return goroutines_; }

    /// The goroutine that runs on P p; 0: none.
    [[nodiscard]] GoroutineId running_on(ProcId p) const {
        return p < procs_.size() ? procs_[p].runs : 0;
    }

 private:
    void read_goroutine(const trace::Event& event);
    void read_other(const trace::Event& event);
    void start(GoroutineTally& goroutine, const trace::Event& event);
    void leave(GoroutineId id, GoroutineTally& goroutine);
    void enter(GoroutineTally& goroutine, State state);
    void leave_proc(GoroutineId id, GoroutineTally& goroutine);
    void cut(GoroutineId id, DurationNs length, State piece);
    void lose(const trace::Event& event);
    void close_all();
    ProcTally& proc(ProcId p);

    TimeSums<kStates> states_;
    TimeSums<kWaitReasons> waits_;
    TallyCounts counts_;
    Histogram latency_;  ///< Runnable until started.
    Histogram waiting_;
    Histogram slices_;  ///< Started until it left its P, time without a CPU taken out.
    std::vector<ProcTally> procs_;
    CowTable<GoroutineTally> goroutines_;
    TimeNs now_ = 0;
    RunLevels* levels_ = nullptr;  ///< During read() and forget() only.
};

}  // namespace golanes::model

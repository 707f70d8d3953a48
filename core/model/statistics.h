#pragma once
// Statistics of a time range: the numbers beside the picture.
#include <string>
#include <string_view>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::model {

struct Statistics {
    DurationNs wall_ns = 0;  ///< Length of the part of the range in which a run was going on.
    DurationNs cpu_ns = 0;   ///< Time goroutines ran on Ps, known off-CPU gaps taken out.
    DurationNs off_cpu_ns = 0;
    DurationNs overlap_ns = 0;     ///< Time during which two or more goroutines ran at once.
    int max_running = 0;           ///< Goroutines running at one instant, off-CPU gaps taken out.
    double parallelism = 0;        ///< cpu_ns / wall_ns.
    std::uint64_t goroutines = 0;  ///< Created in the range.
    std::uint64_t switches = 0;    ///< Starts of goroutines.
    std::uint64_t steals = 0;
    std::uint64_t preemptions = 0;
};

/// Counts over [t0, t1).
Statistics statistics(const Timeline& timeline, TimeNs t0, TimeNs t1);

/// One case of a select.
struct WaitCase {
    std::string object;  ///< Name of the channel.
    bool is_send = false;

    friend bool operator==(const WaitCase&, const WaitCase&) = default;
};

/// A goroutine that waits: the words of the sentence, for every language to put in its own order.
struct WaitFact {
    std::string goroutine;                  ///< Its name.
    std::string_view reason;                ///< Go's words: "chan receive".
    std::string object;                     ///< Name of the channel or lock; empty: none.
    std::string place;                      ///< "file.cpp:31"; empty: unknown.
    std::vector<std::string> holders = {};  ///< Who holds that lock; empty: nobody, or unknown.
    bool held_for_reading = false;          ///< The holders are readers of an RWMutex.
    std::vector<WaitCase> cases = {};       ///< Of a select: what it waits for.
    GoroutineId id = 0;
    trace::WaitReason kind = trace::WaitReason::None;
    TimeNs since = 0;
    ObjectId object_id = 0;                    ///< 0: none.
    std::vector<GoroutineId> holder_ids = {};  ///< As `holders`.
};

/// Who waits for what at time t, by goroutine.
std::vector<WaitFact> waiting_facts(const Timeline& timeline, TimeNs t);

/// Who waits for what at time t, one sentence a goroutine ("worker 2 waits in chan receive on
/// tasks, letters.cpp:31"; "main waits in select to receive from tasks or to send to results"), for
/// deadlock reports and the inspector.
std::vector<std::string> waiting_sentences(const Timeline& timeline, TimeNs t);

}  // namespace golanes::model

#pragma once
// QueueState: what every run queue and every P holds, replayed from events. The builder keeps one
// as it reads; Timeline::queues_at replays a part of one chunk from the copy kept at the chunk's
// start.
#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/indexed_queue.h"
#include "core/trace/event.h"

namespace golanes::model {

/// A recorded queue fact that contradicts what was replayed.
struct QueueProblem {
    std::string_view what;  ///< "is put", "is taken", ...
    trace::QueueId queue;
    GoroutineId goroutine = 0;
    std::uint32_t index = 0;  ///< As recorded.
    std::uint32_t expected =
        0;  ///< The index expected, or the goroutine expected (see by_goroutine).
    bool by_goroutine = false;
};

/// Threads: one at a time. Copies are independent.
class QueueState {
 public:
    struct Proc {
        IndexedQueue ring;
        GoroutineId runnext = 0;
        GoroutineId hand = 0;     ///< Taken by a Move, about to start.
        GoroutineId overdue = 0;  ///< Left runnext by a steal whose Move is still to come.
        GoroutineId running = 0;
        MachineId machine = 0;
        bool runnext_known = true;
    };

    /// A run begins or ends: all queues are empty and their numbering starts anew. Machines keep
    /// their Ps.
    void clear();
    /// Events are missing: contents stay as the best guess, misfits are forgiven once.
    void forget();
    void set_proc_count(int procs);

    /// Before a ProcCount event says how many Ps a run has, their number is the greatest one seen:
    /// notes that P p was seen. Returns whether there are more Ps now.
    bool admit(ProcId p);

    /// Replays one event. Returns the first thing in it that contradicts the state.
    std::optional<QueueProblem> apply(const trace::Event& event);

    /// Ps that exist.
    [[nodiscard]] int proc_count() const { return proc_count_; }

    /// Whether a ProcCount event of this run said how many Ps there are.
    [[nodiscard]] bool counted() const { return counted_; }

    /// The P, made if it is not there. Requires: p < kMaxProcs.
    Proc& proc(ProcId p);

    [[nodiscard]] const Proc* find(ProcId p) const {
        return p < procs_.size() ? &procs_[p] : nullptr;
    }

    [[nodiscard]] const IndexedQueue& global() const { return global_; }

    /// Length of a queue; for a ring with its runnext.
    [[nodiscard]] std::uint32_t length(trace::QueueId queue) const;

    /// Queues that the last apply() may have changed.
    [[nodiscard]] std::span<const trace::QueueId> touched() const {
        return {touched_.data(), touched_count_};
    }

 private:
    void begin_run();
    void make_room(std::size_t procs);
    void apply_put(const trace::Event& event);
    void apply_start(const trace::Event& event);
    void apply_move(const trace::Event& event);
    void leave_proc(const trace::Event& event);
    void bind_machine(const trace::Event& event);

    void put_runnext(const trace::Event& event);
    void put(trace::QueueId queue, std::uint32_t index, GoroutineId goroutine);
    GoroutineId take(trace::QueueId queue, std::uint32_t index, GoroutineId expected);
    GoroutineId take_runnext(ProcId p, GoroutineId expected);
    GoroutineId steal_runnext(const trace::Event& event, trace::QueueId from);
    std::vector<GoroutineId> take_many(trace::QueueId queue, std::uint32_t index, std::uint32_t n);
    IndexedQueue* list_of(trace::QueueId queue);
    void touch(trace::QueueId queue);
    void report(const QueueProblem& problem);

    IndexedQueue global_;
    std::vector<Proc> procs_;  ///< At least proc_count_; a removed P keeps its place.
    int proc_count_ = 0;
    bool counted_ = false;
    bool forgiving_ = false;  ///< History is missing since the last clear(): hands are not checked.
    std::array<trace::QueueId, 4> touched_{};
    std::size_t touched_count_ = 0;
    std::optional<QueueProblem> problem_;
};

/// "P 3's ring", "the global queue".
std::string queue_text(trace::QueueId queue);

/// The problem in one sentence.
std::string problem_text(const QueueProblem& problem);

}  // namespace golanes::model

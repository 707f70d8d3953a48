#pragma once
// EventScript: writes the events of made-up runs, so that the tests of the picture start from what
// a recording really holds. Sequence numbers and queue indices are counted here.
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/model/timeline.h"

namespace golanes::view {

class EventScript {
 public:
    /// The time of the events that follow.
    EventScript& at(TimeNs time);

    EventScript& begin_run(int procs);
    EventScript& end_run(trace::RunStatus status = trace::RunStatus::Ok);
    EventScript& set_procs(int procs);
    EventScript& stop_world();
    EventScript& start_world();
    EventScript& start_proc(ProcId p);
    EventScript& stop_proc(ProcId p, trace::ProcStopReason reason);

    /// A go statement on P p: into p's ring, or into the global queue.
    EventScript& create(GoroutineId g, ProcId p, const std::string& name = {});
    EventScript& create_globally(GoroutineId g, ProcId p);
    EventScript& start(GoroutineId g, ProcId p);
    EventScript& start_from_global(GoroutineId g, ProcId p);
    /// Leaves its P, stays runnable at the tail of p's ring.
    EventScript& stop(GoroutineId g,
                      ProcId p,
                      trace::StopReason reason = trace::StopReason::Gosched);
    EventScript& block(GoroutineId g, ProcId p, trace::WaitReason reason, ObjectId object = 0);
    /// It is runnable again, at the tail of p's ring. `waker` 0: a timer.
    EventScript& unblock(GoroutineId g, ProcId p, GoroutineId waker);
    /// P `thief` takes g, the head of P `victim`'s ring, and runs it.
    EventScript& steal(GoroutineId g, ProcId victim, ProcId thief);
    /// A line printed at a line of the program.
    EventScript& print(GoroutineId g, ProcId p, const std::string& file, std::uint32_t line);
    EventScript& make_lock(ObjectId object, ProcId p, const std::string& name);
    EventScript& make_variable(ObjectId object, ProcId p, const std::string& name);
    /// A write to a shared variable at a line of the program.
    EventScript& write(
        GoroutineId g, ProcId p, ObjectId object, const std::string& file, std::uint32_t line);
    EventScript& lock(GoroutineId g, ProcId p, ObjectId object);
    EventScript& end(GoroutineId g, ProcId p);
    /// The run ends before it does.
    EventScript& kill(GoroutineId g);
    EventScript& off_cpu(GoroutineId g, ProcId p, DurationNs length);
    EventScript& grow_stack(GoroutineId g, ProcId p, std::uint32_t before, std::uint32_t now);
    EventScript& lose(ProcId p, std::uint32_t events, DurationNs gap);

    [[nodiscard]] model::Timeline timeline() const;

 private:
    trace::Event& add(trace::EventType type, std::uint32_t a, ProcId p);
    trace::Event& add_counted(trace::EventType type, std::uint32_t a, ProcId p);

    TimeNs time_ = 0;
    std::uint32_t run_ = 0;
    int procs_ = 0;
    std::map<GoroutineId, std::uint32_t> goroutine_seq_;
    std::map<ProcId, std::uint32_t> proc_seq_;
    std::map<ProcId, std::uint32_t> ring_head_;
    std::map<ProcId, std::uint32_t> ring_tail_;
    std::uint32_t global_head_ = 0;
    std::uint32_t global_tail_ = 0;
    trace::Names names_;
    std::vector<trace::Event> events_;
};

/// One run of two goroutines that take turns on one P, `slices` slices of `slice` each.
model::Timeline alternating(int slices, DurationNs slice);

}  // namespace golanes::view

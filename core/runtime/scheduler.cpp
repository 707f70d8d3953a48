#include "core/runtime/scheduler.h"

#include <exception>

#include "core/base/check.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/scheduler_visit.h"

namespace golanes::rt {

using trace::EventType;
using trace::QueueKind;

Scheduler::Scheduler(const SchedulerOptions& options,
                     Engine& engine,
                     Tracer& tracer,
                     StackPool& stacks)
    : options_(options),
      engine_(&engine),
      tracer_(&tracer),
      stacks_(&stacks),
      slice_ticks_(engine.ticks_from_ns(options.slice)),
      slice_ends_by_deadline_(options.forced_preemption &&
                              options.sysmon == SysmonPolicy::Deadline),
      begin_ticks_(engine.now()),
      run_state_(options.seed),
      control_(0, *this) {
    control_.emitter = tracer.emitter(0);
    control_.records = tracer.on();
    if (engine.is_virtual())
        control_.virtual_core = 0;
    else
        sysmon_ = std::make_unique<Sysmon>([this] { return look_from_outside(); },
                                           [this] { return all_ps_idle(); });
}

Scheduler::~Scheduler() {
    sysmon_.reset();
    const LockGuard guard(lock_);
    for (const auto& g : all_goroutines_) {
        if (g->is_bound) {
            forget_context(g->context);
            stacks_->give_back(g->stack);
        }
        free_processor_state(g->processor_state);
    }
}

inline void Scheduler::wait(trace::WaitReason reason,
                            ObjectId object,
                            AfterSwitch after,
                            const trace::Where& where) {
    M& m = *this_machine();
    begin_visit(m);
    G& g = *m.current;
    g.state = GState::Waiting;
    g.reason = reason;
    g.waits_at = place(m, where);
    g.waits_since = m.now;
    emit(m,
         EventType::GoBlock,
         g.id,
         ++g.trace_seq,
         static_cast<std::uint8_t>(reason),
         g.waits_at,
         object);
    after.leaver = &g;
    leave(m, after, Departure::Returns);
    if (unwinding_)
        throw_run_ended();
}

void Scheduler::block(trace::WaitReason reason,
                      ObjectId object,
                      Lock& lock,
                      const trace::Where& where) GOLANES_NO_TSA {
    if (unwinding_) {
        lock.unlock();
        return throw_run_ended();
    }
    wait(reason, object, {.kind = AfterSwitch::Kind::Unlock, .lock = &lock}, where);
}

void Scheduler::block(trace::WaitReason reason,
                      std::span<Lock* const> locks,
                      const trace::Where& where) GOLANES_NO_TSA {
    if (unwinding_) {
        for (Lock* lock : locks)
            lock->unlock();
        return throw_run_ended();
    }
    wait(reason, 0, {.kind = AfterSwitch::Kind::UnlockAll, .locks = locks}, where);
}

// --- Waking

LocalQueue::Place Scheduler::place_of_next() const {
    return options_.runnext ? LocalQueue::Place::Next : LocalQueue::Place::Tail;
}

// A put that finds the ring full: half of it and the goroutine in hand go to the global queue. The
// lock is held from before the put until they are there. Else a thief of what is left, or of the
// new runnext, could yield meanwhile and stand before them in the global queue although it acted
// after them, and no order of the events would be the true one.
LocalQueue::PutResult Scheduler::put_into_full(M& m, G& g, LocalQueue::Place place) {
    LocalQueue::PutResult put;
    std::uint32_t count = 0;
    std::uint32_t first = 0;
    {
        const LockGuard guard(lock_);
        put = m.p->queue.put(&g, place);
        if (put.overflow == nullptr)
            return put;  // runnext was empty, or thieves made room
        count = put.batch.size;
        first = global_.put_batch(put.batch);
        put.index = global_.put(put.overflow);
    }
    const auto from = trace::pack({QueueKind::Ring, m.p->id});
    const auto to = trace::pack({QueueKind::Global, 0});
    emit(m,
         EventType::Move,
         (std::uint32_t{from} << 16) | to,
         count,
         static_cast<std::uint8_t>(trace::MoveReason::Overflow),
         0,
         trace::pack_pair(put.batch_head, first));
    return put;
}

void Scheduler::put_woken(M& m, G& g, GoroutineId waker, PlaceId where) {
    GOLANES_CHECK(g.state == GState::Waiting, "a goroutine that is woken was waiting");
    g.state = GState::Runnable;
    const GoroutineId id = g.id;
    const std::uint32_t seq = ++g.trace_seq;
    const auto put = put_local(m, g, place_of_next());
    emit(m, EventType::GoUnblock, id, seq, put.flags, where, trace::pack_pair(waker, put.index));
}

void Scheduler::ready(G& g, const trace::Where& where) {
    if (unwinding_)
        return;
    M& m = *this_machine();
    begin_visit(m);
    put_woken(m, g, m.current->id, place(m, where));
    wake_one_more();
    end_visit(m);
}

}  // namespace golanes::rt

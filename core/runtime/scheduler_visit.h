#pragma once
// What every visit to the scheduler does, inline: the clock reading, the events, the publish. For
// the scheduler's own files.
//
// With tracing off nobody compares times: the clock is read only where a timer waits for it, and
// now and then so that time slices end.
#include "core/base/current_cpu.h"
#include "core/runtime/run_queue_inline.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

inline void Scheduler::begin_silent_visit(M& m) {
    constexpr std::uint32_t kVisitsPerReading = 32;
    const bool has_timers = m.p == nullptr || m.p->timers.next_when() != kNever;
    if (has_timers || ++m.silent_visits % kVisitsPerReading == 0 || engine_->is_virtual())
        m.now = engine_->now();
}

inline void Scheduler::begin_visit(M& m) {
    if (m.visit_open)
        return;
    m.visit_open = true;
    if (!m.records) {
        begin_silent_visit(m);
    } else if (engine_->is_virtual()) {
        m.now = engine_->now();
        m.emitter->begin_visit_at(m.now);
    } else {
        m.now = m.emitter->begin_visit();
    }
    if (m.stack_notes.count.load(std::memory_order_relaxed) != 0) [[unlikely]]
        tell_stacks(m);
}

inline void Scheduler::begin_timed_visit(M& m) {
    begin_visit(m);
    if (!m.records)
        m.now = engine_->now();
}

inline void Scheduler::end_visit(M& m) {
    m.visit_open = false;
    if (m.records)
        m.emitter->end_visit();
}

inline void Scheduler::emit(M& m,
                            trace::EventType type,
                            std::uint32_t a,
                            std::uint32_t seq,
                            std::uint8_t flags,
                            PlaceId where,
                            std::uint64_t arg) {
    if (!m.records)
        return;
    trace::Event event;
    event.time = m.now;
    event.a = a;
    event.seq = seq;
    event.type = type;
    event.flags = flags;
    const bool is_virtual = m.virtual_core != kNoCpu;
    event.cpu = is_virtual ? m.virtual_core : current_cpu();
    event.p = m.p != nullptr ? m.p->id : kNoProc;
    event.where = where;
    event.arg = arg;
    m.emitter->put(event);
    if (is_virtual && m.scheduler->engine_->watches(type)) [[unlikely]]
        m.scheduler->engine_->announce(m);
}

inline PlaceId Scheduler::place(M& m, const trace::Where& where) {
    return !m.records || where.line == 0 ? PlaceId{0} : m.places.find(tracer_->names(), where);
}

inline PlaceId Scheduler::named_place(M& m, const trace::Where& where, std::string_view name) {
    return m.records ? m.places.find(tracer_->names(), where, name) : PlaceId{0};
}

}  // namespace golanes::rt

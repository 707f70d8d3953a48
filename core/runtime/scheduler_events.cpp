// What the scheduler says about itself: visits and events.
#include "core/base/current_cpu.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;

void Scheduler::begin_visit(M& m) {
    if (m.visit_open)
        return;
    m.visit_open = true;
    if (engine_->is_virtual()) {
        m.now = engine_->now();
        m.emitter->begin_visit_at(m.now);
    } else {
        m.now = m.emitter->begin_visit();
    }
}

void Scheduler::end_visit(M& m) {
    m.visit_open = false;
    m.emitter->end_visit();
}

void Scheduler::emit(M& m,
                     EventType type,
                     std::uint32_t a,
                     std::uint32_t seq,
                     std::uint8_t flags,
                     PlaceId where,
                     std::uint64_t arg) {
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

void Scheduler::emit_proc(M& m, P& p, EventType type, std::uint8_t flags) {
    emit(m, type, m.id, ++p.trace_seq, flags, 0, 0);
}

PlaceId Scheduler::place(M& m, const trace::Where& where) {
    return where.line == 0 ? PlaceId{0} : m.places.find(tracer_->names(), where);
}

void Scheduler::record(EventType type,
                       std::uint8_t flags,
                       const trace::Where& where,
                       std::uint64_t arg,
                       std::uint32_t seq) {
    M& m = *this_machine();
    begin_visit(m);
    emit(m, type, m.current->id, seq, flags, place(m, where), arg);
    end_visit(m);
}

void Scheduler::record_before_block(EventType type,
                                    std::uint32_t seq,
                                    std::uint8_t flags,
                                    const trace::Where& where,
                                    std::uint64_t arg) {
    M& m = *this_machine();
    begin_visit(m);
    emit(m, type, m.current->id, seq, flags, place(m, where), arg);
}

ObjectId Scheduler::make_object(trace::ObjectKind kind,
                                std::uint32_t capacity,
                                std::string_view name,
                                const trace::Where& where) {
    const ObjectId id =
        objects_.fetch_add(1, std::memory_order_relaxed) + 1;  // a number, it orders nothing
    if (unwinding_)
        return id;
    const PlaceId made_at = tracer_->names().place(where, name);
    M& m = *this_machine();
    begin_visit(m);
    emit(m,
         EventType::ObjectMake,
         m.current->id,
         0,
         static_cast<std::uint8_t>(kind),
         made_at,
         trace::pack_pair(id, capacity));
    end_visit(m);
    return id;
}

}  // namespace golanes::rt

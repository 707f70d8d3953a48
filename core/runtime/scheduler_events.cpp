// What the scheduler says about itself. What every visit does is in scheduler_switch.h.
#include "core/runtime/scheduler_switch.h"

namespace golanes::rt {

using trace::EventType;

// The stack may grow here, too: what is noted meanwhile is told as well.
void Scheduler::tell_stacks(M& m) {
    StackNotes& notes = m.stack_notes;
    for (std::uint32_t i = 0; i < notes.count.load(std::memory_order_relaxed); ++i) {
        const StackNote note = notes.notes[i];
        // Before the event is put: an engine that numbers it counts by then. Orders nothing.
        m.scheduler->stack_events_.fetch_add(1, std::memory_order_relaxed);
        emit(m,
             EventType::StackSize,
             note.goroutine,
             0,
             static_cast<std::uint8_t>(note.change),
             0,
             trace::pack_pair(note.before, note.now));
    }
    notes.count.store(0, std::memory_order_relaxed);
}

void Scheduler::emit_proc(M& m, P& p, EventType type, std::uint8_t flags) {
    emit(m, type, m.id, ++p.trace_seq, flags, 0, 0);
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
    M& m = *this_machine();
    begin_visit(m);
    const PlaceId made_at = named_place(m, where, name);
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

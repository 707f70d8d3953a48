#include "core/runtime/shared.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

void record(trace::EventType type, ObjectId id, std::uint64_t value, const Where& where) {
    Scheduler& s = *this_machine()->scheduler;
    if (s.tracer().full() && !s.unwinding())
        s.record(type, 0, where, trace::pack_pair(id, static_cast<std::uint32_t>(value)));
}

}  // namespace

SharedBase::SharedBase(trace::ObjectKind kind, std::string_view name, const Where& where)
    : id_(this_machine()->scheduler->make_object(kind, 0, name, where)) {}

void SharedBase::poll(const Where& where) {
    Scheduler& s = *this_machine()->scheduler;
    if (!s.unwinding())
        s.poll(where);
}

void SharedBase::record_read(std::uint64_t value, const Where& where) const {
    record(trace::EventType::SharedRead, id_, value, where);
}

void SharedBase::record_write(std::uint64_t value, const Where& where) const {
    record(trace::EventType::SharedWrite, id_, value, where);
}

void SharedBase::record_update(std::uint64_t value, const Where& where) const {
    record(trace::EventType::SharedUpdate, id_, value, where);
}

}  // namespace golanes::rt

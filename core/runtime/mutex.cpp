#include "core/runtime/mutex.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

Mutex::Mutex(std::string_view name, const Where& where) : Mutex(ObjectKind::Mutex, name, where) {}

Mutex::Mutex(ObjectKind kind, std::string_view name, const Where& where)
    : id_(make_sync_object(kind, 0, name, where)), is_recorded_(records_all()) {}

void Mutex::lock_slow(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    auto won = MutexCore::Won::Race;
    if (!core_.lock_fast())
        won = core_.lock_slow(id_, where);
    record_full(EventType::LockAcquire,
                won == MutexCore::Won::Handoff ? trace::lock_flag::kHandedOff : 0,
                id_,
                0,
                where);
}

bool Mutex::try_lock(const Where& where) {
    if (scheduler().unwinding())
        return false;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    if (!core_.try_lock())
        return false;
    record_full(EventType::LockAcquire, 0, id_, 0, where);
    return true;
}

void Mutex::unlock_slow(const Where& where) {
    if (scheduler().unwinding())
        return;                    // main is gone, and this mutex with it, if it stood on its stack
    scheduler().charge(Op::Lock);  // paid by the next call that polls
    // Recorded before anybody can take it. Who sets `starving` between the two is told by the
    // LockAcquire alone.
    if (is_recorded_ && core_.is_locked())
        record_full(EventType::LockRelease,
                    core_.is_starving() ? trace::lock_flag::kHandedOff : 0,
                    id_,
                    0,
                    where);
    core_.unlock(where);
}

}  // namespace golanes::rt

// How the two kinds keep out of each other's way, as in Go: a writer first takes the writers'
// mutex, then subtracts 2^30 from readers_. From then on every new reader sees a negative number
// and waits, and the writer knows from the old number how many readers it has to wait for; each
// that leaves counts departing_ down, the last one wakes it. departing_ may become negative for a
// moment: a reader leaves between the writer's two steps.
#include "core/runtime/rwmutex.h"

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;
using trace::ObjectKind;
using trace::WaitReason;
using trace::lock_flag::kHandedOff;
using trace::lock_flag::kRead;

namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

RWMutex::RWMutex(std::string_view name, const Where& where)
    : id_(make_sync_object(ObjectKind::RWMutex, 0, name, where)), is_recorded_(records_all()) {}

// --- Readers

void RWMutex::rlock(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    // Acquire pairs with the release in unlock(): what the last writer wrote is seen here.
    if (readers_.fetch_add(1, std::memory_order_acquire) + 1 < 0)
        wait_for_writer(where);
    if (is_recorded_)
        record_full(EventType::LockAcquire, kRead, id_, 0, where);
}

// The writer's release of the semaphore carries its writes to us.
void RWMutex::wait_for_writer(const Where& where) {
    scheduler().record(EventType::LockContend, kRead, where, trace::pack_pair(id_, 0));
    reader_semaphore_.acquire(Semaphore::Place::Back, WaitReason::RWMutexRLock, id_, where);
}

bool RWMutex::try_rlock(const Where& where) {
    if (scheduler().unwinding())
        return false;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    std::int32_t readers = readers_.load(std::memory_order_relaxed);  // a guess for the exchange
    do {
        if (readers < 0)
            return false;
        // Acquire pairs with the release in unlock(), as in rlock().
    } while (!readers_.compare_exchange_weak(
        readers, readers + 1, std::memory_order_acquire, std::memory_order_relaxed));
    record_full(EventType::LockAcquire, kRead, id_, 0, where);
    return true;
}

void RWMutex::runlock(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().charge(Op::Lock);
    if (is_recorded_ && is_read())  // before a writer can take it
        record_full(EventType::LockRelease, kRead, id_, 0, where);
    // Release pairs with the acquire in lock() and try_lock(): the writer comes after our reads.
    const std::int32_t readers = readers_.fetch_sub(1, std::memory_order_release) - 1;
    if (readers < 0)
        reader_departs(readers, where);
}

void RWMutex::reader_departs(std::int32_t readers, const Where& where) {
    if (readers + 1 == 0 || readers + 1 == -kMaxReaders)
        scheduler().fatal("fatal error: sync: RUnlock of unlocked RWMutex", where);
    // Acquire and release: the last reader gathers the others' reads and, through the semaphore,
    // puts them before the writer.
    if (departing_.fetch_sub(1, std::memory_order_acq_rel) - 1 == 0)
        writer_semaphore_.release(Semaphore::Release::Wake, where);
}

// --- Writers

void RWMutex::lock(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    auto won = MutexCore::Won::Race;
    if (!writers_.lock_fast())
        won = writers_.lock_slow(id_, where);
    if (won == MutexCore::Won::Nothing || !wait_for_readers(where))
        return;
    if (is_recorded_)
        record_full(
            EventType::LockAcquire, won == MutexCore::Won::Handoff ? kHandedOff : 0, id_, 0, where);
}

// False: the run is being unwound.
bool RWMutex::wait_for_readers(const Where& where) {
    // Acquire pairs with the release in runlock().
    const std::int32_t inside = readers_.fetch_sub(kMaxReaders, std::memory_order_acquire);
    // Acquire pairs with the departing readers, should all have left meanwhile.
    if (inside == 0 || departing_.fetch_add(inside, std::memory_order_acquire) + inside == 0)
        return true;
    scheduler().record(EventType::LockContend, 0, where, trace::pack_pair(id_, 0));
    writer_semaphore_.acquire(Semaphore::Place::Back, WaitReason::RWMutexLock, id_, where);
    return !scheduler().unwinding();
}

bool RWMutex::try_lock(const Where& where) {
    if (scheduler().unwinding())
        return false;
    scheduler().poll(where);
    scheduler().charge(Op::Lock);
    if (!writers_.try_lock())
        return false;
    std::int32_t nobody = 0;
    // Acquire pairs with the release in runlock().
    if (!readers_.compare_exchange_strong(nobody, -kMaxReaders, std::memory_order_acquire)) {
        writers_.unlock(where);
        return false;
    }
    record_full(EventType::LockAcquire, 0, id_, 0, where);
    return true;
}

void RWMutex::unlock(const Where& where) {
    if (scheduler().unwinding())
        return;
    scheduler().charge(Op::Lock);
    if (is_recorded_ && is_written())  // before anybody can take it
        record_full(EventType::LockRelease, writers_.is_starving() ? kHandedOff : 0, id_, 0, where);
    // Release pairs with the acquire in rlock() and try_rlock(); the next writer has it from the
    // writers' mutex.
    const std::int32_t waiting =
        readers_.fetch_add(kMaxReaders, std::memory_order_release) + kMaxReaders;
    if (waiting >= kMaxReaders)
        scheduler().fatal("fatal error: sync: Unlock of unlocked RWMutex", where);
    for (std::int32_t i = 0; i < waiting; ++i)
        reader_semaphore_.release(Semaphore::Release::Wake, where);
    writers_.unlock(where);
}

}  // namespace golanes::rt

#pragma once
// The event vocabulary: what the scheduler says about itself, 32 bytes at a time. The table
// kEventTable in event.cpp is the specification; recordings, model, dump and importers all read it.
//
// Queue facts ride inside the goroutine events. A P's ring and the global queue number their places
// with 32-bit indices that only grow: a put names the tail index it filled, a take names the head
// index it emptied. So the contents of a queue at any moment are the log between two indices, and
// the indices are also the sequence numbers by which the orderer restores the true order.
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "core/base/ids.h"

namespace golanes::trace {

/// If you add one, add its row to kEventTable and its transition to core/model/transitions.cpp.
enum class EventType : std::uint8_t {
    None = 0,
    // The run.
    RunBegin,
    RunEnd,
    WorldStop,
    WorldStart,
    ProcCount,
    CpuCount,
    // A goroutine's life. These carry the goroutine's own sequence number.
    GoCreate,
    GoStart,
    GoStop,
    GoBlock,
    GoUnblock,
    GoEnd,
    GoPanic,
    GoKilled,
    // Queues.
    Move,
    SearchEmpty,
    // P and M.
    ProcStart,
    ProcStop,
    MachineCreate,
    MachinePark,
    MachineUnpark,
    SpinBegin,
    SpinEnd,
    HandOff,
    BlockingBegin,
    BlockingEnd,
    PreemptRequest,
    TimerArm,
    TimerFire,
    TimerStop,
    StackSize,
    OffCpu,
    // Objects: channels, locks, shared variables.
    ObjectMake,
    ChanSend,
    ChanRecv,
    ChanClose,
    SelectCase,
    SelectPick,
    LockContend,
    LockAcquire,
    LockRelease,
    WaitGroupAdd,
    CondSignal,
    SharedRead,
    SharedWrite,
    SharedUpdate,
    // What the program says.
    Log,
    Outcome,
    Check,
    PanicBegin,
    PanicRecovered,
    // What the recording says about itself.
    ReplayToken,
    Loss,
    Count_,
};

inline constexpr int kEventTypeCount = static_cast<int>(EventType::Count_);

enum class Level : std::uint8_t {
    Off,        ///< Nothing is recorded: for measurements.
    Scheduler,  ///< Always recorded.
    Full,       ///< Adds uncontended locks, channel operations that did not wait, shared accesses.
};

/// Physical facts (threads, CPUs, lengths of real time) never enter a determinism hash.
enum class Nature : std::uint8_t { Logical, Physical };

/// One fact. In a ring `time` is in ticks of the run's clock; in a recording it is nanoseconds
/// since the recording began. What a, flags and arg mean is said by the type's row in kEventTable.
struct Event {
    std::uint64_t time = 0;
    std::uint32_t a = 0;  ///< The subject: mostly a goroutine.
    std::uint32_t seq =
        0;  ///< The subject's own count (goroutine and P events), or a length (Move).
    EventType type = EventType::None;
    std::uint8_t flags = 0;
    CpuId cpu = kNoCpu;  ///< Where the emitting thread ran.
    ProcId p = kNoProc;  ///< The P the emitting thread held.
    PlaceId where = 0;   ///< The source place.
    std::uint64_t arg = 0;

    friend bool operator==(const Event&, const Event&) = default;
};

static_assert(sizeof(Event) == 32);

// --- Queues -------------------------------------------------------------------------------------

/// Names one run queue: none, the global one, the ring of a P, or its runnext slot.
enum class QueueKind : std::uint8_t { None = 0, Global = 1, Ring = 2, Runnext = 3 };

struct QueueId {
    QueueKind kind = QueueKind::None;
    ProcId p = 0;  ///< For Ring and Runnext.

    friend bool operator==(const QueueId&, const QueueId&) = default;
};

constexpr std::uint16_t pack(QueueId queue) {
    return static_cast<std::uint16_t>(static_cast<unsigned>(queue.kind) |
                                      (static_cast<unsigned>(queue.p) << 2));
}

constexpr QueueId unpack_queue(std::uint16_t packed) {
    return {static_cast<QueueKind>(packed & 3), static_cast<ProcId>(packed >> 2)};
}

// --- Flags and arguments of single event types
// ----------------------------------------------------

/// flags of the puts (GoCreate, GoStop, GoUnblock): the low two bits are the QueueKind the
/// goroutine went to (of the event's own P). The bits below say what a put into runnext pushed out
/// of it.
namespace put_flag {
inline constexpr std::uint8_t kKindMask = 0x03;
inline constexpr std::uint8_t kDisplacedToRing =
    0x04;  ///< The old runnext went to the ring, at the index in arg.
inline constexpr std::uint8_t kDisplacedToGlobal =
    0x08;  ///< The ring was full: it went to the global queue, at the index in arg.
inline constexpr std::uint8_t kReasonShift = 4;  ///< GoStop: StopReason in the high four bits.
}  // namespace put_flag

/// flags of GoStart: the low two bits are the QueueKind it was taken from (None: in hand, from the
/// Move just before).
namespace start_flag {
inline constexpr std::uint8_t kKindMask = 0x03;
inline constexpr std::uint8_t kInheritsSlice =
    0x04;  ///< It runs on in the time slice of the goroutine before it.
}  // namespace start_flag

enum class StopReason : std::uint8_t {
    Gosched = 1,
    Preempted = 2,
    WorldStopped = 3,
    HandedOver = 4,  ///< It gave a lock to a waiter and lets that one run (Go's goyield).
};

/// Why a goroutine waits. The texts are Go's (wait_reason_text).
enum class WaitReason : std::uint8_t {
    None = 0,
    ChanReceive,
    ChanSend,
    ChanReceiveNil,
    ChanSendNil,
    Select,
    SelectNoCases,
    Sleep,
    MutexLock,
    RWMutexRLock,
    RWMutexLock,
    WaitGroupWait,
    CondWait,
    Blocking,
    PanicWait,
    Goexit,
    Barrier,
    Count_,
};

/// flags of TimerArm.
enum class TimerKind : std::uint8_t { Sleep = 0, Chan = 1, Ticker = 2, Func = 3 };

/// flags of StackSize.
enum class StackChange : std::uint8_t {
    Grown = 0,  ///< It was touched below the part in use. Told at the next visit.
    Reused =
        1,  ///< The goroutine begins on a stack that had grown before: both sizes are that one.
    Shrunk = 2,  ///< The goroutine has ended, its stack was large and gave its memory back.
};

/// flags of LockAcquire, LockRelease and LockContend.
namespace lock_flag {
inline constexpr std::uint8_t kRead = 0x01;       ///< A reader of an RWMutex.
inline constexpr std::uint8_t kHandedOff = 0x02;  ///< Starvation mode: given, not won.
}  // namespace lock_flag

/// flags of Move.
enum class MoveReason : std::uint8_t {
    Steal = 1,  ///< A thief took n from a victim's ring: n-1 to its own ring, the last in hand.
                ///< From runnext: 1, in hand (arg = its last sequence number, goroutine).
    GlobalBatch = 2,  ///< n from the global queue: the first in hand, n-1 to the ring.
    Overflow = 3,     ///< Half of a full ring to the global queue's tail.
    ProcRemoved = 4,  ///< A removed P's ring to the FRONT of the global queue; what was there is
                      ///< renumbered behind it. From its runnext: 1, likewise; the high half of arg
                      ///< is then the goroutine.
};

enum class ProcStopReason : std::uint8_t { Idle = 1, WorldStopped = 2, HandOff = 3, Removed = 4 };

enum class StopWorldReason : std::uint8_t { ProcCount = 1, Hold = 2, Ending = 3 };

enum class ObjectKind : std::uint8_t {
    Chan = 1,
    Mutex = 2,
    WaitGroup = 3,
    Shared = 4,
    RWMutex = 5,
    Cond = 6,
    Barrier = 7,
    Once = 8,
    Timer = 9,
    Atomic = 10,
};

/// How a run ended. The texts are the command line's (run_status_text).
enum class RunStatus : std::uint8_t {
    Running = 0,
    Ok,
    Deadlock,
    Panic,
    Starved,
    Stopped,
    Timeout,
    Overflow,
    CheckFailed,
    Crashed,
    Count_,
};

/// Two 32-bit numbers in one arg.
constexpr std::uint64_t pack_pair(std::uint32_t high, std::uint32_t low) {
    return (std::uint64_t{high} << 32) | low;
}

constexpr std::uint32_t high_half(std::uint64_t arg) {
    return static_cast<std::uint32_t>(arg >> 32);
}

constexpr std::uint32_t low_half(std::uint64_t arg) {
    return static_cast<std::uint32_t>(arg);
}

// --- The table
// ------------------------------------------------------------------------------------

/// One row of the specification.
struct EventInfo {
    EventType type;
    std::string_view name;   ///< As in dumps: stable, snake_case.
    std::string_view a;      ///< Meaning of Event::a; empty: unused.
    std::string_view seq;    ///< Meaning of Event::seq; empty: unused.
    std::string_view flags;  ///< Meaning of Event::flags; empty: unused.
    std::string_view arg;    ///< Meaning of Event::arg; empty: unused.
    Level level;
    Nature nature;
    std::string_view emitter;  ///< Who says it.
    std::string_view meaning;
};

/// All rows, in the order of EventType (row 0 is None).
std::span<const EventInfo> event_table();

/// The row of a type. An unknown type (from a newer file) yields the row of None.
const EventInfo& info_of(EventType type);

/// The type with that name, for text recordings.
std::optional<EventType> event_type_named(std::string_view name);

/// Whether the event's seq counts the events of goroutine `a`.
constexpr bool is_goroutine_event(EventType type) {
    return type >= EventType::GoCreate && type <= EventType::GoKilled;
}

/// Whether the event's seq counts the events of P `p`.
constexpr bool is_proc_event(EventType type) {
    return type == EventType::ProcStart || type == EventType::ProcStop;
}

/// Whether a virtual run numbers the event. Not those of stacks: how far they grow is the
/// compiler's matter, and which ones were warm the process's. All others come again at each replay.
constexpr bool is_numbered(EventType type) {
    return type != EventType::StackSize;
}

/// Whether this goroutine event puts its goroutine into a queue.
constexpr bool is_put(EventType type) {
    return type == EventType::GoCreate || type == EventType::GoStop || type == EventType::GoUnblock;
}

/// Go's own words, as in a traceback header.
std::string_view wait_reason_text(WaitReason reason);
std::string_view stop_reason_text(StopReason reason);
std::string_view move_reason_text(MoveReason reason);
std::string_view proc_stop_reason_text(ProcStopReason reason);
std::string_view object_kind_text(ObjectKind kind);
/// The words of `--json` and of recordings: "ok", "deadlock", ...
std::string_view run_status_text(RunStatus status);

}  // namespace golanes::trace

#include "core/trace/event.h"

#include <algorithm>
#include <array>

namespace golanes::trace {
namespace {

using enum EventType;
constexpr auto kSched = Level::Scheduler;
constexpr auto kFull = Level::Full;
constexpr auto kLogical = Nature::Logical;
constexpr auto kPhysical = Nature::Physical;

// One row, one line: type, name, a, seq, flags, arg, level, nature, emitter, meaning.
// clang-format off
constexpr std::array<EventInfo, kEventTypeCount> kEventTable{{
    {None, "none", "", "", "", "", kSched, kPhysical, "nobody", "an empty slot, or a type this version does not know"},
    {RunBegin, "run_begin", "run number", "", "1 = virtual engine", "seed", kSched, kLogical, "run", "a run of the scenario begins; goroutine ids start again at 1"},
    {RunEnd, "run_end", "run number", "", "RunStatus", "string: message", kSched, kLogical, "run", "the run is over; all live goroutines were killed just before"},
    {WorldStop, "world_stop", "", "", "StopWorldReason", "", kSched, kLogical, "control", "no goroutine runs from here on"},
    {WorldStart, "world_start", "", "", "StopWorldReason", "", kSched, kLogical, "control", "Ps may run again"},
    {ProcCount, "proc_count", "Ps now", "", "", "Ps before", kSched, kLogical, "control", "the number of Ps (GOMAXPROCS) changed"},
    {CpuCount, "cpu_count", "CPUs now", "", "", "CPUs before (0: the run begins so)", kSched, kPhysical, "control", "the threads may run on so many CPUs from here on"},
    {GoCreate, "go_create", "goroutine", "of the goroutine (1)", "put_flag", "creator, queue index", kSched, kLogical, "creator's M", "a go statement: the goroutine is runnable in the queue named; where = place and name"},
    {GoStart, "go_start", "goroutine", "of the goroutine", "start_flag", "0, queue index", kSched, kLogical, "M", "the goroutine was taken from the queue named and runs on P p"},
    {GoStop, "go_stop", "goroutine", "of the goroutine", "put_flag and StopReason", "0, queue index", kSched, kLogical, "M", "it left its P but stays runnable, in the queue named"},
    {GoBlock, "go_block", "goroutine", "of the goroutine", "WaitReason", "object", kSched, kLogical, "M", "it left its P and waits"},
    {GoUnblock, "go_unblock", "goroutine", "of the goroutine", "put_flag", "waker (0: a timer; itself: back from a blocking call), queue index", kSched, kLogical, "waker's M", "it is runnable again, in the queue named"},
    {GoEnd, "go_end", "goroutine", "of the goroutine", "1 = Goexit", "", kSched, kLogical, "M", "its function returned, or 1: called Goexit"},
    {GoPanic, "go_panic", "goroutine", "of the goroutine", "", "string: message", kSched, kLogical, "M", "a panic or exception left its function"},
    {GoKilled, "go_killed", "goroutine", "of the goroutine", "", "", kSched, kLogical, "run", "the run ended before it did"},
    {Move, "move", "from queue, to queue (16 bits each)", "n goroutines", "MoveReason", "from head index, to tail index", kSched, kLogical, "M", "n goroutines changed queue in one batch"},
    {SearchEmpty, "search_empty", "M", "", "", "rounds, victims", kSched, kPhysical, "M", "a search for work found none"},
    {ProcStart, "proc_start", "M", "of the P", "", "", kSched, kPhysical, "M", "M took P p"},
    {ProcStop, "proc_stop", "M", "of the P", "ProcStopReason", "", kSched, kPhysical, "M", "M gave P p up"},
    {MachineCreate, "m_create", "M", "", "", "kernel thread id", kSched, kPhysical, "M", "an OS thread was made for the run"},
    {MachinePark, "m_park", "M", "", "", "", kSched, kPhysical, "M", "M sleeps in the kernel"},
    {MachineUnpark, "m_unpark", "M", "", "", "", kSched, kPhysical, "M", "M woke up"},
    {SpinBegin, "spin_begin", "M", "", "", "", kSched, kPhysical, "M", "M searches other Ps for work"},
    {SpinEnd, "spin_end", "M", "", "", "", kSched, kPhysical, "M", "M found work or gave up"},
    {HandOff, "hand_off", "from M", "", "", "to M", kSched, kPhysical, "M", "P p was given away because its M blocks"},
    {BlockingBegin, "blocking_begin", "goroutine", "", "1 = the P stays (hand-off is off)", "", kSched, kLogical, "M", "a blocking call begins: M keeps the goroutine, the P goes"},
    {BlockingEnd, "blocking_end", "goroutine", "", "", "", kSched, kLogical, "M", "the blocking call returned"},
    {PreemptRequest, "preempt_request", "goroutine", "", "1 = by signal", "", kSched, kPhysical, "M", "its time slice is over (1: or the world stops), and it was asked to give way"},
    {TimerArm, "timer_arm", "goroutine", "object (0: a sleep)", "TimerKind", "delay in ns", kSched, kLogical, "M", "a timer was set"},
    {TimerFire, "timer_fire", "goroutine that sleeps (0: none)", "object (0: a sleep)", "", "lateness in ns", kSched, kLogical, "M", "a timer ran"},
    {TimerStop, "timer_stop", "goroutine", "object", "1 = it was set", "", kSched, kLogical, "program", "a timer was stopped"},
    {StackSize, "stack_size", "goroutine", "", "StackChange", "old bytes, new bytes", kSched, kPhysical, "M", "its stack has another size, or is one that had grown before"},
    {OffCpu, "off_cpu", "goroutine", "", "", "length in ns, ending now", kSched, kPhysical, "work()", "the operating system ran something else on this thread"},
    {ObjectMake, "object_make", "goroutine", "", "ObjectKind", "object, capacity", kSched, kLogical, "program", "a channel, lock or shared variable; where = place and name"},
    {ChanSend, "chan_send", "goroutine", "", "1 = handed to a waiting receiver", "object, length after", kFull, kLogical, "program", "a value went in without waiting"},
    {ChanRecv, "chan_recv", "goroutine", "", "1 = from a waiting sender, 2 = closed", "object, length after", kFull, kLogical, "program", "a value came out without waiting"},
    {ChanClose, "chan_close", "goroutine", "", "", "object, waiters woken", kSched, kLogical, "program", "the channel was closed"},
    {SelectCase, "select_case", "goroutine", "index of the case", "1 = send", "object", kSched, kLogical, "program", "a select that is about to wait has this case; its go_block follows"},
    {SelectPick, "select_pick", "goroutine", "index of the case", "1 = after waiting, 2 = default", "object", kFull, kLogical, "program", "a select took this case"},
    {LockContend, "lock_contend", "goroutine", "", "lock_flag", "object, 0", kSched, kLogical, "program", "the lock was held by another"},
    {LockAcquire, "lock_acquire", "goroutine", "", "lock_flag", "object, 0", kFull, kLogical, "program", "the lock was taken"},
    {LockRelease, "lock_release", "goroutine", "", "lock_flag", "object, 0", kFull, kLogical, "program", "the lock was given up"},
    {WaitGroupAdd, "wg_add", "goroutine", "", "1 = done", "object, count after", kFull, kLogical, "program", "the counter of a WaitGroup changed"},
    {CondSignal, "cond_signal", "goroutine", "", "1 = broadcast", "object, waiters woken", kFull, kLogical, "program", "a Cond was signalled"},
    {SharedRead, "shared_read", "goroutine", "", "", "object, value", kFull, kLogical, "program", "a shared variable was read"},
    {SharedWrite, "shared_write", "goroutine", "", "", "object, value", kFull, kLogical, "program", "a shared variable was written"},
    {SharedUpdate, "shared_update", "goroutine", "", "", "object, value after", kFull, kLogical, "program", "a shared variable was changed in one atomic step"},
    {Log, "log", "goroutine", "", "", "string: text", kSched, kLogical, "program", "the program printed a line"},
    {Outcome, "outcome", "goroutine", "", "1 = string", "the number, or a string", kSched, kLogical, "program", "the result of the run"},
    {Check, "check", "goroutine", "", "1 = holds", "string: what", kSched, kLogical, "program", "an invariant of the scenario was tested"},
    {PanicBegin, "panic_begin", "goroutine", "", "1 = the program called panic", "string: message", kSched, kLogical, "program", "a panic begins: deferred functions run"},
    {PanicRecovered, "panic_recovered", "goroutine", "", "", "string: message", kSched, kLogical, "program", "a deferred function recovered the panic"},
    {ReplayToken, "replay_token", "run number", "", "", "string: token", kSched, kPhysical, "run", "what makes the run up to here again: golanes run --replay"},
    {Loss, "loss", "M", "events lost", "", "length of the gap in ns, ending now", kSched, kPhysical, "ring or collector", "the ring was full: events are missing here"},
}};

// clang-format on

constexpr bool rows_in_order() {
    for (int i = 0; i < kEventTypeCount; ++i) {
        if (static_cast<int>(kEventTable[static_cast<std::size_t>(i)].type) != i)
            return false;
    }
    return true;
}

static_assert(rows_in_order(), "kEventTable has one row per EventType, in its order");

template <typename Enum, std::size_t N>
std::string_view text_of(const std::array<std::string_view, N>& texts, Enum value) {
    const auto index = static_cast<std::size_t>(value);
    return index < N ? texts[index] : std::string_view("unknown");
}

}  // namespace

std::span<const EventInfo> event_table() {
    return kEventTable;
}

const EventInfo& info_of(EventType type) {
    const auto index = static_cast<std::size_t>(type);
    return kEventTable[index < kEventTable.size() ? index : 0];
}

std::optional<EventType> event_type_named(std::string_view name) {
    const auto* row = std::find_if(kEventTable.begin(),
                                   kEventTable.end(),
                                   [&](const EventInfo& info) { return info.name == name; });
    if (row == kEventTable.end() || row->type == None)
        return std::nullopt;
    return row->type;
}

std::string_view wait_reason_text(WaitReason reason) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(WaitReason::Count_)>
        kTexts{"",
               "chan receive",
               "chan send",
               "chan receive (nil chan)",
               "chan send (nil chan)",
               "select",
               "select (no cases)",
               "sleep",
               "sync.Mutex.Lock",
               "sync.RWMutex.RLock",
               "sync.RWMutex.Lock",
               "sync.WaitGroup.Wait",
               "sync.Cond.Wait",
               "blocking call",
               "panicwait",
               "Goexit",
               "barrier"};
    return text_of(kTexts, reason);
}

std::string_view stop_reason_text(StopReason reason) {
    static constexpr std::array<std::string_view, 5> kTexts{
        "", "gosched", "preempted", "world stopped", "handed a lock over"};
    return text_of(kTexts, reason);
}

std::string_view move_reason_text(MoveReason reason) {
    static constexpr std::array<std::string_view, 5> kTexts{
        "", "steal", "global batch", "overflow", "P removed"};
    return text_of(kTexts, reason);
}

std::string_view proc_stop_reason_text(ProcStopReason reason) {
    static constexpr std::array<std::string_view, 5> kTexts{
        "", "idle", "world stopped", "hand-off", "removed"};
    return text_of(kTexts, reason);
}

std::string_view object_kind_text(ObjectKind kind) {
    static constexpr std::array<std::string_view, 11> kTexts{"",
                                                             "chan",
                                                             "Mutex",
                                                             "WaitGroup",
                                                             "Shared",
                                                             "RWMutex",
                                                             "Cond",
                                                             "Barrier",
                                                             "Once",
                                                             "Timer",
                                                             "atomic"};
    return text_of(kTexts, kind);
}

std::string_view run_status_text(RunStatus status) {
    static constexpr std::array<std::string_view, static_cast<std::size_t>(RunStatus::Count_)>
        kTexts{"running",
               "ok",
               "deadlock",
               "panic",
               "starved",
               "stopped",
               "timeout",
               "overflow",
               "check_failed",
               "crashed"};
    return text_of(kTexts, status);
}

}  // namespace golanes::trace

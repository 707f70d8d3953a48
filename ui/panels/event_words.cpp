#include "ui/panels/event_words.h"

#include <fmt/format.h>

#include "ui/panels/reason_words.h"
#include "ui/panels/span_tooltip.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using enum trace::EventType;
using trace::Event;

/// What the sentences are made of: names of the run the event belongs to.
struct Speaker {
    const model::Timeline& timeline;
    std::uint32_t run = 0;

    [[nodiscard]] std::string name(GoroutineId g) const { return timeline.goroutine_name(run, g); }

    [[nodiscard]] std::string object(ObjectId id) const {
        const auto info = timeline.object(run, id);
        if (!info)
            return fmt::format("#{}", id);
        const std::string& label = timeline.recording().names->place(info->made_at).label;
        const std::string kind = object_kind_words(info->kind);
        return label.empty() ? fmt::format("{} #{}", kind, id) : fmt::format("{} {}", kind, label);
    }

    [[nodiscard]] std::string text(std::uint64_t id) const {
        return timeline.recording().names->string(static_cast<StringId>(id));
    }
};

template <typename... T>
std::string say(const char* pattern, T&&... values) {
    return fmt::format(fmt::runtime(pattern), std::forward<T>(values)...);
}

std::string unblock_words(const Speaker& by, const Event& event) {
    const GoroutineId waker = trace::high_half(event.arg);
    if (waker == 0)
        return say(tr("{0} is woken by its timer"), by.name(event.a));
    if (waker == event.a)
        return say(tr("{0} is back from its call, but no P is free: it queues"), by.name(event.a));
    return say(tr("{0} is woken by {1}"), by.name(event.a), by.name(waker));
}

std::string stop_words(const Speaker& by, const Event& event) {
    const auto reason =
        static_cast<trace::StopReason>(event.flags >> trace::put_flag::kReasonShift);
    if (reason == trace::StopReason::Preempted)
        return say(tr("{0} is preempted: its time slice is over"), by.name(event.a));
    return say(tr("{0} gives its P up: {1}"), by.name(event.a), reason_words(reason));
}

std::string move_words(const Event& event) {
    const auto from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
    switch (static_cast<trace::MoveReason>(event.flags)) {
        case trace::MoveReason::Steal:
            return say(tr("{0} goroutines are stolen from P{1}"), event.seq, from.p);
        case trace::MoveReason::GlobalBatch:
            return say(tr("{0} goroutines are taken from the global queue"), event.seq);
        case trace::MoveReason::Overflow:
            return say(tr("The ring of P{1} is full: {0} goroutines go to the global queue"),
                       event.seq,
                       from.p);
        case trace::MoveReason::ProcRemoved:
            return say(
                tr("P{1} is removed: {0} goroutines go to the global queue"), event.seq, from.p);
    }
    return {};
}

std::string goroutine_words(const Speaker& by, const Event& event) {
    const std::string name = by.name(event.a);
    switch (event.type) {
        case GoCreate:
            return say(tr("{0} creates {1}"), by.name(trace::high_half(event.arg)), name);
        case GoStart:
            return say(tr("{0} runs"), name);
        case GoStop:
            return stop_words(by, event);
        case GoBlock:
            return say(tr("{0} waits: {1}"),
                       name,
                       reason_words(static_cast<trace::WaitReason>(event.flags)));
        case GoUnblock:
            return unblock_words(by, event);
        case GoEnd:
            return say(tr("{0} ends"), name);
        case GoPanic:
            return say(tr("{0} ends the run: panic: {1}"), name, by.text(event.arg));
        default:
            return say(tr("{0} is killed: the run is over"), name);
    }
}

std::string object_words(const Speaker& by, const Event& event) {
    const std::string name = by.name(event.a);
    const std::string object = by.object(trace::high_half(event.arg));
    const std::uint32_t value = trace::low_half(event.arg);
    switch (event.type) {
        case ObjectMake:
            return say(tr("{0} makes {1}"), name, object);
        case ChanSend:
            return say(tr("{0} sends on {1}"), name, object);
        case ChanRecv:
            return say(tr("{0} receives from {1}"), name, object);
        case ChanClose:
            return say(tr("{0} closes {1}"), name, object);
        case LockContend:
            return say(tr("{0} finds {1} locked"), name, object);
        case LockAcquire:
            return say(tr("{0} locks {1}"), name, object);
        case LockRelease:
            return say(tr("{0} unlocks {1}"), name, object);
        case WaitGroupAdd:
            return say(tr("{0} sets the counter of {1} to {2}"), name, object, value);
        case CondSignal:
            return say(tr("{0} signals {1}"), name, object);
        case SharedRead:
            return say(tr("{0} reads {2} from {1}"), name, object, value);
        case SharedWrite:
            return say(tr("{0} writes {2} to {1}"), name, object, value);
        default:
            return say(tr("{0} changes {1} to {2} in one step"), name, object, value);
    }
}

std::string world_words(const Event& event) {
    switch (event.type) {
        case RunBegin:
            return say(tr("Run {} begins"), event.a);
        case RunEnd:
            return say(tr("Run {} is over"), event.a);
        case WorldStop:
            return tr("The world stops: no goroutine runs");
        case WorldStart:
            return tr("The world goes on");
        case ProcCount:
            return say(tr("There are {} Ps now"), event.a);
        case CpuCount:
            return say(tr("CPUs the threads may use from here on: {}"), event.a);
        default:
            return {};
    }
}

/// What threads and Ps do.
std::string machine_words(const Speaker& by, const Event& event) {
    const auto length = static_cast<DurationNs>(event.arg);
    switch (event.type) {
        case SearchEmpty:
            return say(tr("M{} searched for work and found none"), event.a);
        case ProcStart:
            return say(tr("M{0} takes P{1}"), event.a, event.p);
        case ProcStop:
            return say(tr("M{0} gives P{1} up: {2}"),
                       event.a,
                       event.p,
                       reason_words(static_cast<trace::ProcStopReason>(event.flags)));
        case MachineCreate:
            return say(
                tr("The thread M{0} is made (number {1} of the kernel)"), event.a, event.arg);
        case MachinePark:
            return say(tr("M{} falls asleep in the kernel"), event.a);
        case MachineUnpark:
            return say(tr("M{} wakes up"), event.a);
        case SpinBegin:
            return say(tr("M{} begins to search other Ps for work"), event.a);
        case SpinEnd:
            return say(tr("M{} ends its search: it found work or gave up"), event.a);
        case PreemptRequest:
            return say(tr("{0} is asked to give way"), by.name(event.a));
        case OffCpu:
            return say(tr("{0} had no CPU for {1}: the system ran something else"),
                       by.name(event.a),
                       format_duration(length));
        case ReplayToken:
            return say(tr("The token that makes this run again: {}"), by.text(event.arg));
        case Loss:
            return say(tr("{0} events of {1} are missing: the ring was full"),
                       event.seq,
                       format_duration(length));
        default:
            return {};
    }
}

std::string program_words(const Speaker& by, const Event& event) {
    const std::string name = by.name(event.a);
    switch (event.type) {
        case TimerArm:
            return say(tr("{0} sets a timer of {1}"),
                       name,
                       format_duration(static_cast<DurationNs>(event.arg)));
        case TimerFire:
            return tr("A timer is due");
        case BlockingBegin:
            return say((event.flags & 1) == 0
                           ? tr("{0} enters a system call with its thread; its P is free")
                           : tr("{0} enters a system call; its P stands still with it"),
                       name);
        case BlockingEnd:
            return say(tr("{0} is back from its system call"), name);
        case HandOff:
            return say(tr("P{0} is handed off: from M{1} to M{2}"), event.p, event.a, event.arg);
        case TimerStop:
            return say(tr("{0} stops a timer"), name);
        case SelectCase:
            return say(tr("{0} would take {1}"), name, by.object(static_cast<ObjectId>(event.arg)));
        case SelectPick:
            return say(tr("{0} takes case {1} of its select"), name, event.seq);
        case Log:
            return say(tr("{0} prints: {1}"), name, by.text(event.arg));
        case Check:
            return say(event.flags != 0 ? tr("{0} checked and found true: {1}")
                                        : tr("{0} checked and found FALSE: {1}"),
                       name,
                       by.text(event.arg));
        case Outcome:
            return say(tr("{0} reports the result: {1}"),
                       name,
                       event.flags != 0 ? by.text(event.arg)
                                        : fmt::format("{}", static_cast<std::int64_t>(event.arg)));
        case PanicBegin:
            return say(tr("{0} panics: {1}"), name, by.text(event.arg));
        case PanicRecovered:
            return say(tr("{0} recovers from its panic: {1}"), name, by.text(event.arg));
        default:
            return {};
    }
}

std::string stack_words(const Speaker& by, const Event& event) {
    const std::string name = by.name(event.a);
    const std::string before = format_bytes(trace::high_half(event.arg));
    const std::string now = format_bytes(trace::low_half(event.arg));
    switch (static_cast<trace::StackChange>(event.flags)) {
        case trace::StackChange::Grown:
            return say(tr("The stack of {0} grows from {1} to {2}"), name, before, now);
        case trace::StackChange::Reused:
            return say(tr("{0} begins on a stack of {1} that had grown before"), name, now);
        case trace::StackChange::Shrunk:
            return say(
                tr("The stack of {0} is given back down to {2}: it had {1}"), name, before, now);
    }
    return {};
}

}  // namespace

std::string event_words(const model::Timeline& timeline, const Event& event) {
    const model::RunInfo* run = timeline.run_at(static_cast<TimeNs>(event.time));
    const Speaker by{timeline, run != nullptr ? run->number : 0};
    std::string words = world_words(event);
    if (words.empty() && trace::is_goroutine_event(event.type))
        words = goroutine_words(by, event);
    else if (words.empty() && event.type == Move)
        words = move_words(event);
    else if (event.type == StackSize)
        words = stack_words(by, event);
    else if (words.empty() && trace::info_of(event.type).arg.starts_with("object,"))
        words = object_words(by, event);
    if (words.empty())
        words = program_words(by, event);
    if (words.empty())
        words = machine_words(by, event);
    return words.empty() ? std::string(trace::info_of(event.type).meaning) : words;
}

std::string event_line(const model::Timeline& timeline, const Event& event) {
    std::string line =
        event.p == kNoProc ? std::string() : fmt::format("P{}: ", static_cast<unsigned>(event.p));
    line += event_words(timeline, event);
    const std::string place = place_words(timeline, event.where);
    return place.empty() ? line : line + ", " + place;
}

}  // namespace golanes::ui

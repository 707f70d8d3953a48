#include "core/export/event_line.h"

#include <iterator>

#include "core/export/text.h"

namespace golanes::exporting {
namespace {

using trace::Event;
using trace::EventInfo;
using trace::EventType;
using trace::QueueKind;

template <typename... T>
void add(fmt::memory_buffer& out, fmt::format_string<T...> format, T&&... values) {
    fmt::format_to(std::back_inserter(out), format, std::forward<T>(values)...);
}

bool is_string(std::string_view meaning) {
    return meaning.starts_with("string:");
}

/// Whether arg is a pair: the table then says "high, low".
bool is_pair(const EventInfo& info) {
    return info.arg.find(", ") != std::string_view::npos && !info.arg.ends_with("ending now") &&
           info.type != EventType::Outcome;
}

std::string_view key_of_a(const EventInfo& info) {
    if (info.a == "goroutine")
        return "g";
    return info.a == "M" || info.a == "from M" ? "m" : "a";
}

std::string_view kind_text(QueueKind kind) {
    switch (kind) {
        case QueueKind::Global:
            return "global";
        case QueueKind::Ring:
            return "ring";
        case QueueKind::Runnext:
            return "runnext";
        case QueueKind::None:
            break;
    }
    return "hand";
}

/// "ring[12]", "global[3]", "runnext", "hand". The index is none of a runnext's business.
std::string queue_text(QueueKind kind, std::uint32_t index) {
    const bool indexed = kind == QueueKind::Global || kind == QueueKind::Ring;
    return indexed ? fmt::format("{}[{}]", kind_text(kind), index) : std::string(kind_text(kind));
}

std::string queue_text(trace::QueueId queue, std::uint32_t index) {
    const bool has_proc = queue.kind == QueueKind::Ring || queue.kind == QueueKind::Runnext;
    return fmt::format(
        "{}{}", has_proc ? fmt::format("P{} ", queue.p) : "", queue_text(queue.kind, index));
}

/// The exact time in milliseconds: nanoseconds with the point moved, no rounding.
void append_time(fmt::memory_buffer& out, std::uint64_t time) {
    add(out, "{}.{:06}ms", time / 1'000'000, time % 1'000'000);
}

/// "P3", or "P-" when nothing is known.
void append_number(fmt::memory_buffer& out,
                   std::string_view name,
                   std::uint16_t number,
                   std::uint16_t unknown) {
    if (number == unknown)
        add(out, "{}-", name);
    else
        add(out, "{}{}", name, number);
}

void append_put(fmt::memory_buffer& out, const Event& event) {
    const auto kind = static_cast<QueueKind>(event.flags & trace::put_flag::kKindMask);
    const std::uint32_t index = trace::low_half(event.arg);
    add(out, " to {}", queue_text(kind, index));
    if ((event.flags & trace::put_flag::kDisplacedToRing) != 0)
        add(out, ", old runnext to ring[{}]", index);
    if ((event.flags & trace::put_flag::kDisplacedToGlobal) != 0)
        add(out, ", old runnext to global[{}]", index);
}

void append_start(fmt::memory_buffer& out, const Event& event) {
    const auto kind = static_cast<QueueKind>(event.flags & trace::start_flag::kKindMask);
    add(out, " from {}", queue_text(kind, trace::low_half(event.arg)));
    if ((event.flags & trace::start_flag::kInheritsSlice) != 0)
        add(out, ", inherits the time slice");
}

void append_move(fmt::memory_buffer& out, const Event& event) {
    const auto from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
    const auto to = trace::unpack_queue(static_cast<std::uint16_t>(event.a));
    add(out,
        " {}: {} from {} to {}",
        trace::move_reason_text(static_cast<trace::MoveReason>(event.flags)),
        event.seq,
        queue_text(from, trace::high_half(event.arg)),
        queue_text(to, trace::low_half(event.arg)));
}

void append_fields(fmt::memory_buffer& out, const Event& event) {
    const EventInfo& info = trace::info_of(event.type);
    if (event.a != 0)
        add(out, " {}={}", key_of_a(info), event.a);
    if (event.seq != 0)
        add(out, " seq={}", event.seq);
    if (event.flags != 0)
        add(out, " flags={}", event.flags);
    if (event.arg != 0 && is_pair(info))
        add(out, " arg={}:{}", trace::high_half(event.arg), trace::low_half(event.arg));
    else if (event.arg != 0)
        add(out, " arg={}", event.arg);
    if (event.where != 0)
        add(out, " where={}", event.where);
}

std::string_view pick_text(std::uint8_t flags) {
    return flags == 1 ? " after waiting" : flags == 2 ? " by default" : "";
}

// What package sync and select say of themselves.
void append_sync(fmt::memory_buffer& out, const Event& event) {
    switch (event.type) {
        case EventType::SelectCase:
            add(out, " case {}: {}", event.seq, event.flags == 1 ? "send" : "receive");
            break;
        case EventType::SelectPick:
            add(out, " case {}{}", event.seq, pick_text(event.flags));
            break;
        case EventType::LockContend:
        case EventType::LockAcquire:
        case EventType::LockRelease:
            if ((event.flags & trace::lock_flag::kRead) != 0)
                add(out, " as a reader");
            if ((event.flags & trace::lock_flag::kHandedOff) != 0)
                add(out, " by hand-over");
            break;
        case EventType::WaitGroupAdd:
            add(out, " {} to go", trace::low_half(event.arg));
            break;
        case EventType::CondSignal:
            add(out,
                " {} {}",
                event.flags == 1 ? "broadcast wakes" : "signal wakes",
                trace::low_half(event.arg));
            break;
        default:
            break;
    }
}

void append_stack(fmt::memory_buffer& out, const Event& event) {
    const std::uint32_t before = trace::high_half(event.arg);
    const std::uint32_t now = trace::low_half(event.arg);
    const auto change = static_cast<trace::StackChange>(event.flags);
    if (change == trace::StackChange::Grown)
        add(out, " grows its stack from {} to {} bytes", before, now);
    if (change == trace::StackChange::Reused)
        add(out, " begins on a stack of {} bytes that had grown before", now);
    if (change == trace::StackChange::Shrunk)
        add(out, " had a stack of {} bytes, {} are kept", before, now);
}

void append_reason(fmt::memory_buffer& out, const Event& event) {
    switch (event.type) {
        case EventType::RunEnd:
            add(out, " {}", trace::run_status_text(static_cast<trace::RunStatus>(event.flags)));
            break;
        case EventType::GoStop:
            add(out,
                ", {}",
                trace::stop_reason_text(
                    static_cast<trace::StopReason>(event.flags >> trace::put_flag::kReasonShift)));
            break;
        case EventType::GoBlock:
            add(out, " {}", trace::wait_reason_text(static_cast<trace::WaitReason>(event.flags)));
            break;
        case EventType::GoEnd:
            if (event.flags == 1)
                add(out, " by Goexit");
            break;
        case EventType::ProcStop:
            add(out,
                " {}",
                trace::proc_stop_reason_text(static_cast<trace::ProcStopReason>(event.flags)));
            break;
        case EventType::Outcome:
            if (event.flags == 0)
                add(out, " result {}", static_cast<std::int64_t>(event.arg));
            break;
        case EventType::Check:
            add(out, " {}", event.flags != 0 ? "holds" : "fails");
            break;
        case EventType::StackSize:
            append_stack(out, event);
            break;
        case EventType::OffCpu:
        case EventType::Loss:
        case EventType::TimerArm:
        case EventType::TimerFire:
            add(out, " {}", format_duration(static_cast<DurationNs>(event.arg)));
            break;
        default:
            break;
    }
}

}  // namespace

void EventLines::learn(const Event& event) {
    if (event.type == EventType::RunBegin) {
        goroutines_.clear();
        objects_.clear();
    } else if (event.type == EventType::GoCreate) {
        goroutines_[event.a] = event.where;
    } else if (event.type == EventType::ObjectMake) {
        objects_[trace::high_half(event.arg)] = event.where;
    }
}

void EventLines::append(fmt::memory_buffer& out, const Event& event) const {
    append_time(out, event.time);
    append_number(out, "  P", event.p, kNoProc);
    append_number(out, " cpu", event.cpu, kNoCpu);
    const EventInfo& info = trace::info_of(event.type);
    if (info.type == event.type)
        add(out, "  {} ", info.name);
    else
        add(out, "  type#{} ", static_cast<unsigned>(event.type));
    append_fields(out, event);
    const std::size_t before = out.size();
    add(out, "  #");
    append_words(out, event);
    if (out.size() == before + 3)
        out.resize(before);
}

void EventLines::append_words(fmt::memory_buffer& out, const Event& event) const {
    const EventInfo& info = trace::info_of(event.type);
    if (info.a == "goroutine" && event.a != 0)
        add(out, " {}", goroutine_name(event.a));
    append_queue_words(out, event);
    append_reason(out, event);
    append_sync(out, event);
    append_object(out, event);
    const bool text = is_string(info.arg) || (event.type == EventType::Outcome && event.flags == 1);
    if (text)
        add(out, " {}", quoted_text(names_.string(static_cast<StringId>(event.arg))));
    if (event.where != 0)
        add(out,
            " at {}:{}",
            one_line(names_.place(event.where).file),
            names_.place(event.where).line);
}

void EventLines::append_queue_words(fmt::memory_buffer& out, const Event& event) const {
    if (trace::is_put(event.type))
        append_put(out, event);
    if (event.type == EventType::GoStart)
        append_start(out, event);
    if (event.type == EventType::Move)
        append_move(out, event);
    if (event.type == EventType::GoCreate || event.type == EventType::GoUnblock) {
        const GoroutineId by = trace::high_half(event.arg);
        const std::string nobody = event.type == EventType::GoUnblock ? "a timer" : "the runtime";
        add(out, " by {}", by == 0 ? nobody : goroutine_name(by));
    }
}

void EventLines::append_object(fmt::memory_buffer& out, const Event& event) const {
    ObjectId object = 0;
    if (event.type == EventType::GoBlock || trace::info_of(event.type).arg == "object")
        object = static_cast<ObjectId>(event.arg);
    else if (trace::info_of(event.type).arg.starts_with("object"))
        object = trace::high_half(event.arg);
    if (object == 0)
        return;
    if (event.type == EventType::ObjectMake)
        add(out, " makes {}", trace::object_kind_text(static_cast<trace::ObjectKind>(event.flags)));
    const auto found = objects_.find(object);
    const std::string& label =
        names_.place(found == objects_.end() ? PlaceId{0} : found->second).label;
    add(out, " on {}", label.empty() ? fmt::format("object {}", object) : quoted_text(label));
}

std::string EventLines::goroutine_name(GoroutineId id) const {
    const auto found = goroutines_.find(id);
    const std::string& label =
        names_.place(found == goroutines_.end() ? PlaceId{0} : found->second).label;
    if (!label.empty())
        return quoted_text(label);
    return id == 1 ? std::string("main") : fmt::format("G{}", id);
}

}  // namespace golanes::exporting

// The builder's reading of events, one handler per kind. The table in core/trace/event.cpp says
// what their fields mean. Lanes change first and queues after, so that a handler sees who held the
// P.
#include <algorithm>

#include <fmt/format.h>

#include "core/model/builder_impl.h"

namespace golanes::model {
namespace {

using enum trace::EventType;

// Greater numbers are damage: they must not make us allocate tables of that size.
constexpr GoroutineId kMaxGoroutines = 1U << 24;

}  // namespace

void TimelineBuilder::Impl::read(const trace::Event& event) {
    now_ = std::max(now_, static_cast<TimeNs>(std::min<std::uint64_t>(event.time, INT64_MAX)));
    tally_.read(event, now_, &levels_);
    if (event.type == RunBegin)
        return run_begin(event);
    if (event.type == RunEnd)
        return run_end(event);
    if (changes_life(event.type))
        return read_goroutine(event);
    switch (event.type) {
        case WorldStop:
        case WorldStart:
            return world(event);
        case ProcCount:
            return proc_count(event);
        case CpuCount:
            return cpu_count(event);
        case ProcStart:
        case ProcStop:
            return read_proc(event);
        case MachineCreate:
        case MachinePark:
        case MachineUnpark:
        case SpinBegin:
        case SpinEnd:
            return read_machine(event);
        case OffCpu:
            return off_cpu(event);
        case Loss:
            return loss(event);
        case ObjectMake:
            return object_make(event);
        case Outcome:
            return outcome(event);
        case ReplayToken:
            run_.replay = string_of(event.arg);
            return;
        default:
            return read_mark(event);
    }
}

void TimelineBuilder::Impl::read_mark(const trace::Event& event) {
    switch (event.type) {
        case Move:
            note_queues(event);
            if (static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::Steal)
                mark(event, MarkKind::Steal, event.seq);
            break;
        case HandOff:
            mark(event, MarkKind::HandOff, event.arg);
            break;
        case StackSize:
            stack_size(event);
            break;
        case Log:
            mark(event, MarkKind::Log, event.arg);
            break;
        case Check:
            mark(event, MarkKind::Check, event.arg, (event.flags & 1) != 0 ? "holds" : "fails");
            break;
        default:
            break;
    }
}

// A goroutine's stack shrinks only after its end.
void TimelineBuilder::Impl::stack_size(const trace::Event& event) {
    const std::uint32_t bytes = trace::low_half(event.arg);
    if (bytes > trace::high_half(event.arg))
        mark(event, MarkKind::StackGrowth, bytes);
    const GoroutineRecord* record = goroutines_.find(event.a);
    if (record != nullptr && record->life != Life::New && bytes > record->info.stack_bytes)
        goroutines_.write(event.a).info.stack_bytes = bytes;
}

void TimelineBuilder::Impl::read_goroutine(const trace::Event& event) {
    if (event.a == 0 || event.a >= kMaxGoroutines)
        return violate(event.p,
                       0,
                       fmt::format("{} of goroutine {}, which is out of range",
                                   trace::info_of(event.type).name,
                                   event.a));
    if (!in_run_) {
        if (any_run_)
            return violate(
                event.p,
                event.a,
                fmt::format(
                    "{} of goroutine {} outside a run", trace::info_of(event.type).name, event.a));
        open_run(0, 0, false);
    }
    GoroutineRecord& record = *step(event);
    switch (event.type) {
        case GoCreate:
            go_create(record, event);
            break;
        case GoStart:
            go_start(record, event);
            break;
        case GoStop:
            go_stop(record, event);
            break;
        case GoBlock:
            go_block(record, event);
            break;
        case GoUnblock:
            go_unblock(record, event);
            break;
        case BlockingBegin:
            blocking_begin(record, event);
            break;
        case BlockingEnd:
            blocking_end(record);
            break;
        default:
            go_end(record, event);
            break;
    }
    note_queues(event);
}

// Checks the step against the table; after missing history one odd step of each goroutine is
// forgiven.
GoroutineRecord* TimelineBuilder::Impl::step(const trace::Event& event) {
    GoroutineRecord& record = goroutines_.write(event.a);
    if (!is_legal(record.life, event.type) && record.losses_seen == losses_) {
        violate(event.p,
                event.a,
                fmt::format("{} of goroutine {}, which is {}",
                            trace::info_of(event.type).name,
                            event.a,
                            life_text(record.life)));
    }
    record.losses_seen = losses_;
    record.life = life_after(event.type);
    if (record.info.id == 0) {
        record.info.id = event.a;
        record.info.run = run_.number;
        record.info.created = now_;
    }
    return &record;
}

void TimelineBuilder::Impl::go_create(GoroutineRecord& record, const trace::Event& event) {
    leave_proc(record, 0);
    close_goroutine(record, 0);
    ensure_proc(event);
    record.info = GoroutineInfo{};
    record.info.id = event.a;
    record.info.run = run_.number;
    record.info.creator = trace::high_half(event.arg);
    record.info.made_at = record.info.where = event.where;
    record.info.created = now_;
    enter(record, State::Runnable, event);
}

void TimelineBuilder::Impl::ensure_proc(const trace::Event& event) {
    if (event.p >= kMaxProcs || event.p < queues_.proc_count())
        return;
    if (queues_.admit(event.p)) {
        if (in_run_)
            set_proc_exists(queues_.proc_count());
        note_count(proc_counts_, now_, queues_.proc_count());
    } else if (losses_ == 0) {
        violate(event.p,
                event.a,
                fmt::format(
                    "{} on P {}, which does not exist", trace::info_of(event.type).name, event.p));
    }
}

void TimelineBuilder::Impl::go_start(GoroutineRecord& record, const trace::Event& event) {
    ensure_proc(event);
    leave_proc(record, 0);
    close_goroutine(record, 0);
    const PlaceId stood = record.info.where;
    enter(record, State::Running, event);
    record.lane.where = event.where != 0 ? event.where : stood;
    ++record.info.run_slices;
    if (event.p >= kMaxProcs)
        return violate(event.p, event.a, fmt::format("goroutine {} starts without a P", event.a));
    Lane& proc = lane(procs_, event.p);
    if (proc.running != 0 && losses_ == 0)
        violate(event.p,
                event.a,
                fmt::format("goroutine {} starts on P {}, which still runs goroutine {}",
                            event.a,
                            event.p,
                            proc.running));
    if (proc.exists)
        proc.running = event.a;
    refresh_proc(event.p, event.cpu, record.lane.where, 0);
    if (const MachineId m = machine_of(event.p); m != 0)
        set_machine(m, State::Running, event.a, event.p, event.cpu);
    open_cpu(record);
}

void TimelineBuilder::Impl::go_stop(GoroutineRecord& record, const trace::Event& event) {
    const auto reason = static_cast<std::uint8_t>(event.flags >> trace::put_flag::kReasonShift);
    leave_proc(record, reason);
    close_goroutine(record, reason);
    if (event.where != 0)
        record.info.where = event.where;
    enter(record, State::Runnable, event);
    if (static_cast<trace::StopReason>(reason) == trace::StopReason::Preempted)
        mark(event, MarkKind::Preempted, 0);
}

void TimelineBuilder::Impl::go_block(GoroutineRecord& record, const trace::Event& event) {
    leave_proc(record, 0);
    close_goroutine(record, 0);
    if (event.where != 0)
        record.info.where = event.where;
    enter(record, State::Waiting, event);
}

void TimelineBuilder::Impl::go_unblock(GoroutineRecord& record, const trace::Event& event) {
    ensure_proc(event);
    leave_proc(record, 0);
    close_goroutine(record, 0);
    enter(record, State::Runnable, event);
}

// GoEnd, GoPanic, GoKilled. Of a panic followed by an end or a kill, the panic is what ended it.
void TimelineBuilder::Impl::go_end(GoroutineRecord& record, const trace::Event& event) {
    leave_proc(record, 0);
    close_goroutine(record, 0);
    if (event.where != 0)
        record.info.where = event.where;
    if (record.info.end_kind != GoPanic) {
        record.info.ended = now_;
        record.info.end_kind = event.type;
    }
    if (event.type == GoPanic)
        mark(event, MarkKind::Panic, event.arg);
}

void TimelineBuilder::Impl::blocking_begin(GoroutineRecord& record, const trace::Event& event) {
    const ProcId p = record.lane.p;
    const MachineId m = machine_of(p);
    const bool keeps_p = (event.flags & 1) != 0 && p < procs_.size();
    leave_proc(record, 0);
    close_goroutine(record, 0);
    if (event.where != 0)
        record.info.where = event.where;
    enter(record, State::Blocking, event);
    record.machine = m;
    if (keeps_p) {
        record.lane.p = p;
        procs_[p].in_call = event.a;
        refresh_proc(p, event.cpu, 0, 0);
    }
    if (m != 0)
        set_machine(m, State::Blocking, event.a, keeps_p ? p : kNoProc, event.cpu);
}

void TimelineBuilder::Impl::blocking_end(GoroutineRecord& record) {
    const MachineId m = record.machine;
    if (m != 0 && m < machines_.size() && machines_[m].head.g == record.info.id)
        set_machine(m, State::Idle, 0, kNoProc, machines_[m].head.cpu);
    record.machine = 0;
}

}  // namespace golanes::model

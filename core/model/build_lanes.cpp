// The builder's stretches: what every lane is doing now, closed into spans when it changes.
#include <algorithm>

#include "core/model/builder_impl.h"

namespace golanes::model {
void account(GoroutineInfo& info, State state, DurationNs length) {
    switch (state) {
        case State::Running:
            info.run_ns += length;
            break;
        case State::OffCpu:
            info.off_cpu_ns += length;
            break;
        case State::Runnable:
            info.runnable_ns += length;
            break;
        case State::Waiting:
            info.waiting_ns += length;
            break;
        case State::Blocking:
            info.blocking_ns += length;
            break;
        default:
            break;
    }
}

Span span_of(LaneId lane, const LaneHead& head, std::uint32_t run, TimeNs end) {
    Span span;
    span.start = head.start;
    span.end = end;
    span.lane = lane;
    span.state = head.state;
    span.detail = head.detail;
    span.p = head.p;
    span.cpu = head.cpu;
    span.where = head.where;
    span.g = head.g;
    span.object = head.object;
    span.run = run;
    return span;
}

TimelineBuilder::Impl::Lane& TimelineBuilder::Impl::lane(std::vector<Lane>& lanes,
                                                         std::size_t number) {
    if (number >= lanes.size())
        lanes.resize(number + 1);
    return lanes[number];
}

void TimelineBuilder::Impl::emit(LaneId id, LaneHead& head, TimeNs start, TimeNs end) {
    Span span = span_of(id, head, run_.number, end);
    span.start = start;
    const bool first_here = head.segment != open_->number;
    head.segment = open_->number;
    if (id.kind != LaneKind::Goroutine) {
        log_of(open_->span_logs[static_cast<std::size_t>(id.kind)], id.number).push_back(span);
        return;
    }
    if (first_here)
        open_->lanes.push_back(id);
    const std::uint32_t previous = first_here ? kNoSpan : head.last_span;
    head.last_span = static_cast<std::uint32_t>(open_->spans.push_back({span, previous}));
}

// An empty stretch is no span, except that a goroutine ran: in an engine without costs all of a run
// may happen at one instant.
void TimelineBuilder::Impl::close_lane(LaneId id, LaneHead& head, std::uint8_t detail) {
    if (!head.open)
        return;
    if (head.state == State::Running)
        head.detail = detail;
    if (now_ > head.start || head.state == State::Running)
        emit(id, head, head.start, now_);
    head.open = false;
    head.start = now_;
}

void TimelineBuilder::Impl::switch_lane(LaneId id,
                                        LaneHead& head,
                                        const LaneHead& next,
                                        std::uint8_t detail) {
    if (head.open && head.state == next.state && head.g == next.g)
        return;
    close_lane(id, head, detail);
    const std::uint64_t segment = head.segment;
    const std::uint32_t last_span = head.last_span;
    head = next;
    head.start = now_;
    head.segment = segment;
    head.last_span = last_span;
    head.open = true;
}

// The stretch so far up to `from`, then `piece` up to now; the stretch goes on from here.
void TimelineBuilder::Impl::cut_lane(LaneId id, LaneHead& head, TimeNs from, State piece) {
    from = std::max(from, head.start);
    const State state = head.state;
    if (head.open && from > head.start)
        emit(id, head, head.start, from);
    head.state = piece;
    if (now_ > from)
        emit(id, head, from, now_);
    head.state = state;
    head.start = now_;
}

void TimelineBuilder::Impl::close_goroutine(GoroutineRecord& record, std::uint8_t detail) {
    if (record.lane.open)
        account(record.info, record.lane.state, now_ - record.lane.start);
    close_lane({LaneKind::Goroutine, record.info.id}, record.lane, detail);
}

void TimelineBuilder::Impl::cut_goroutine(GoroutineRecord& record, TimeNs from, State piece) {
    from = std::max(from, record.lane.start);
    account(record.info, record.lane.state, from - record.lane.start);
    account(record.info, piece, now_ - from);
    cut_lane({LaneKind::Goroutine, record.info.id}, record.lane, from, piece);
}

void TimelineBuilder::Impl::enter(GoroutineRecord& record,
                                  State state,
                                  const trace::Event& event) const {
    LaneHead& head = record.lane;
    head.open = true;
    head.start = now_;
    head.state = state;
    head.detail = state == State::Waiting ? event.flags : std::uint8_t{0};
    head.g = record.info.id;
    head.object = state == State::Waiting ? static_cast<std::uint32_t>(event.arg) : 0;
    head.p = state == State::Running ? event.p : kNoProc;
    head.cpu = event.cpu;
    head.where = event.where;
    record.info.state = state;
    record.info.since = now_;
    record.info.object = head.object;
    record.info.reason = static_cast<trace::WaitReason>(head.detail);
}

MachineId TimelineBuilder::Impl::machine_of(ProcId p) const {
    const QueueState::Proc* proc = queues_.find(p);
    return proc == nullptr ? 0 : proc->machine;
}

// Takes the goroutine off its P, its M and its CPU; its own stretch is the caller's business.
void TimelineBuilder::Impl::leave_proc(GoroutineRecord& record, std::uint8_t detail) {
    const ProcId p = record.lane.p;
    const GoroutineId g = record.info.id;
    if (p < procs_.size() && procs_[p].running == g) {
        procs_[p].running = 0;
        refresh_proc(p, record.lane.cpu, 0, detail);
    }
    if (p < procs_.size() && procs_[p].in_call == g) {
        procs_[p].in_call = 0;
        refresh_proc(p, record.lane.cpu, 0, 0);
    }
    const MachineId m = machine_of(p);
    if (m < machines_.size() && machines_[m].head.g == g &&
        machines_[m].head.state == State::Running)
        set_machine(m, State::Idle, 0, p, record.lane.cpu);
    close_cpu(record, now_);
}

void TimelineBuilder::Impl::open_cpu(const GoroutineRecord& record) {
    const CpuId cpu = record.lane.cpu;
    if (cpu >= kMaxCpus)
        return;
    LaneHead next = record.lane;
    next.detail = 0;
    next.object = 0;
    // Whoever else we saw there is evidently no longer on this CPU.
    switch_lane({LaneKind::Cpu, cpu}, lane(cpus_, cpu).head, next, 0);
}

void TimelineBuilder::Impl::close_cpu(const GoroutineRecord& record, TimeNs end) {
    const CpuId cpu = record.lane.cpu;
    if (cpu >= cpus_.size())
        return;
    LaneHead& head = cpus_[cpu].head;
    if (!head.open || head.g != record.info.id || head.p != record.lane.p)
        return;
    if (end >= head.start)
        emit({LaneKind::Cpu, cpu}, head, head.start, end);
    head.open = false;
    head.start = now_;
}

void TimelineBuilder::Impl::off_cpu_lanes(const GoroutineRecord& record,
                                          TimeNs from,
                                          CpuId cpu_now) {
    const ProcId p = record.lane.p;
    const GoroutineId g = record.info.id;
    const auto cut = [&](LaneId id, LaneHead& head) {
        if (!head.open || head.state != State::Running || head.g != g)
            return;
        cut_lane(id, head, from, State::OffCpu);
        head.cpu = cpu_now;
    };
    if (p < procs_.size())
        cut({LaneKind::Proc, p}, procs_[p].head);
    const MachineId m = machine_of(p);
    if (m < machines_.size())
        cut({LaneKind::Machine, m}, machines_[m].head);
    close_cpu(record, from);
}

void TimelineBuilder::Impl::refresh_proc(ProcId p, CpuId cpu, PlaceId where, std::uint8_t detail) {
    Lane& proc = lane(procs_, p);
    if (!proc.exists)
        return close_lane({LaneKind::Proc, p}, proc.head, detail);
    LaneHead next;
    next.p = p;
    next.cpu = cpu;
    // A world that is asked to stop stops P by P: whoever still runs is shown running.
    const State without = world_stopped_ ? State::Stopped : State::Idle;
    next.state = proc.running != 0 ? State::Running : proc.in_call != 0 ? State::Blocking : without;
    next.g = proc.running != 0 ? proc.running : proc.in_call;
    next.where = next.state == State::Running ? where : PlaceId{0};
    switch_lane({LaneKind::Proc, p}, proc.head, next, detail);
}

void TimelineBuilder::Impl::set_machine(
    MachineId m, State state, GoroutineId g, ProcId p, CpuId cpu) {
    LaneHead next;
    next.state = state;
    next.g = g;
    next.p = p;
    next.cpu = cpu;
    switch_lane({LaneKind::Machine, m}, lane(machines_, m).head, next, 0);
}

void TimelineBuilder::Impl::set_proc_exists(int procs) {
    const std::size_t count = std::max(procs_.size(), static_cast<std::size_t>(procs));
    for (std::size_t p = 0; p < count; ++p) {
        Lane& proc = lane(procs_, p);
        proc.exists = p < static_cast<std::size_t>(procs);
        proc.running = proc.exists ? proc.running : 0;
        proc.in_call = proc.exists ? proc.in_call : 0;
        refresh_proc(static_cast<ProcId>(p), kNoCpu, 0, 0);
    }
}

void TimelineBuilder::Impl::close_all() {
    for (Lane& proc : procs_)
        proc.running = 0;
    set_proc_exists(0);
    for (std::uint32_t m = 0; m < machines_.size(); ++m)
        close_lane({LaneKind::Machine, m}, machines_[m].head, 0);
    for (std::uint32_t c = 0; c < cpus_.size(); ++c)
        close_lane({LaneKind::Cpu, c}, cpus_[c].head, 0);
    for (std::size_t id = 0; id < goroutines_.id_limit(); ++id) {
        const GoroutineRecord* record = goroutines_.find(id);
        if (record == nullptr || !record->lane.open)
            continue;
        GoroutineRecord& own = goroutines_.write(id);
        close_goroutine(own, 0);
        own.info.ended = now_;
        own.info.end_kind = trace::EventType::GoKilled;
    }
}

}  // namespace golanes::model

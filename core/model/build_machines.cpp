// The builder's reading of what Ps, Ms and the world do, and of what was lost.
#include <algorithm>

#include <fmt/format.h>

#include "core/model/builder_impl.h"

namespace golanes::model {
namespace {

using enum trace::EventType;

// A greater number is damage: it must not make us allocate a table of that size.
constexpr MachineId kMaxMachines = 1U << 16;

}  // namespace

void TimelineBuilder::Impl::off_cpu(const trace::Event& event) {
    const GoroutineRecord* known = goroutines_.find(event.a);
    if (known == nullptr || !known->lane.open || known->lane.state != State::Running)
        return;
    GoroutineRecord& record = goroutines_.write(event.a);
    const DurationNs so_far = now_ - record.lane.start;
    const TimeNs from =
        now_ - static_cast<DurationNs>(std::min(event.arg, static_cast<std::uint64_t>(so_far)));
    off_cpu_lanes(record, from, event.cpu);
    cut_goroutine(record, from, State::OffCpu);
    record.lane.cpu = event.cpu;
    open_cpu(record);
}

// The gap of one M: what it, its P and its goroutine did in it is not known.
void TimelineBuilder::Impl::loss(const trace::Event& event) {
    mark(event, MarkKind::Loss, event.seq);
    const TimeNs from =
        now_ - static_cast<DurationNs>(
                   std::min(event.arg, static_cast<std::uint64_t>(std::max<TimeNs>(now_, 0))));
    ++losses_;
    queues_.forget();
    const auto bound = [&](const Lane& proc) {
        return event.a != 0 && machine_of(static_cast<ProcId>(&proc - procs_.data())) == event.a;
    };
    const auto found = std::find_if(procs_.begin(), procs_.end(), bound);
    const auto p = static_cast<std::size_t>(found - procs_.begin());
    if (in_run_ && event.a < machines_.size() && event.a != 0)
        cut_lane({LaneKind::Machine, event.a}, machines_[event.a].head, from, State::Lost);
    const std::size_t lost_proc = p < procs_.size() ? p : event.p;
    if (!in_run_ || lost_proc >= procs_.size() || !procs_[lost_proc].exists)
        return;
    Lane& proc = procs_[lost_proc];
    cut_lane({LaneKind::Proc, static_cast<std::uint32_t>(lost_proc)}, proc.head, from, State::Lost);
    const GoroutineRecord* record = goroutines_.find(proc.running);
    if (proc.running != 0 && record != nullptr && record->lane.open &&
        record->lane.state == State::Running)
        cut_goroutine(goroutines_.write(proc.running), from, State::Lost);
}

void TimelineBuilder::Impl::world(const trace::Event& event) {
    world_stopped_ = event.type == WorldStop;
    if (world_stopped_)
        mark(event, MarkKind::WorldStop, event.flags);
    if (!in_run_)
        return;
    for (std::size_t p = 0; p < procs_.size(); ++p)
        refresh_proc(static_cast<ProcId>(p),
                     kNoCpu,
                     0,
                     static_cast<std::uint8_t>(trace::StopReason::WorldStopped));
}

void TimelineBuilder::Impl::proc_count(const trace::Event& event) {
    if (event.a > static_cast<std::uint32_t>(kMaxProcs))
        return violate(
            kNoProc,
            0,
            fmt::format("{} Ps are more than the greatest number, {}", event.a, kMaxProcs));
    const int procs = static_cast<int>(event.a);
    if (event.arg != 0)  // 0: the first of a run, no change.
        mark(event, MarkKind::ProcCount, event.a);
    note_count(proc_counts_, now_, procs);
    note_queues(event);
    if (in_run_)
        set_proc_exists(procs);
}

void TimelineBuilder::Impl::cpu_count(const trace::Event& event) {
    const auto cpus = std::min<std::uint32_t>(event.a, kMaxCpus);
    if (event.arg != 0)  // 0: a run begins with them
        mark(event, MarkKind::CpuCount, cpus);
    note_count(cpu_counts_, now_, static_cast<int>(cpus));
}

void TimelineBuilder::Impl::read_proc(const trace::Event& event) {
    if (event.a == 0 || event.a >= kMaxMachines || event.p >= kMaxProcs)
        return violate(event.p,
                       0,
                       fmt::format("{} of M {} and P {}, which is out of range",
                                   trace::info_of(event.type).name,
                                   event.a,
                                   event.p));
    if (event.type == ProcStart)
        ensure_proc(event);
    note_queues(event);
    if (!in_run_)
        return;
    const LaneHead& head = lane(machines_, event.a).head;
    const bool busy = head.open && (head.state == State::Blocking ||
                                    (event.type == ProcStart && head.state == State::Spinning));
    if (!busy)
        set_machine(
            event.a, State::Idle, 0, event.type == ProcStart ? event.p : kNoProc, event.cpu);
}

void TimelineBuilder::Impl::read_machine(const trace::Event& event) {
    if (event.a == 0 || event.a >= kMaxMachines)
        return violate(
            event.p,
            0,
            fmt::format(
                "{} of M {}, which is out of range", trace::info_of(event.type).name, event.a));
    if (!in_run_)
        return;
    const State state = event.type == MachinePark ? State::Parked
                        : event.type == SpinBegin ? State::Spinning
                                                  : State::Idle;
    const LaneHead& head = lane(machines_, event.a).head;
    const bool runs = head.open && head.state == State::Running;
    // The end of a search may be told after the start of what it found.
    if (!(runs && event.type == SpinEnd))
        set_machine(event.a, state, 0, event.p, event.cpu);
}

}  // namespace golanes::model

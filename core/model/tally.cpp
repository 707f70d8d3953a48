#include "core/model/tally.h"

#include <algorithm>

#include "core/model/run_levels.h"

namespace golanes::model {

using trace::Event;
using trace::EventType;

namespace {

// Greater numbers are damage; the builder tells of it.
constexpr GoroutineId kMaxGoroutines = 1U << 24;

constexpr std::size_t index_of(State state) {
    return static_cast<std::size_t>(state);
}

}  // namespace

void TallyCounts::subtract(const TallyCounts& other) {
    created -= other.created;
    ended -= other.ended;
    switches -= other.switches;
    blocks -= other.blocks;
    wakes -= other.wakes;
    yields -= other.yields;
    preemptions -= other.preemptions;
    steals -= other.steals;
    stolen -= other.stolen;
    hand_offs -= other.hand_offs;
    calls -= other.calls;
}

ProcTally& Tally::proc(ProcId p) {
    if (p >= procs_.size())
        procs_.resize(std::size_t{p} + 1);
    return procs_[p];
}

Tally Tally::freeze() {
    Tally copy = *this;
    copy.goroutines_ = goroutines_.freeze();
    return copy;
}

TimeNs Tally::oldest_running(TimeNs now) const {
    for (const ProcTally& one : procs_) {
        if (one.runs != 0)
            now = std::min(now, one.since);
    }
    return now;
}

void Tally::read(const Event& event, TimeNs now, RunLevels* levels) {
    now_ = now;
    levels_ = levels;
    const bool is_of_goroutine =
        event.type >= EventType::GoCreate && event.type <= EventType::GoKilled;
    if (is_of_goroutine || event.type == EventType::BlockingBegin) {
        if (event.a != 0 && event.a < kMaxGoroutines)
            read_goroutine(event);
    } else {
        read_other(event);
    }
}

void Tally::forget(RunLevels* levels) {
    levels_ = levels;
    for (std::size_t id = 0; id < goroutines_.id_limit(); ++id) {
        const GoroutineTally* known = goroutines_.find(id);
        if (known != nullptr && known->state != State::Count_)
            leave(static_cast<GoroutineId>(id), goroutines_.write(id));
    }
}

// --- Goroutines

void Tally::enter(GoroutineTally& goroutine, State state) {
    goroutine.state = state;
    goroutine.since = now_;
    states_.enter(index_of(state), now_);
    if (state == State::Waiting)
        waits_.enter(static_cast<std::size_t>(goroutine.reason), now_);
}

void Tally::leave_proc(GoroutineId id, GoroutineTally& goroutine) {
    slices_.add(goroutine.slice);
    goroutine.slice = 0;
    if (levels_ != nullptr)
        levels_->stop(now_);
    if (goroutine.p >= procs_.size() || procs_[goroutine.p].runs != id)
        return;
    ProcTally& its = procs_[goroutine.p];
    its.running += now_ - its.since;
    its.runs = 0;
}

void Tally::leave(GoroutineId id, GoroutineTally& goroutine) {
    const State state = goroutine.state;
    if (state == State::Count_)
        return;
    const DurationNs length = now_ - goroutine.since;
    goroutine.time[index_of(state)] += length;
    states_.leave(index_of(state), goroutine.since, now_);
    if (state == State::Waiting) {
        waits_.leave(static_cast<std::size_t>(goroutine.reason), goroutine.since, now_);
        waiting_.add(length);
    } else if (state == State::Running) {
        goroutine.slice += length;
        leave_proc(id, goroutine);
    }
    goroutine.state = State::Count_;
}

void Tally::start(GoroutineTally& goroutine, const Event& event) {
    ++counts_.switches;
    ++goroutine.starts;
    goroutine.p = event.p;
    if (levels_ != nullptr)
        levels_->start(now_);
    if (event.p >= kMaxProcs)
        return;
    ProcTally& its = proc(event.p);
    ++its.switches;
    its.runs = event.a;
    its.since = now_;
}

void Tally::read_goroutine(const Event& event) {
    GoroutineTally& goroutine = goroutines_.write(event.a);
    const bool was_runnable = goroutine.state == State::Runnable;
    const DurationNs length = now_ - goroutine.since;
    leave(event.a, goroutine);
    switch (event.type) {
        case EventType::GoCreate:
            ++counts_.created;
            goroutine = {};
            return enter(goroutine, State::Runnable);
        case EventType::GoStart:
            if (was_runnable) {
                latency_.add(length);
                if (event.p < kMaxProcs)
                    proc(event.p).latency.add(length);
            }
            start(goroutine, event);
            return enter(goroutine, State::Running);
        case EventType::GoStop: {
            const bool is_preempted = event.flags >> trace::put_flag::kReasonShift ==
                                      static_cast<int>(trace::StopReason::Preempted);
            ++(is_preempted ? counts_.preemptions : counts_.yields);
            goroutine.preemptions += is_preempted ? 1 : 0;
            if (is_preempted && event.p < kMaxProcs)
                ++proc(event.p).preemptions;
            return enter(goroutine, State::Runnable);
        }
        case EventType::GoBlock:
            ++counts_.blocks;
            goroutine.reason = event.flags < kWaitReasons
                                   ? static_cast<trace::WaitReason>(event.flags)
                                   : trace::WaitReason::None;
            return enter(goroutine, State::Waiting);
        case EventType::GoUnblock:
            ++counts_.wakes;
            return enter(goroutine, State::Runnable);
        case EventType::BlockingBegin:
            ++counts_.calls;
            return enter(goroutine, State::Blocking);
        case EventType::GoEnd:
        case EventType::GoPanic:
            ++counts_.ended;
            return;
        default:
            return;
    }
}

// It runs; but the last `length` of it were something else.
void Tally::cut(GoroutineId id, DurationNs length, State piece) {
    const GoroutineTally* known = goroutines_.find(id);
    if (id == 0 || known == nullptr || known->state != State::Running)
        return;
    GoroutineTally& goroutine = goroutines_.write(id);
    const TimeNs from = std::max(goroutine.since, now_ - length);
    goroutine.time[index_of(State::Running)] += from - goroutine.since;
    goroutine.slice += from - goroutine.since;
    if (index_of(piece) < goroutine.time.size())
        goroutine.time[index_of(piece)] += now_ - from;
    states_.leave(index_of(State::Running), goroutine.since, from);
    states_.add(index_of(piece), now_ - from);
    states_.enter(index_of(State::Running), now_);
    goroutine.since = now_;
    if (levels_ != nullptr)
        levels_->cut(from, now_);
    if (goroutine.p >= procs_.size() || procs_[goroutine.p].runs != id)
        return;
    ProcTally& its = procs_[goroutine.p];
    its.running += from - its.since;
    its.since = now_;
}

// --- The rest

void Tally::lose(const Event& event) {
    const auto bound = std::find_if(procs_.begin(), procs_.end(), [&](const ProcTally& one) {
        return event.a != 0 && one.machine == event.a;
    });
    const std::size_t p = bound != procs_.end() ? static_cast<std::size_t>(bound - procs_.begin())
                                                : std::size_t{event.p};
    const auto gap = static_cast<DurationNs>(std::min<std::uint64_t>(event.arg, INT64_MAX / 2));
    if (p < procs_.size())
        cut(procs_[p].runs, gap, State::Lost);
}

void Tally::close_all() {
    forget(levels_);
    goroutines_ = {};
}

void Tally::read_other(const Event& event) {
    switch (event.type) {
        case EventType::RunBegin:
        case EventType::RunEnd:
            return close_all();
        case EventType::OffCpu:
            if (event.a < kMaxGoroutines)
                cut(event.a,
                    static_cast<DurationNs>(std::min<std::uint64_t>(event.arg, INT64_MAX / 2)),
                    State::OffCpu);
            return;
        case EventType::Loss:
            return lose(event);
        case EventType::Move:
            if (static_cast<trace::MoveReason>(event.flags) != trace::MoveReason::Steal)
                return;
            ++counts_.steals;
            counts_.stolen += event.seq;
            if (event.p < kMaxProcs)
                ++proc(event.p).steals;
            return;
        case EventType::HandOff:
            ++counts_.hand_offs;
            return;
        case EventType::ProcStart:
            if (event.p < kMaxProcs)
                proc(event.p).machine = event.a;
            return;
        case EventType::ProcStop:
            if (event.p < procs_.size() && procs_[event.p].machine == event.a)
                procs_[event.p].machine = 0;
            return;
        default:
            return;
    }
}

}  // namespace golanes::model

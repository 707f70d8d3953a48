#include "core/model/queue_state.h"

#include <algorithm>

#include <fmt/format.h>

namespace golanes::model {
namespace {

using enum trace::EventType;
using trace::QueueId;
using trace::QueueKind;

constexpr QueueId kGlobal{QueueKind::Global, 0};

QueueId ring_of(ProcId p) {
    return {QueueKind::Ring, p};
}

}  // namespace

void QueueState::clear() {
    global_.clear();
    for (Proc& proc : procs_) {
        proc.ring.clear();
        proc.runnext = proc.hand = proc.overdue = proc.running = 0;
        proc.runnext_known = true;
    }
    forgiving_ = false;
}

// A run whose predecessor was told its number of Ps is told it, too: until then it has none.
void QueueState::begin_run() {
    clear();
    if (counted_)
        set_proc_count(0);
    counted_ = false;
}

bool QueueState::admit(ProcId p) {
    if (counted_ || p >= kMaxProcs || p < proc_count_)
        return false;
    set_proc_count(p + 1);
    return true;
}

void QueueState::forget() {
    forgiving_ = true;
    global_.forget();
    for (Proc& proc : procs_) {
        proc.ring.forget();
        proc.runnext_known = false;
    }
}

void QueueState::set_proc_count(int procs) {
    proc_count_ = std::clamp(procs, 0, kMaxProcs);
    make_room(static_cast<std::size_t>(proc_count_));
    for (auto p = static_cast<std::size_t>(proc_count_); p < procs_.size(); ++p)
        procs_[p].running = 0;
}

QueueState::Proc& QueueState::proc(ProcId p) {
    make_room(p + std::size_t{1});
    return procs_[p];
}

// Of a P first seen after missing history the queue is as unknown as all others.
void QueueState::make_room(std::size_t procs) {
    for (std::size_t p = procs_.size(); p < procs; ++p) {
        procs_.emplace_back();
        procs_.back().runnext_known = !forgiving_;
        if (forgiving_)
            procs_.back().ring.forget();
    }
}

std::uint32_t QueueState::length(QueueId queue) const {
    if (queue.kind == QueueKind::Global)
        return global_.length();
    const Proc* proc = find(queue.p);
    return proc == nullptr ? 0 : proc->ring.length() + (proc->runnext != 0 ? 1 : 0);
}

std::optional<QueueProblem> QueueState::apply(const trace::Event& event) {
    touched_count_ = 0;
    problem_.reset();
    switch (event.type) {
        case RunBegin:
            begin_run();
            break;
        case RunEnd:
            clear();
            break;
        case ProcCount:
            counted_ = true;
            set_proc_count(static_cast<int>(std::min<std::uint32_t>(event.a, kMaxProcs)));
            break;
        case GoCreate:
        case GoUnblock:
            apply_put(event);
            break;
        case GoStop:
            leave_proc(event);
            apply_put(event);
            break;
        case GoStart:
            apply_start(event);
            break;
        case GoBlock:
        case GoEnd:
        case GoPanic:
        case GoKilled:
        case BlockingBegin:
            leave_proc(event);
            break;
        case Move:
            apply_move(event);
            break;
        case ProcStart:
        case ProcStop:
            bind_machine(event);
            break;
        default:
            break;
    }
    return problem_;
}

void QueueState::apply_put(const trace::Event& event) {
    if (event.type != GoStop)
        admit(event.p);
    const auto kind = static_cast<QueueKind>(event.flags & trace::put_flag::kKindMask);
    if (kind == QueueKind::None)
        return;
    if (kind == QueueKind::Global)
        return put(kGlobal, trace::low_half(event.arg), event.a);
    if (event.p >= kMaxProcs)
        return report(
            {"is put without a P", {kind, 0}, event.a, trace::low_half(event.arg), 0, false});
    if (kind == QueueKind::Ring)
        return put(ring_of(event.p), trace::low_half(event.arg), event.a);
    put_runnext(event);
}

void QueueState::put_runnext(const trace::Event& event) {
    Proc& owner = proc(event.p);
    const GoroutineId displaced = owner.runnext;
    const bool to_ring = (event.flags & trace::put_flag::kDisplacedToRing) != 0;
    const bool to_global = (event.flags & trace::put_flag::kDisplacedToGlobal) != 0;
    const bool moves_it = to_ring || to_global;
    const auto problem = QueueProblem{
        "is put and displaces", {QueueKind::Runnext, event.p}, event.a, 0, displaced, true};
    if (displaced == 0 && moves_it && owner.runnext_known)
        report(problem);
    if (displaced != 0 && !moves_it) {
        // A thief took it just before; its stamp is a little later (runnext has no indices to order
        // by).
        if (owner.overdue != 0)
            report(problem);
        owner.overdue = displaced;
    }
    owner.runnext = event.a;
    owner.runnext_known = true;
    touch(ring_of(event.p));
    if (moves_it)
        put(to_ring ? ring_of(event.p) : kGlobal, trace::low_half(event.arg), displaced);
}

void QueueState::apply_start(const trace::Event& event) {
    admit(event.p);
    if (event.p >= kMaxProcs)
        return;
    const auto kind = static_cast<QueueKind>(event.flags & trace::start_flag::kKindMask);
    Proc& owner = proc(event.p);
    if (kind == QueueKind::Runnext)
        take_runnext(event.p, event.a);
    else if (kind != QueueKind::None)
        take({kind, event.p}, trace::low_half(event.arg), event.a);
    else if (owner.hand != 0 && owner.hand != event.a && !forgiving_)
        report({"starts in hand", ring_of(event.p), event.a, 0, owner.hand, true});
    owner.hand = 0;
    owner.running = event.a;
}

void QueueState::leave_proc(const trace::Event& event) {
    if (event.p < procs_.size() && procs_[event.p].running == event.a) {
        procs_[event.p].running = 0;
        return;
    }
    for (Proc& proc : procs_) {
        if (proc.running == event.a)
            proc.running = 0;
    }
}

void QueueState::bind_machine(const trace::Event& event) {
    if (event.p >= kMaxProcs)
        return;
    if (event.type == ProcStart)
        admit(event.p);
    Proc& bound = proc(event.p);
    if (event.type == ProcStart)
        bound.machine = event.a;
    else if (bound.machine == event.a)
        bound.machine = 0;
}

void QueueState::put(QueueId queue, std::uint32_t index, GoroutineId goroutine) {
    IndexedQueue& list = *list_of(queue);
    const std::uint32_t tail = list.tail();
    if (list.put(index, goroutine) == Fit::No)
        report({"is put", queue, goroutine, index, tail, false});
    touch(queue);
}

GoroutineId QueueState::take(QueueId queue, std::uint32_t index, GoroutineId expected) {
    IndexedQueue& list = *list_of(queue);
    const std::uint32_t head = list.head();
    const IndexedQueue::Taken taken = list.take(index);
    touch(queue);
    if (taken.fit == Fit::No)
        report({"is taken", queue, expected, index, head, false});
    else if (taken.goroutine != 0 && taken.goroutine != expected)
        report({"is taken", queue, expected, index, taken.goroutine, true});
    return taken.goroutine;
}

GoroutineId QueueState::take_runnext(ProcId p, GoroutineId expected) {
    Proc& owner = proc(p);
    const GoroutineId taken = owner.runnext;
    if (taken != expected && owner.runnext_known)
        report({"is taken", {QueueKind::Runnext, p}, expected, 0, taken, true});
    owner.runnext = 0;
    owner.runnext_known = true;
    touch(ring_of(p));
    return expected;
}

IndexedQueue* QueueState::list_of(QueueId queue) {
    return queue.kind == QueueKind::Global ? &global_ : &proc(queue.p).ring;
}

void QueueState::touch(QueueId queue) {
    const auto seen = touched();
    if (std::find(seen.begin(), seen.end(), queue) == seen.end() &&
        touched_count_ < touched_.size())
        touched_[touched_count_++] = queue;
}

void QueueState::report(const QueueProblem& problem) {
    if (!problem_)
        problem_ = problem;
}

std::string queue_text(QueueId queue) {
    switch (queue.kind) {
        case QueueKind::Global:
            return "the global queue";
        case QueueKind::Ring:
            return fmt::format("P {}'s ring", queue.p);
        case QueueKind::Runnext:
            return fmt::format("P {}'s runnext", queue.p);
        case QueueKind::None:
            break;
    }
    return "no queue";
}

std::string problem_text(const QueueProblem& problem) {
    if (problem.by_goroutine) {
        const std::string other =
            problem.expected == 0 ? "nobody" : fmt::format("goroutine {}", problem.expected);
        return fmt::format("goroutine {} {}: {}, but the one there is {}",
                           problem.goroutine,
                           problem.what,
                           queue_text(problem.queue),
                           other);
    }
    return fmt::format("goroutine {} {}: {}, index {}, expected {}",
                       problem.goroutine,
                       problem.what,
                       queue_text(problem.queue),
                       problem.index,
                       problem.expected);
}

}  // namespace golanes::model

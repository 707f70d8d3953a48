#include "core/trace/orderer.h"

#include <algorithm>

#include "core/trace/queue_facts.h"

namespace golanes::trace {
namespace {

constexpr std::size_t kClampedKept = 65'536;
constexpr std::size_t kOverdueKept = 8;

// Everything of a run comes between these, whatever else it waits for.
bool frames_a_run(EventType type) {
    return type == EventType::RunBegin || type == EventType::RunEnd;
}

}  // namespace

Orderer::QueueIndices& Orderer::queue(QueueId id) {
    const std::size_t slot = pack(id);
    if (slot >= queues_.size())
        queues_.resize(slot + 1);
    return queues_[slot];
}

std::uint32_t& Orderer::last_seq(GoroutineId g) {
    if (g >= goroutine_seq_.size())
        goroutine_seq_.resize(std::max<std::size_t>(g + 1, goroutine_seq_.size() * 2));
    return goroutine_seq_[g];
}

GoroutineId& Orderer::runnext(ProcId p) {
    if (p >= runnext_.size())
        runnext_.resize(p + std::size_t{1});
    return runnext_[p];
}

// What an event claims about a runnext slot must be so: a put that displaces nobody found it empty,
// a take found its goroutine there.
bool Orderer::runnext_ready(const Event& event) {
    if (kind_of(event.flags) != QueueKind::Runnext)
        return true;
    if (event.type == EventType::GoStart)
        return runnext(event.p) == event.a;
    if (!is_put(event.type))
        return true;
    const bool displaces =
        (event.flags & (put_flag::kDisplacedToRing | put_flag::kDisplacedToGlobal)) != 0;
    return (runnext(event.p) != 0) == displaces;
}

void Orderer::note_runnext(const Event& event) {
    if (event.type == EventType::Move) {
        if (move_from(event).kind == QueueKind::Runnext)
            runnext(move_from(event).p) = 0;
    } else if (kind_of(event.flags) == QueueKind::Runnext) {
        if (event.type == EventType::GoStart)
            runnext(event.p) = 0;
        else if (is_put(event.type))
            runnext(event.p) = event.a;
    }
}

void Orderer::add(std::size_t source, const Event* events, std::size_t count) {
    if (source >= sources_.size())
        sources_.resize(source + 1);
    sources_[source].insert(sources_[source].end(), events, events + count);
}

bool Orderer::queue_facts_ready(const Event& event) {
    const std::uint32_t index = low_half(event.arg);
    if (event.type == EventType::GoStart) {
        const QueueId from = queue_of_start(event);
        return from.kind == QueueKind::None ||
               (queue(from).head == index && queue(from).tail != index);
    }
    if (is_put(event.type)) {
        const QueueId to = indexed_queue_of_put(event);
        return to.kind == QueueKind::None || queue(to).tail == index;
    }
    return true;
}

// The thief names the put it undid by its number: a goroutine may come to the same slot often.
bool Orderer::runnext_move_ready(const Event& event) {
    const GoroutineId g = moved_runnext(event);
    const bool names_its_put =
        static_cast<MoveReason>(event.flags) == MoveReason::Steal && high_half(event.arg) != 0;
    return runnext(move_from(event).p) == g &&
           (!names_its_put || last_seq(g) == high_half(event.arg));
}

bool Orderer::move_ready(const Event& event) {
    const QueueId from = move_from(event);
    const QueueId to = move_to(event);
    if (from.kind != QueueKind::Runnext) {
        const QueueIndices& indices = queue(from);
        // Unsigned differences: the indices may wrap.
        if (indices.head != high_half(event.arg) || indices.tail - indices.head < event.seq)
            return false;
    } else if (!runnext_move_ready(event)) {
        return false;
    }
    return landed(event) == 0 || to.kind == QueueKind::None ||
           queue(to).tail == low_half(event.arg);
}

bool Orderer::ready(const Event& event) {
    if (is_goroutine_event(event.type))
        return event.seq == last_seq(event.a) + 1 && queue_facts_ready(event) &&
               runnext_ready(event);
    if (is_proc_event(event.type)) {
        if (event.p >= proc_seq_.size())
            proc_seq_.resize(event.p + 1U);
        return event.seq == proc_seq_[event.p] + 1;
    }
    return event.type != EventType::Move || move_ready(event);
}

void Orderer::note_move(const Event& event) {
    const QueueId from = move_from(event);
    const QueueId to = move_to(event);
    if (from.kind != QueueKind::Runnext)
        queue(from).head = high_half(event.arg) + event.seq;
    const std::uint32_t count = landed(event);
    if (count == 0 || to.kind == QueueKind::None)
        return;
    QueueIndices& indices = queue(to);
    const std::uint32_t tail = low_half(event.arg);
    if (static_cast<MoveReason>(event.flags) == MoveReason::ProcRemoved) {
        const std::uint32_t behind = indices.tail - indices.head;
        indices = {tail, tail + count + behind};
    } else {
        indices.tail = tail + count;
    }
}

void Orderer::note_queues(const Event& event) {
    const std::uint32_t index = low_half(event.arg);
    if (event.type == EventType::GoStart) {
        if (const QueueId from = queue_of_start(event); from.kind != QueueKind::None)
            queue(from).head = index + 1;
    } else if (is_put(event.type)) {
        if (const QueueId to = indexed_queue_of_put(event); to.kind != QueueKind::None)
            queue(to).tail = index + 1;
    }
}

void Orderer::note(const Event& event) {
    if (event.type == EventType::RunBegin) {
        goroutine_seq_.assign(goroutine_seq_.size(), 0);
        proc_seq_.assign(proc_seq_.size(), 0);
        queues_.assign(queues_.size(), {});
        runnext_.assign(runnext_.size(), 0);
    } else if (is_goroutine_event(event.type)) {
        last_seq(event.a) = event.seq;
        note_queues(event);
        note_runnext(event);
    } else if (is_proc_event(event.type)) {
        if (event.p >= proc_seq_.size())
            proc_seq_.resize(event.p + 1U);
        proc_seq_[event.p] = event.seq;
    } else if (event.type == EventType::Move) {
        note_move(event);
        note_runnext(event);
    }
}

void Orderer::emit(std::size_t source, std::vector<Event>& out) {
    Event event = sources_[source].front();
    sources_[source].pop_front();
    note(event);
    if (event.time < last_time_) {
        ++clamped_;
        clamped_events_.push_back({released_, event.time});
        if (clamped_events_.size() > kClampedKept)
            clamped_events_.pop_front();
        event.time = last_time_;
    }
    last_time_ = event.time;
    ++released_;
    out.push_back(event);
}

Held Orderer::held(std::size_t source) {
    const Event& event = sources_[source].front();
    Held held{.source = source, .event = event};
    if (is_goroutine_event(event.type))
        held.last_seq = last_seq(event.a);
    else if (is_proc_event(event.type) && event.p < proc_seq_.size())
        held.last_seq = proc_seq_[event.p];
    const QueueIndices from = queue(place_taken(event).queue);
    held.from_head = from.head;
    held.from_tail = from.tail;
    held.to_tail = queue(place_filled(event).queue).tail;
    if (const QueueId slot = runnext_touched(event); slot.kind != QueueKind::None)
        held.runnext = runnext(slot.p);
    return held;
}

void Orderer::note_overdue(std::size_t source) {
    if (overdue_.size() == kOverdueKept)
        return;
    Overdue& overdue = overdue_.emplace_back();
    overdue.index = released_;
    overdue.fronts.push_back(held(source));
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (i != source && !sources_[i].empty())
            overdue.fronts.push_back(held(i));
    }
}

std::size_t Orderer::earliest() const {
    std::size_t earliest = kNone;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (!sources_[i].empty() &&
            (earliest == kNone || sources_[i].front().time < sources_[earliest].front().time))
            earliest = i;
    }
    return earliest;
}

std::size_t Orderer::pick(std::uint64_t frontier) {
    const std::size_t earliest = this->earliest();
    if (earliest == kNone || sources_[earliest].front().time > frontier)
        return kNone;
    if (ready(sources_[earliest].front()))
        return earliest;
    // Its cause carries a slightly later stamp: look for the earliest front that is ready. The
    // horizon bounds how far a front may be brought forward, and nothing beyond the frontier may
    // be: the cause itself may not have come yet, and would be clamped to what was brought forward.
    const std::uint64_t limit = std::min(frontier, sources_[earliest].front().time + horizon_);
    std::size_t found = kNone;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (sources_[i].empty() || sources_[i].front().time > limit)
            continue;
        if ((found == kNone || sources_[i].front().time < sources_[found].front().time) &&
            !frames_a_run(sources_[i].front().type) && ready(sources_[i].front()))
            found = i;
    }
    return found;
}

std::size_t Orderer::pick_overdue(std::uint64_t frontier) const {
    const std::size_t earliest = this->earliest();
    if (earliest == kNone || frontier < horizon_ ||
        sources_[earliest].front().time > frontier - horizon_)
        return kNone;
    return earliest;
}

void Orderer::release(std::uint64_t frontier, std::vector<Event>& out) {
    for (;;) {
        std::size_t source = pick(frontier);
        if (source == kNone) {
            source = pick_overdue(frontier);
            if (source == kNone)
                return;
            ++unordered_;
            note_overdue(source);
        }
        emit(source, out);
    }
}

void Orderer::finish(std::vector<Event>& out) {
    release(UINT64_MAX, out);
}

}  // namespace golanes::trace

#include "tests/core/runtime/ledger.h"

#include <algorithm>
#include <set>

namespace golanes::test {

using trace::EventType;
using trace::QueueId;
using trace::QueueKind;
namespace put_flag = trace::put_flag;

void Ledger::complain(std::string text) {
    if (complaint_.empty())
        complaint_ = "event " + std::to_string(index_) + ": " + std::move(text);
}

void Ledger::set(GoroutineId g, Place place) {
    const auto known = places_.find(g);
    if (known == places_.end())
        return complain("goroutine " + std::to_string(g) + " was never made");
    Standing& standing = known->second;
    --count_[static_cast<std::size_t>(standing.place)];
    if (standing.place == Place::Running)
        on_proc_.erase(standing.proc);
    standing.place = place;
    ++count_[static_cast<std::size_t>(place)];
}

void Ledger::expect(GoroutineId g, Place place, const char* what) {
    const auto known = places_.find(g);
    if (known == places_.end() || known->second.place != place)
        complain("goroutine " + std::to_string(g) + " was not " + what);
}

void Ledger::begin_run() {
    queues_.clear();
    places_.clear();
    on_proc_.clear();
    in_call_.clear();
    std::fill(std::begin(count_), std::end(count_), 0);
    spawned_ = 0;
    queued_ = 0;
}

void Ledger::create(const trace::Event& event) {
    if (!places_.emplace(event.a, Standing{}).second)
        complain("goroutine " + std::to_string(event.a) + " is made twice");
    else
        ++count_[static_cast<std::size_t>(Place::InHand)];
    ++spawned_;
    put(event);
}

void Ledger::put(const trace::Event& event) {
    const auto kind = static_cast<QueueKind>(event.flags & put_flag::kKindMask);
    const QueueId to{kind, kind == QueueKind::Global ? ProcId{0} : event.p};
    if (kind == QueueKind::None)
        complain("a put names no queue");
    const bool to_ring = (event.flags & put_flag::kDisplacedToRing) != 0;
    if (to_ring || (event.flags & put_flag::kDisplacedToGlobal) != 0) {
        Queue& runnext = queue(to);
        if (runnext.empty())
            return complain("an empty runnext was displaced");
        // The latest put: an older one may be on its way to a thief whose Move is not out yet.
        const GoroutineId displaced = runnext.back();
        runnext.pop_back();
        queue(to_ring ? QueueId{QueueKind::Ring, event.p} : QueueId{QueueKind::Global, 0})
            .push_back(displaced);
    }
    queue(to).push_back(event.a);
    ++queued_;
    set(event.a, Place::Queued);
}

void Ledger::start(const trace::Event& event) {
    const auto kind = static_cast<QueueKind>(event.flags & trace::start_flag::kKindMask);
    if (kind == QueueKind::None && in_call_.erase(event.a) != 0) {
        expect(event.a, Place::Waiting, "waiting");
    } else if (kind == QueueKind::None) {
        expect(event.a, Place::InHand, "in hand");
    } else {
        expect(event.a, Place::Queued, "queued");
        Queue& from = queue({kind, kind == QueueKind::Global ? ProcId{0} : event.p});
        const auto at = kind == QueueKind::Runnext ? std::find(from.begin(), from.end(), event.a)
                                                   : from.begin();
        if (at == from.end() || *at != event.a)
            return complain("goroutine " + std::to_string(event.a) + " is not the queue's head");
        from.erase(at);
        --queued_;
    }
    set(event.a, Place::Running);
    enter_proc(event);
}

// A P runs one goroutine at a time.
void Ledger::enter_proc(const trace::Event& event) {
    const auto [on, is_free] = on_proc_.emplace(event.p, event.a);
    if (!is_free)
        complain("goroutine " + std::to_string(event.a) + " starts on a P that runs " +
                 std::to_string(on->second));
    if (const auto known = places_.find(event.a); known != places_.end())
        known->second.proc = event.p;
}

void Ledger::move_runnext(const trace::Event& event) {
    const bool removed =
        static_cast<trace::MoveReason>(event.flags) == trace::MoveReason::ProcRemoved;
    const GoroutineId g = removed ? trace::high_half(event.arg) : trace::low_half(event.arg);
    Queue& from = queue(trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16)));
    const auto at = std::find(from.begin(), from.end(), g);
    if (at == from.end())
        return complain("goroutine " + std::to_string(g) + " is not in that runnext");
    from.erase(at);
    if (removed)
        return queue({QueueKind::Global, 0}).push_front(g);
    --queued_;
    set(g, Place::InHand);
}

void Ledger::move(const trace::Event& event) {
    const QueueId from = trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16));
    const QueueId to = trace::unpack_queue(static_cast<std::uint16_t>(event.a & 0xFFFF));
    if (from.kind == QueueKind::Runnext)
        return move_runnext(event);
    Queue& source = queue(from);
    if (source.size() < event.seq)
        return complain("a move takes more than there is");
    std::vector<GoroutineId> batch(source.begin(), source.begin() + event.seq);
    source.erase(source.begin(), source.begin() + event.seq);
    const auto reason = static_cast<trace::MoveReason>(event.flags);
    if (reason == trace::MoveReason::Steal || reason == trace::MoveReason::GlobalBatch) {
        const auto hand = reason == trace::MoveReason::Steal ? batch.end() - 1 : batch.begin();
        set(*hand, Place::InHand);
        batch.erase(hand);
        --queued_;
    }
    Queue& target = queue(to);
    const bool front = reason == trace::MoveReason::ProcRemoved;
    target.insert(front ? target.begin() : target.end(), batch.begin(), batch.end());
}

void Ledger::leave(const trace::Event& event, Place to) {
    expect(event.a, Place::Running, "running");
    set(event.a, to);
}

void Ledger::kill(const trace::Event& event) {
    const auto known = places_.find(event.a);
    if (known != places_.end() && known->second.place == Place::Queued) {
        for (auto& [id, contents] : queues_)
            queued_ -= std::erase(contents, event.a);
    }
    set(event.a, Place::Ended);
}

void Ledger::balance() {
    if (queued_ != number_of(Place::Queued))
        complain("the queues hold " + std::to_string(queued_) + ", but " +
                 std::to_string(number_of(Place::Queued)) + " goroutines are queued");
    const std::size_t known = number_of(Place::Ended) + queued_ + number_of(Place::InHand) +
                              number_of(Place::Running) + number_of(Place::Waiting);
    if (spawned_ != known)
        complain(std::to_string(spawned_) + " were spawned, but " + std::to_string(known) +
                 " are known");
}

// The same counted out, at the moments when the world stands: who is in a queue is there once.
void Ledger::audit() {
    std::set<GoroutineId> queued;
    std::size_t places = 0;
    for (const auto& [id, contents] : queues_) {
        places += contents.size();
        queued.insert(contents.begin(), contents.end());
    }
    if (places != queued_ || queued.size() != places)
        complain("the queues hold " + std::to_string(places) + " places for " +
                 std::to_string(queued.size()) + " goroutines, not " + std::to_string(queued_));
    for (const GoroutineId g : queued)
        expect(g, Place::Queued, "queued");
}

void Ledger::add(const trace::Event& event) {
    switch (event.type) {
        case EventType::RunBegin:
            begin_run();
            break;
        case EventType::RunEnd:
            if (number_of(Place::Ended) != spawned_)
                complain("the run is over, but not all goroutines are");
            audit();
            break;
        case EventType::WorldStop:
        case EventType::WorldStart:
        case EventType::ProcCount:
            audit();
            break;
        case EventType::GoCreate:
            create(event);
            break;
        case EventType::GoUnblock:
            expect(event.a, Place::Waiting, "waiting");
            in_call_.erase(event.a);
            put(event);
            break;
        case EventType::BlockingBegin:
            leave(event, Place::Waiting);
            in_call_.insert(event.a);
            break;
        case EventType::BlockingEnd:
            if (!in_call_.contains(event.a))
                complain("goroutine " + std::to_string(event.a) + " was in no blocking call");
            break;
        case EventType::GoStop:
            expect(event.a, Place::Running, "running");
            put(event);
            break;
        case EventType::GoStart:
            start(event);
            break;
        case EventType::GoBlock:
            leave(event, Place::Waiting);
            break;
        case EventType::GoEnd:
        case EventType::GoPanic:
            leave(event, Place::Ended);
            break;
        case EventType::GoKilled:
            kill(event);
            break;
        case EventType::Move:
            move(event);
            break;
        default:
            break;
    }
    balance();
    ++index_;
}

}  // namespace golanes::test

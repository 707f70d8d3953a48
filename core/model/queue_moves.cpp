// QueueState's handling of Move events: batches of goroutines between queues, one reason at a time.
#include "core/model/queue_state.h"

namespace golanes::model {
namespace {

using trace::MoveReason;
using trace::QueueId;
using trace::QueueKind;

constexpr std::uint32_t kMaxBatch = 1 << 20;

struct Batch {
    QueueId from;
    QueueId to;
    std::uint32_t from_index;
    std::uint32_t to_index;
    std::uint32_t n;
};

Batch batch_of(const trace::Event& event) {
    return {trace::unpack_queue(static_cast<std::uint16_t>(event.a >> 16)),
            trace::unpack_queue(static_cast<std::uint16_t>(event.a)),
            trace::high_half(event.arg),
            trace::low_half(event.arg),
            event.seq};
}

bool names_a_proc(QueueId queue) {
    return queue.kind == QueueKind::None || queue.kind == QueueKind::Global || queue.p < kMaxProcs;
}

}  // namespace

std::vector<GoroutineId> QueueState::take_many(QueueId queue,
                                               std::uint32_t index,
                                               std::uint32_t n) {
    std::vector<GoroutineId> taken;
    if (queue.kind == QueueKind::None)
        return taken;
    if (queue.kind == QueueKind::Runnext) {
        Proc& owner = proc(queue.p);
        taken.push_back(owner.runnext);
        take_runnext(queue.p, owner.runnext);
        return taken;
    }
    IndexedQueue& list = *list_of(queue);
    for (std::uint32_t i = 0; i < n && i < kMaxBatch; ++i) {
        const std::uint32_t head = list.head();
        const IndexedQueue::Taken one = list.take(index + i);
        if (one.fit == Fit::No)
            report({"is moved", queue, one.goroutine, index + i, head, false});
        taken.push_back(one.goroutine);
        if (list.length() == 0 && one.goroutine == 0)
            break;  // Nothing known is left: a damaged count must not keep us busy.
    }
    touch(queue);
    return taken;
}

GoroutineId QueueState::steal_runnext(const trace::Event& event, QueueId from) {
    const auto named = static_cast<GoroutineId>(event.arg);
    Proc& victim = proc(from.p);
    if (victim.overdue == named)
        victim.overdue = 0;
    else
        take_runnext(from.p, named);
    return named;
}

void QueueState::apply_move(const trace::Event& event) {
    const Batch batch = batch_of(event);
    const auto reason = static_cast<MoveReason>(event.flags);
    if (!names_a_proc(batch.from) || !names_a_proc(batch.to))
        return report({"is moved by an unknown P", batch.from, 0, batch.from_index, 0, false});
    const bool steals_runnext =
        reason == MoveReason::Steal && batch.from.kind == QueueKind::Runnext;
    std::vector<GoroutineId> moved = steals_runnext
                                         ? std::vector{steal_runnext(event, batch.from)}
                                         : take_many(batch.from, batch.from_index, batch.n);
    if (moved.empty())
        return;
    if (reason == MoveReason::ProcRemoved) {
        const std::uint32_t tail = global_.tail();
        // A runnext has no index of its own: its Move names the place in `to` all the same.
        if (global_.put_in_front(batch.to_index, moved) == Fit::No)
            report({"is moved", batch.to, moved.front(), batch.to_index, tail, false});
        return touch({QueueKind::Global, 0});
    }
    // The thief runs the newest of its batch, the taker of a global batch the oldest.
    const bool in_hand = reason == MoveReason::Steal || reason == MoveReason::GlobalBatch;
    if (in_hand && event.p < kMaxProcs) {
        const auto taken = reason == MoveReason::Steal ? moved.end() - 1 : moved.begin();
        proc(event.p).hand = *taken;
        moved.erase(taken);
    }
    if (batch.to.kind == QueueKind::Runnext || batch.to.kind == QueueKind::None)
        return;
    for (std::size_t i = 0; i < moved.size(); ++i)
        put(batch.to, batch.to_index + static_cast<std::uint32_t>(i), moved[i]);
}

}  // namespace golanes::model

#include "core/trace/overdue.h"

#include <fmt/format.h>

#include "core/trace/queue_facts.h"

namespace golanes::trace {
namespace {

std::string queue_name(QueueId queue) {
    return queue.kind == QueueKind::Global ? "global" : fmt::format("P{} ring", queue.p);
}

std::string held_text(const Held& held) {
    const Event& event = held.event;
    std::string text = fmt::format("\n  source {} at {}: {} P{}",
                                   held.source,
                                   event.time,
                                   info_of(event.type).name,
                                   static_cast<std::int16_t>(event.p));
    if (is_goroutine_event(event.type))
        text += fmt::format(" g={}", event.a);
    if (is_goroutine_event(event.type) || is_proc_event(event.type))
        text += fmt::format(" seq={} [last {}]", event.seq, held.last_seq);
    if (event.type == EventType::Move)
        text += fmt::format(
            " {} of {}", move_reason_text(static_cast<MoveReason>(event.flags)), event.seq);
    if (const QueuePlace from = place_taken(event); from.queue.kind != QueueKind::None)
        text += fmt::format(" from {} {} [head {}, tail {}]",
                            queue_name(from.queue),
                            from.index,
                            held.from_head,
                            held.from_tail);
    if (const QueuePlace to = place_filled(event); to.queue.kind != QueueKind::None)
        text += fmt::format(" to {} {} [tail {}]", queue_name(to.queue), to.index, held.to_tail);
    if (const QueueId slot = runnext_touched(event); slot.kind != QueueKind::None)
        text += fmt::format(" P{} runnext [{}]", slot.p, held.runnext);
    return text;
}

}  // namespace

std::string overdue_text(const Overdue& overdue) {
    std::string text = fmt::format(
        "event {} was released without its cause. It, and what else was held back:", overdue.index);
    for (const Held& held : overdue.fronts)
        text += held_text(held);
    return text;
}

}  // namespace golanes::trace

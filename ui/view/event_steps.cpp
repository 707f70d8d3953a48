#include "ui/view/event_steps.h"

#include <algorithm>
#include <initializer_list>

namespace golanes::view {
namespace {

using enum trace::EventType;

static_assert(trace::kEventTypeCount <= 64, "a mask has a bit for every event type");

std::uint64_t mask_of(std::initializer_list<trace::EventType> types) {
    std::uint64_t mask = 0;
    for (const trace::EventType type : types)
        mask |= std::uint64_t{1} << static_cast<unsigned>(type);
    return mask;
}

std::uint64_t logical_mask() {
    std::uint64_t mask = 0;
    for (const trace::EventInfo& info : trace::event_table()) {
        if (info.nature == trace::Nature::Logical)
            mask |= mask_of({info.type});
    }
    return mask;
}

}  // namespace

std::uint64_t step_mask(StepOver kind) {
    switch (kind) {
        case StepOver::Start:
            return mask_of({GoStart});
        case StepOver::Wait:
            return mask_of({GoBlock, BlockingBegin});
        case StepOver::Wake:
            return mask_of({GoCreate, GoUnblock});
        case StepOver::Leave:
            return mask_of({GoStop, GoEnd, GoPanic, GoKilled});
        case StepOver::Move:
            return mask_of({Move});
        case StepOver::Object:
            return mask_of({ChanSend,
                            ChanRecv,
                            ChanClose,
                            SelectPick,
                            LockContend,
                            LockAcquire,
                            LockRelease,
                            WaitGroupAdd,
                            CondSignal,
                            SharedRead,
                            SharedWrite,
                            SharedUpdate});
        case StepOver::Every:
        case StepOver::Count_:
            break;
    }
    return logical_mask();
}

std::optional<std::uint64_t> next_event(const recording::Snapshot& recording,
                                        std::uint64_t from,
                                        std::uint64_t mask) {
    const std::uint64_t end = recording.end_index();
    for (std::uint64_t i = std::max(from, recording.first_index()); i < end; ++i) {
        if (in_mask(mask, recording.event(i).type))
            return i;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> previous_event(const recording::Snapshot& recording,
                                            std::uint64_t before,
                                            std::uint64_t mask) {
    const std::uint64_t first = recording.first_index();
    for (std::uint64_t i = std::min(before, recording.end_index()); i > first; --i) {
        if (in_mask(mask, recording.event(i - 1).type))
            return i - 1;
    }
    return std::nullopt;
}

}  // namespace golanes::view

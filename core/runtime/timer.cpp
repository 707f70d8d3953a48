#include "core/runtime/timer.h"

#include <utility>

#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"
#include "core/runtime/timer_kinds.h"

namespace golanes::rt {
namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

// The channel is a part of its timer and shares its life.
Chan<TimeNs> channel_of(const std::shared_ptr<ChanTimerNode>& node) {
    return Chan<TimeNs>::from_core({node, &node->channel()});
}

std::shared_ptr<ChanTimerNode> set_chan_timer(DurationNs duration,
                                              std::string_view name,
                                              const Where& where) {
    auto node = std::make_shared<ChanTimerNode>(trace::TimerKind::Chan, name, where);
    scheduler().set_timer(*node, duration, 0, where);
    return node;
}

// What the program holds of a function's timer: when the last handle goes, it says so.
std::shared_ptr<TimerNode> handle_of(std::shared_ptr<FuncTimerNode> node) {
    FuncTimerNode* const target = node.get();
    return {target, [node = std::move(node)](TimerNode*) {
                node->disown();
            }};
}

}  // namespace

Chan<TimeNs> after(DurationNs duration, std::string_view name, const Where& where) {
    return channel_of(set_chan_timer(duration, name, where));
}

Timer::Timer(DurationNs duration, std::string_view name, const Where& where) {
    auto node = set_chan_timer(duration, name, where);
    channel_ = channel_of(node);
    node_ = std::move(node);
}

bool Timer::stop(const Where& where) const {
    return scheduler().stop_timer(*node_, where);
}

bool Timer::reset(DurationNs duration, const Where& where) const {
    return scheduler().set_timer(*node_, duration, 0, where);
}

Timer after_func(DurationNs duration,
                 std::function<void()> f,
                 std::string_view name,
                 const Where& where) {
    auto node =
        std::make_shared<FuncTimerNode>(std::make_shared<const std::function<void()>>(std::move(f)),
                                        FuncTimerNode::Use::Again,
                                        name,
                                        where);
    scheduler().set_timer(*node, duration, 0, where);
    return {handle_of(std::move(node)), Chan<TimeNs>()};
}

Ticker::Ticker(DurationNs period, std::string_view name, const Where& where) {
    if (period <= 0)
        panic("non-positive interval for NewTicker");
    node_ = std::make_shared<ChanTimerNode>(trace::TimerKind::Ticker, name, where);
    channel_ = channel_of(node_);
    scheduler().set_timer(*node_, period, period, where);
}

void Ticker::stop(const Where& where) const {
    scheduler().stop_timer(*node_, where);
}

void Ticker::reset(DurationNs period, const Where& where) const {
    if (period <= 0)
        panic("non-positive interval for Ticker.Reset");
    scheduler().set_timer(*node_, period, period, where);
}

}  // namespace golanes::rt

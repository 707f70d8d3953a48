#include "core/runtime/timer_kinds.h"

#include <utility>

#include "core/runtime/chan_room.h"
#include "core/runtime/no_preempt.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

ChanTimerNode::ChanTimerNode(trace::TimerKind kind,
                             std::string_view name,
                             const trace::Where& where)
    : kind_(kind), channel_(1, ChanRoom<TimeNs>::kOps, name, where, this) {}

// A full channel keeps the older time and this one is dropped, as in Go.
TimerNode::Effect ChanTimerNode::fire(TimeNs due) {
    ChanRoom<TimeNs> room(std::move(due));
    const LockGuard guard(channel_.lock());
    return {channel_.attempt(ChanDirection::Send, room.element()).woken, nullptr};
}

bool ChanTimerNode::take_back() {
    ChanRoom<TimeNs> room;
    const LockGuard guard(channel_.lock());
    return channel_.attempt(ChanDirection::Receive, room.element()).status ==
           ChanCore::Status::Done;
}

void ChanTimerNode::look() {
    scheduler().look_at_timer(*this);
}

void ChanTimerNode::watch() {
    scheduler().watch_timer(*this);
}

void ChanTimerNode::unwatch() {
    const LockGuard guard(TimerNode::lock());
    TimerNode::unwatch();
}

FuncTimerNode::FuncTimerNode(Function f, Use use, std::string_view name, const trace::Where& where)
    : f_(std::move(f)),
      is_last_(use == Use::Once),
      made_at_(scheduler().tracer().names().place(where, name)),
      id_(scheduler().make_object(trace::ObjectKind::Timer, 0, name, where)) {}

TimerNode::Effect FuncTimerNode::fire(TimeNs /*due*/) GOLANES_NO_TSA {
    const NoPreempt no_preempt;  // the copy is the program's code, under our lock
    Function f = is_last_ ? std::move(f_) : f_;
    if (f == nullptr)
        return {};
    return {nullptr, [f = std::move(f)] {
                (*f)();
            }};
}

void FuncTimerNode::abandon() {
    Function f;
    const LockGuard guard(lock());
    f.swap(f_);
}

void FuncTimerNode::disown() GOLANES_NO_TSA {
    Function f;
    {
        const LockGuard guard(lock());
        is_last_ = true;
        if (!is_set())
            f.swap(f_);
    }
}

}  // namespace golanes::rt

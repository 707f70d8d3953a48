#include "core/runtime/cancel.h"

#include <algorithm>

#include "core/runtime/cancel_node.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

}  // namespace

CancelNode::CancelNode(std::optional<TimeNs> deadline, std::string_view name, const Where& where)
    : done_(0, name, where), deadline_(deadline) {}

CancelNode::Made CancelNode::make(const CancelContext& parent,
                                  std::optional<TimeNs> deadline,
                                  std::string_view name,
                                  const Where& where) {
    const std::optional<TimeNs> inherited = parent.deadline();
    const bool is_own = deadline && (!inherited || *deadline < *inherited);
    auto node = std::make_shared<CancelNode>(is_own ? deadline : inherited, name, where);
    node->parent_ = parent.node_;
    const Verdict verdict = parent.node_ == nullptr ? Verdict{} : parent.node_->adopt(node);
    if (!verdict.err.empty())
        node->cancel(verdict, where);
    else if (is_own)
        node->arm(where);
    return {CancelContext(node), CancelFunc(node)};
}

// Keeps the child, unless this context is cancelled already: then it says how.
CancelNode::Verdict CancelNode::adopt(const std::shared_ptr<CancelNode>& child) {
    const LockGuard guard(lock_);
    if (verdict_.err.empty())
        children_.push_back(child);
    return verdict_;
}

void CancelNode::release(const CancelNode& child) {
    std::shared_ptr<CancelNode> dropped;  // destroyed after the lock is
    const LockGuard guard(lock_);
    const auto at = std::find_if(
        children_.begin(), children_.end(), [&](const auto& each) { return each.get() == &child; });
    if (at == children_.end())
        return;
    dropped = std::move(*at);
    children_.erase(at);
}

void CancelNode::arm(const Where& where) {
    const DurationNs left = *deadline_ - now();
    if (left <= 0)
        return cancel({kDeadlineExceeded, {}}, where);
    auto timer = std::make_shared<FuncTimerNode>(
        std::make_shared<const std::function<void()>>([self = shared_from_this(), where] {
            self->cancel({kDeadlineExceeded, {}}, where);
        }),
        FuncTimerNode::Use::Once,
        "deadline",
        where);
    scheduler().set_timer(*timer, left, 0, where);
    {
        const LockGuard guard(lock_);
        if (verdict_.err.empty()) {
            timer_ = std::move(timer);
            return;
        }
    }
    drop(*timer, where);  // cancelled meanwhile
}

void CancelNode::drop(FuncTimerNode& timer, const Where& where) {
    scheduler().stop_timer(timer, where);
    timer.disown();
}

void CancelNode::cancel(Verdict verdict, const Where& where) {
    if (verdict.cause.empty())
        verdict.cause = verdict.err;
    std::vector<std::shared_ptr<CancelNode>> children;
    std::shared_ptr<FuncTimerNode> timer;
    {
        const LockGuard guard(lock_);
        if (!verdict_.err.empty())
            return;
        verdict_ = verdict;
        children.swap(children_);
        timer.swap(timer_);
    }
    done_.close(where);
    for (const auto& child : children)
        child->cancel(verdict, where);
    if (const auto parent = parent_.lock())
        parent->release(*this);
    if (timer != nullptr)
        drop(*timer, where);
}

// It is there a moment before the channel is closed; nobody is told before it is.
CancelNode::Verdict CancelNode::verdict() {
    const LockGuard guard(lock_);
    return done_.core()->is_closed() ? verdict_ : Verdict{};
}

// --- The public face

DoneChan CancelContext::done() const {
    return node_ == nullptr ? DoneChan() : node_->done();
}

std::string_view CancelContext::err() const {
    return node_ == nullptr ? std::string_view() : node_->verdict().err;
}

std::string CancelContext::cause() const {
    return node_ == nullptr ? std::string() : node_->verdict().cause;
}

std::optional<TimeNs> CancelContext::deadline() const {
    return node_ == nullptr ? std::nullopt : node_->deadline();
}

void CancelFunc::operator()(std::string_view cause, const Where& where) const {
    node_->cancel({kCanceled, std::string(cause)}, where);
}

CancelContext background() {
    return {};
}

std::pair<CancelContext, CancelFunc> with_cancel(const CancelContext& parent,
                                                 std::string_view name,
                                                 const Where& where) {
    return CancelNode::make(parent, std::nullopt, name, where);
}

std::pair<CancelContext, CancelFunc> with_deadline(const CancelContext& parent,
                                                   TimeNs deadline,
                                                   std::string_view name,
                                                   const Where& where) {
    return CancelNode::make(parent, deadline, name, where);
}

std::pair<CancelContext, CancelFunc> with_timeout(const CancelContext& parent,
                                                  DurationNs timeout,
                                                  std::string_view name,
                                                  const Where& where) {
    return CancelNode::make(parent, now() + timeout, name, where);
}

}  // namespace golanes::rt

#pragma once
// CancelNode: what stands behind a CancelContext. Private to the runtime.
//
// Who keeps whom alive: a parent keeps its children until they are cancelled, a timer keeps the
// context it will cancel until it fires or is stopped, a child does not keep its parent. So a
// context nobody can cancel any more goes away with its last handle.
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/lock.h"
#include "core/runtime/cancel.h"
#include "core/runtime/timer_kinds.h"

namespace golanes::rt {

/// Threads: any goroutine.
class CancelNode : public std::enable_shared_from_this<CancelNode> {
 public:
    using Made = std::pair<CancelContext, CancelFunc>;

    /// A child of `parent`. No deadline: none of its own.
    static Made make(const CancelContext& parent,
                     std::optional<TimeNs> deadline,
                     std::string_view name,
                     const Where& where);

    CancelNode(std::optional<TimeNs> deadline, std::string_view name, const Where& where);

    /// How it was cancelled.
    struct Verdict {
        std::string_view err;  ///< One of Go's texts; empty: not cancelled.
        std::string cause;     ///< Empty: as err.
    };

    /// The first call cancels this context and then its children; others do nothing.
    void cancel(Verdict verdict, const Where& where);

    [[nodiscard]] const DoneChan& done() const { return done_; }

    [[nodiscard]] Verdict verdict();

    [[nodiscard]] std::optional<TimeNs> deadline() const { return deadline_; }

 private:
    Verdict adopt(const std::shared_ptr<CancelNode>& child);
    void release(const CancelNode& child);
    void arm(const Where& where);
    static void drop(FuncTimerNode& timer, const Where& where);

    DoneChan done_;
    std::optional<TimeNs> deadline_;  ///< Its own or an ancestor's.
    std::weak_ptr<CancelNode> parent_;

    Lock lock_;
    Verdict verdict_ GOLANES_GUARDED_BY(lock_);
    std::vector<std::shared_ptr<CancelNode>> children_ GOLANES_GUARDED_BY(lock_);
    std::shared_ptr<FuncTimerNode> timer_ GOLANES_GUARDED_BY(lock_);
};

}  // namespace golanes::rt

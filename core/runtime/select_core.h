#pragma once
// The select statement without its types: what a case is, and how one of several is chosen.
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "core/runtime/chan_core.h"

namespace golanes::rt {

inline constexpr std::size_t kMaxSelectCases = 65536;

/// What select returns when it did nothing, because the run has ended and goroutines are unwound.
inline constexpr std::size_t kNoCase = static_cast<std::size_t>(-1);

/// One case of a select. Used in place, by the goroutine that made it. Lifetime: the handle of its
/// channel outlives it (no copy: two counted references a case would cost more than the case).
class SelectCase {
 public:
    virtual ~SelectCase() = default;
    SelectCase(const SelectCase&) = delete;
    SelectCase& operator=(const SelectCase&) = delete;

    /// What is sent, or room to receive into; null for a default.
    virtual ChanElement* element() { return nullptr; }

    /// Called once the case has been performed: runs what the program wants done then.
    virtual void taken(ChanCore::Status status) = 0;

    [[nodiscard]] bool is_default() const { return is_default_; }

    [[nodiscard]] ChanDirection direction() const { return direction_; }

    [[nodiscard]] const trace::Where& where() const { return where_; }

    /// The channel; null when the case can never be ready: a nil channel, or a send that is spent.
    [[nodiscard]] ChanCore* channel() {
        const bool spent = direction_ == ChanDirection::Send && !element()->is_full;
        return spent ? nullptr : channel_;
    }

 protected:
    explicit SelectCase(const trace::Where& where) : is_default_(true), where_(where) {}

    SelectCase(ChanDirection direction, ChanCore* channel, const trace::Where& where)
        : direction_(direction), channel_(channel), where_(where) {}

 private:
    bool is_default_ = false;
    ChanDirection direction_ = ChanDirection::Receive;
    ChanCore* channel_ = nullptr;
    trace::Where where_;
};

/// A running select's notes on its i-th case, and beside it a column of the poll order.
struct SelectNote {
    SelectCase* which = nullptr;
    ChanCore* channel = nullptr;  ///< Null: it can never be ready.
    /// Asked for before any lock is taken: that is the program's code, and a signal may preempt it.
    ChanElement* element = nullptr;
    ChanWaiter waiter = {};
    std::uint32_t polled = 0;  ///< Which case is the i-th to be looked at.
};

/// Room for a running select: as many elements each as it has cases.
struct SelectSpace {
    std::span<SelectNote> notes;  ///< Each names its case.
    std::span<ChanCore*> channels;
    std::span<Lock*> locks;
};

/// Performs one of the cases and runs its function; see select(). One at most may be a default.
/// Lifetime: the space stays as it is until the call returns.
std::size_t run_select(const SelectSpace& space);

}  // namespace golanes::rt

#pragma once
// SelectList: a select whose cases are known only at run time, as reflect.Select in Go.
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/runtime/select_case.h"

namespace golanes::rt {

/// Cases that are added one by one and may be used again and again. A send case is spent once it
/// was taken: from then on it is never ready.
/// Threads: one goroutine.
class SelectList {
 public:
    template <typename T, typename F = DoNothing>
    SelectList& on_recv(const Chan<T>& channel, F f = {}, const Where& where = Where::here()) {
        kept_.push_back(channel.core());
        return add(std::make_unique<RecvCase<T, F>>(channel, std::move(f), where));
    }

    template <typename T, typename F = DoNothing>
    SelectList& on_send(const Chan<T>& channel,
                        std::type_identity_t<T> value,
                        F f = {},
                        const Where& where = Where::here()) {
        kept_.push_back(channel.core());
        return add(
            std::make_unique<SendCase<T, F>>(channel, std::move(value), std::move(f), where));
    }

    /// Panics when there is a default already.
    template <typename F = DoNothing>
    SelectList& on_default(F f = {}, const Where& where = Where::here()) {
        if (has_default_)
            panic("reflect.Select: multiple default cases");
        has_default_ = true;
        return add(std::make_unique<DefaultCase<F>>(std::move(f), where));
    }

    /// Performs one of the cases, runs its function and returns its place in the list; see
    /// select(). Errors: panics when it sends on a closed channel, or with more than 65,536 cases.
    std::size_t select(const Where& where = Where::here()) {
        if (cases_.size() > kMaxSelectCases)
            panic("reflect.Select: too many cases (max 65536)");
        if (cases_.empty())
            block_forever(trace::WaitReason::SelectNoCases, where);
        notes_.assign(cases_.size(), SelectNote{});
        channels_.resize(cases_.size());
        locks_.resize(cases_.size());
        for (std::size_t i = 0; i < cases_.size(); ++i)
            notes_[i].which = cases_[i].get();
        return run_select({notes_, channels_, locks_});
    }

 private:
    SelectList& add(std::unique_ptr<SelectCase> one) {
        cases_.push_back(std::move(one));
        return *this;
    }

    std::vector<std::shared_ptr<ChanCore>> kept_;  ///< The channels outlive their cases.
    std::vector<std::unique_ptr<SelectCase>> cases_;
    std::vector<SelectNote> notes_;
    std::vector<ChanCore*> channels_;
    std::vector<Lock*> locks_;
    bool has_default_ = false;
};

}  // namespace golanes::rt

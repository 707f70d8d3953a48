#pragma once
// Cancellation: Go's context.Context without values. A CancelContext says by closing a channel that
// the work done for it is no longer wanted; its children are cancelled with it.
//
//     auto [context, cancel] = rt::with_timeout(rt::background(), 5 * kMillisecond);
//     rt::go("worker", [context] { ... context.done() in a select ... });
//     cancel();
//
// Threads: all calls are for goroutines.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "core/base/time.h"
#include "core/runtime/chan.h"
#include "core/runtime/runtime.h"

namespace golanes::rt {

class CancelNode;

/// What CancelContext::err() says, in Go's words.
inline constexpr std::string_view kCanceled = "context canceled";
inline constexpr std::string_view kDeadlineExceeded = "context deadline exceeded";

/// A channel that carries nothing but its close.
using DoneChan = Chan<std::monostate>;

/// Whether some work is still wanted. A handle: copies name the same context. The default one is
/// background(): never cancelled.
class CancelContext {
 public:
    CancelContext() = default;

    /// Closed when the context is cancelled, or its deadline has passed; the nil channel for
    /// background().
    [[nodiscard]] DoneChan done() const;
    /// Empty until done() is closed; then kCanceled or kDeadlineExceeded, and so for ever.
    [[nodiscard]] std::string_view err() const;
    /// Why: what the first cancel was told, else what err() says. Empty until done() is closed.
    [[nodiscard]] std::string cause() const;
    /// When it will be cancelled at the latest, on the clock of rt::now(), if ever.
    [[nodiscard]] std::optional<TimeNs> deadline() const;

 private:
    friend class CancelNode;

    explicit CancelContext(std::shared_ptr<CancelNode> node) : node_(std::move(node)) {}

    std::shared_ptr<CancelNode> node_;
};

/// Cancels its context and all below it. Only the first call does anything; it returns at once and
/// waits for nobody. Call it on every path, as in Go: until then (or its parent's end) a context
/// with a parent that can be cancelled is kept.
class CancelFunc {
 public:
    void operator()(std::string_view cause = {}, const Where& where = Where::here()) const;

 private:
    friend class CancelNode;

    explicit CancelFunc(std::shared_ptr<CancelNode> node) : node_(std::move(node)) {}

    std::shared_ptr<CancelNode> node_;
};

/// The root: never cancelled, no deadline.
CancelContext background();

/// A child that is cancelled by its CancelFunc or with its parent, whichever comes first. The name
/// is that of its done() channel.
std::pair<CancelContext, CancelFunc> with_cancel(const CancelContext& parent,
                                                 std::string_view name = {},
                                                 const Where& where = Where::here());

/// The same, cancelled at `deadline` (on the clock of rt::now()) at the latest, or at its parent's
/// deadline when that is earlier.
std::pair<CancelContext, CancelFunc> with_deadline(const CancelContext& parent,
                                                   TimeNs deadline,
                                                   std::string_view name = {},
                                                   const Where& where = Where::here());

/// with_deadline() at `timeout` from now.
std::pair<CancelContext, CancelFunc> with_timeout(const CancelContext& parent,
                                                  DurationNs timeout,
                                                  std::string_view name = {},
                                                  const Where& where = Where::here());

}  // namespace golanes::rt

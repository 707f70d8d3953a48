// Go's panics on C++ stacks. The deferred functions of a panic run before anything is left, so the
// one that recovers decides where the stack is cut: only then one Unwind is thrown, and nothing but
// plain destructors is left to run while it flies. So no deferred function ever panics inside a
// destructor of a stack that is being unwound, which would end the process.
//
// C++ exceptions of the program are the one case where frames go first. A Defer that one passes
// runs its function in its destructor, keeps every Unwind from leaving it (PanicState::resumes_at),
// and whoever catches the exception goes on from there.
//
// Rejected: throwing first and running deferred functions in destructors, always: a second panic
// among them could not be thrown, and "who recovers" would be known too late. Moving the functions
// of passed Defers to the function that catches: what they refer to is gone by then.
#include "core/runtime/panic.h"

#include <cmath>
#include <cstdio>

#include "core/base/check.h"
#include "core/runtime/goroutine.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

using trace::EventType;

constexpr const char* kNoException = "an exception that is no std::exception";
constexpr const char* kUnseenException = "a C++ exception";

// Leaves all functions inside `to`. Passes through catch (...) that rethrow.
struct Unwind {
    Frame* to;
};

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

PanicState& panic_state() {
    return this_machine()->current->panic;
}

// A function on the goroutine's stack: a frame for as long as it lasts.
class FrameScope {
 public:
    FrameScope(PanicState& state, PanicRecord* run_by) : state_(state) {
        frame_.outer = state.frame;
        frame_.run_by = run_by;
        frame_.depth = state.frame == nullptr ? 1 : state.frame->depth + 1;
        frame_.uncaught = std::uncaught_exceptions();
        state.frame = &frame_;
        if (run_by != nullptr)
            run_by->call = &frame_;
    }

    ~FrameScope() { state_.frame = frame_.outer; }

    FrameScope(const FrameScope&) = delete;
    FrameScope& operator=(const FrameScope&) = delete;

    [[nodiscard]] Frame& frame() { return frame_; }

 private:
    PanicState& state_;
    Frame frame_;
};

void push(PanicState& state, PanicRecord& record) {
    GOLANES_CHECK(state.frame != nullptr, "a goroutine panics inside its function");
    record.link = state.panics;
    record.depth = state.frame->depth;
    record.is_final = std::uncaught_exceptions() > state.frame->uncaught;
    state.panics = &record;
    if (!record.is_goexit)
        scheduler().count_panicking(1);
}

void drop_newest(PanicState& state) {
    if (!state.panics->is_goexit)
        scheduler().count_panicking(-1);
    state.panics = state.panics->link;
}

void take(PanicState& state, DeferNode& node) {
    DeferNode** at = &state.defers;
    while (*at != &node)
        at = &(*at)->below;
    *at = node.below;
    node.is_due = false;
}

// The exception that was in the way is caught: on to where a recovered panic returns.
void land(PanicState& state, const Frame& here) {
    Frame* const to = state.resumes_at;
    state.resumes_at = nullptr;
    if (to != nullptr && to != &here)
        throw Unwind{to};
}

[[noreturn]] void raise(const std::string& text, const Where& where, std::uint8_t flags);

// Calls f as a function of its own, run by a panic or by nobody.
void call(PanicState& state, PanicRecord* run_by, const std::function<void()>& f) {
    FrameScope scope(state, run_by);
    try {
        if (!f)
            raise("runtime error: invalid memory address or nil pointer dereference", Where{}, 1);
        f();
    } catch (const Unwind& unwind) {
        if (unwind.to != &scope.frame())
            throw;
        state.resumes_at = nullptr;
    } catch (const RunEnded&) {
        throw;
    } catch (...) {
        if (state.resumes_at == nullptr)
            throw;
    }
    land(state, scope.frame());
}

// The same on top of a panic: a C++ exception that leaves f is the next panic.
void call_deferred(PanicState& state, PanicRecord* run_by, const std::function<void()>& f) {
    std::string text;
    try {
        return call(state, run_by, f);
    } catch (const Unwind&) {
        throw;
    } catch (const RunEnded&) {
        throw;
    } catch (const std::exception& error) {
        text = error.what();
    } catch (...) {
        text = kNoException;
    }
    raise(text, Where{}, 0);
}

// Go on where the function that recovered returns, after the rest of its deferred functions. All
// panics that began inside it are over, but a Goexit among them goes on instead: its next deferred
// function is called.
[[noreturn]] void return_from(PanicState& state, Frame* frame) {
    while (state.panics != nullptr && state.panics->depth >= frame->depth) {
        if (state.panics->is_goexit)
            throw Unwind{state.panics->call};
        drop_newest(state);
    }
    while (state.defers != nullptr && state.defers->frame == frame) {
        DeferNode& node = *state.defers;
        take(state, node);
        call_deferred(state, nullptr, node.f);
    }
    throw Unwind{frame};
}

// Calls all deferred functions of the goroutine. Returns when none of them recovered.
void run_deferred(PanicState& state, PanicRecord& record) {
    while (state.defers != nullptr) {
        DeferNode& node = *state.defers;
        take(state, node);
        call_deferred(state, &record, node.f);
        if (record.recovered)
            return_from(state, node.frame);
    }
}

void raise(const std::string& text, const Where& where, std::uint8_t flags) {
    PanicState& state = panic_state();
    Scheduler& s = scheduler();
    if (s.unwinding())
        s.block_forever(trace::WaitReason::None, where);
    s.record(EventType::PanicBegin, flags, where, s.tracer().names().string(text));
    PanicRecord record;
    record.text = text;
    push(state, record);
    run_deferred(state, record);
    scheduler().die_of_panic(where);
}

// A deferred function that a C++ exception runs, in a destructor: nothing may leave it.
void call_in_flight(PanicState& state, const DeferNode& node) {
    const FrameScope scope(state, nullptr);  // what is thrown from here on is caught here
    PanicRecord record;
    record.text = kUnseenException;
    record.is_unseen = true;
    const bool panics = state.resumes_at == nullptr;
    try {
        if (panics)
            push(state, record);
        call_deferred(state, panics ? &record : nullptr, node.f);
        if (record.recovered)
            return_from(state, node.frame);
    } catch (const Unwind& unwind) {
        state.resumes_at = unwind.to;
    } catch (const RunEnded&) {
        return;  // the exception flies on to the goroutine's end
    }
    if (state.panics == &record)
        drop_newest(state);
}

Frame* outermost(Frame* frame) {
    while (frame->outer != nullptr)
        frame = frame->outer;
    return frame;
}

}  // namespace

PanicValue::PanicValue(std::nullptr_t)
    : text_("panic called with nil argument (use GODEBUG=panicnil=1 to disable)") {}

// As Go's print: +1.500000e+000, three digits of exponent.
PanicValue::PanicValue(double value) {
    if (!std::isfinite(value)) {
        text_ = std::isnan(value) ? "NaN" : value > 0 ? "+Inf" : "-Inf";
        return;
    }
    char text[40];
    std::snprintf(text, sizeof text, "%+.6e", value);
    text_ = text;
    const std::size_t sign = text_.find('e') + 1;
    if (text_.size() - sign < 4)
        text_.insert(sign + 1, "0");
}

void panic(const PanicValue& value, const Where& where) {
    raise(value.text(), where, 1);
}

std::optional<PanicValue> recover(const Where& where) {
    Scheduler& s = scheduler();
    PanicState& state = panic_state();
    PanicRecord* const record = state.frame->run_by;
    if (s.unwinding() || record == nullptr || record != state.panics || record->is_goexit ||
        record->recovered || record->is_final)
        return std::nullopt;
    record->recovered = true;
    const StringId text = s.tracer().names().string(record->text);
    if (record->is_unseen)
        s.record(EventType::PanicBegin, 0, where, text);
    s.record(EventType::PanicRecovered, 0, where, text);
    return PanicValue(record->text);
}

void goexit(const Where& where) {
    PanicState& state = panic_state();
    if (scheduler().unwinding())
        scheduler().block_forever(trace::WaitReason::None, where);
    PanicRecord record;
    record.is_goexit = true;
    push(state, record);
    run_deferred(state, record);
    while (state.panics != nullptr)
        drop_newest(state);
    state.exits = true;
    throw Unwind{outermost(state.frame)};
}

Defer::Defer(std::function<void()> f) {
    PanicState& state = panic_state();
    node_.f = std::move(f);
    node_.frame = state.frame;
    node_.uncaught = std::uncaught_exceptions();
    node_.below = state.defers;
    state.defers = &node_;
}

Defer::~Defer() noexcept(false) {
    if (!node_.is_due)
        return;
    PanicState& state = panic_state();
    take(state, node_);
    if (scheduler().unwinding())
        return;
    if (std::uncaught_exceptions() > node_.uncaught)
        call_in_flight(state, node_);
    else
        call(state, nullptr, node_.f);
}

void detail::run_function(const std::function<void()>& f) {
    call(panic_state(), nullptr, f);
}

}  // namespace golanes::rt

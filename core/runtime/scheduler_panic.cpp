// How one goroutine ends the run: a panic that nobody recovered, a fatal error; and how main waits
// for the panics of others when it returns.
#include "core/base/check.h"
#include "core/runtime/report.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;

trace::Names Scheduler::names_so_far() {
    trace::Names names;
    trace::read_names(tracer_->region(), names);
    return names;
}

void Scheduler::tell_panic(const std::string& text,
                           std::string headline,
                           const trace::Where& where) {
    M& m = *this_machine();
    G& g = *m.current;
    g.waits_at = place(m, where);
    begin_visit(m);
    emit(m, EventType::GoPanic, g.id, ++g.trace_seq, 0, g.waits_at, tracer_->names().string(text));
    end_visit(m);
    g.has_panicked = true;
    if (!headline.starts_with(kFatal))  // there the lines of all goroutines follow
        headline += "\n\n" + own_lines(g, g.waits_at, names_so_far());
    end_run_here(trace::RunStatus::Panic, std::move(headline));
}

void Scheduler::die_of_panic(const trace::Where& where) {
    // Main looks at the second counter after the first: see let_panics_finish().
    panicking_.fetch_add(1, std::memory_order_seq_cst);
    count_panicking(-1);
    const PanicRecord& newest = *this_machine()->current->panic.panics;
    tell_panic(newest.text, panic_lines(newest), where);
    park_for_good();
}

void Scheduler::fatal(std::string_view text, const trace::Where& where) {
    if (!unwinding_)
        tell_panic(std::string(text), std::string(text), where);
    park_for_good();
}

// As Go's main: a panic that is about to end the run gets a chance to do so.
void Scheduler::let_panics_finish() {
    constexpr int kYields = 1000;
    for (int i = 0; i < kYields && running_panic_defers_.load(std::memory_order_seq_cst) != 0; ++i)
        yield(trace::StopReason::Gosched, {});
    if (panicking_.load(std::memory_order_seq_cst) != 0)
        block_forever(trace::WaitReason::PanicWait, {});
}

void Scheduler::block_forever(trace::WaitReason reason, const trace::Where& where) GOLANES_NO_TSA {
    Lock nobody;
    if (!unwinding_) {
        nobody.lock();
        block(reason, 0, nobody, where);
    }
    park_for_good();
}

// The run is over for this goroutine: it says nothing more, and is only resumed to be unwound.
void Scheduler::park_for_good() {
    M& m = *this_machine();
    if (!unwinding_) {
        m.current->state = GState::Waiting;
        begin_visit(m);
        leave(m, {}, Departure::Returns);
    }
    throw_run_ended();
    // A destructor called us while an exception is on its way: this stack cannot be unwound.
    M& owner = *this_machine();
    for (;;)
        switch_context(owner.current->context, owner.g0, Departure::Returns);
}

std::string Scheduler::traceback() {
    std::vector<const G*> live;
    {
        const LockGuard guard(lock_);
        for (const auto& g : all_goroutines_) {
            if (g->state != GState::Dead)
                live.push_back(g.get());
        }
    }
    const auto minutes = [this](const G& g) {
        return engine_->ns_from_ticks(engine_->now() - g.waits_since) / (60 * kSecond);
    };
    return all_lines(std::move(live), minutes, names_so_far());
}

std::string Scheduler::goroutine_name(GoroutineId id) {
    const LockGuard guard(lock_);
    for (const auto& g : all_goroutines_) {
        if (g->id == id && g->state != GState::Dead)
            return names_so_far().place(g->made_at).label;
    }
    return {};
}

}  // namespace golanes::rt

// A goroutine's life: made, bound to a stack at its first start, run, ended.
#include <exception>

#include "core/base/check.h"
#include "core/runtime/panic.h"
#include "core/runtime/report.h"
#include "core/runtime/scheduler.h"
#include "core/runtime/scheduler_switch.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {

using trace::EventType;

G* Scheduler::new_goroutine(M* m, std::function<void()> body) {
    G* g = m != nullptr ? take_free(*m->p) : nullptr;
    if (g == nullptr) {
        auto fresh = std::make_unique<G>();
        g = fresh.get();
        const LockGuard guard(lock_);
        all_goroutines_.push_back(std::move(fresh));
    }
    GOLANES_CHECK(g->state == GState::Dead, "a new goroutine is a dead one");
    g->id = next_goroutine_.fetch_add(1, std::memory_order_relaxed) + 1;
    g->trace_seq = 0;
    g->is_started = false;
    g->has_panicked = false;
    g->locked_to = nullptr;
    g->thread_locks = 0;
    g->is_cut_off = false;
    g->panic = {};
    g->body = std::move(body);
    live_.fetch_add(1, std::memory_order_relaxed);
    return g;
}

// A new goroutine, in a visit that is open. A timer starts one for nobody: creator 0.
void Scheduler::put_new(M& m, G& g, PlaceId made_at, GoroutineId creator) {
    g.state = GState::Runnable;
    const std::uint32_t seq = ++g.trace_seq;
    const GoroutineId id = g.id;  // once it is queued it may run elsewhere
    const auto put = put_local(m, g, place_of_next());
    emit(m, EventType::GoCreate, id, seq, put.flags, made_at, trace::pack_pair(creator, put.index));
}

void Scheduler::spawn(std::function<void()> body,
                      std::string_view name,
                      const trace::Where& where) {
    M& m = *this_machine();
    if (unwinding_)
        return;
    if (!body)
        fatal("fatal error: go of nil func value", where);
    G* g = new_goroutine(&m, std::move(body));
    const PlaceId made_at = name.empty() ? place(m, where) : named_place(m, where, name);
    g->made_at = made_at;
    g->creator = m.current->id;
    g->creator_name = m.current->made_at;
    begin_visit(m);
    put_new(m, *g, made_at, m.current->id);
    wake_one_more();
    end_visit(m);
    engine_->charge(m, Op::Spawn);
    poll(where);
}

void Scheduler::begin(std::function<void()> body, const trace::Where& where) {
    control_.emitter = tracer_->emitter(0);
    {
        const LockGuard guard(lock_);
        for (int i = 0; i < options_.procs; ++i)
            make_p(i);
        proc_count_.store(options_.procs, std::memory_order_release);  // pairs with procs()
    }
    record_control(EventType::ProcCount, static_cast<std::uint32_t>(options_.procs), 0, 0);
    G* g = new_goroutine(nullptr, std::move(body));
    g->made_at = tracer_->names().place(where, "main");
    control_.p = procs_[0].get();
    begin_visit(control_);
    g->state = GState::Runnable;
    const auto put = procs_[0]->queue.put(g, LocalQueue::Place::Next);
    emit(control_,
         EventType::GoCreate,
         g->id,
         ++g->trace_seq,
         put.flags,
         g->made_at,
         trace::pack_pair(0, put.index));
    end_visit(control_);
    control_.p = nullptr;
    if (sysmon_ != nullptr)
        sysmon_->start();
    start_world(trace::StopWorldReason::ProcCount, options_.procs);
}

void Scheduler::bind(G& g) {
    if (!g.is_bound) {
        g.stack = stacks_->take();
        GOLANES_CHECK(g.stack.low != nullptr, "no memory for another goroutine stack");
        g.is_bound = true;
    } else {
        forget_context(g.context);
        clean_stack_for_reuse(g.stack.top() - g.stack.committed(), g.stack.committed());
        if (g.stack.committed() > kPageBytes && g.stack.record->grows) {
            const auto bytes = static_cast<std::uint32_t>(g.stack.committed());
            this_machine()->stack_notes.add({g.id, trace::StackChange::Reused, bytes, bytes});
        }
    }
    g.context = Context{};
    make_context(g.context, g.stack.low, g.stack.bytes, &Scheduler::goroutine_main);
    g.is_started = true;
}

void Scheduler::goroutine_main() {
    Scheduler& self = *this_machine()->scheduler;
    self.arrive();
    self.run_body(*this_machine()->current);
    self.finish_goroutine();
}

void Scheduler::run_body(G& g) {
    std::string text;
    try {
        detail::run_function(g.body);
        if (g.id == 1 && !g.panic.exits)
            let_panics_finish();
        return;
    } catch (const RunEnded&) {
        return;
    } catch (const std::exception& error) {
        text = error.what();
    } catch (...) {
        text = "an exception that is no std::exception";
    }
    if (unwinding_)
        return;
    panicking_.fetch_add(1, std::memory_order_seq_cst);
    record(EventType::PanicBegin, 0, {}, tracer_->names().string(text));
    tell_panic(text, panic_line(text), {});
}

// Leaves a goroutine that is being unwound. While an exception is already on its way (a destructor
// called us) a second one would end the process: the call just returns.
void Scheduler::throw_run_ended() {
    const Frame* const frame = this_machine()->current->panic.frame;
    if (std::uncaught_exceptions() <= (frame == nullptr ? 0 : frame->uncaught))
        throw RunEnded{};
}

// The last act on a goroutine's stack.
void Scheduler::finish_goroutine() {
    this_machine()->current->body = nullptr;  // the program's code: it may go on upon another M
    M& m = *this_machine();
    G& g = *m.current;
    if (unwinding_) {
        m.current = nullptr;
        switch_context(g.context, m.g0, Departure::Dies);
        check_failed("an unwound goroutine was resumed", __FILE__, __LINE__);
    }
    begin_visit(m);
    const bool exits = g.panic.exits;
    if (!g.has_panicked)
        emit(m, EventType::GoEnd, g.id, ++g.trace_seq, exits ? 1 : 0, 0, 0);
    if (g.id == 1 && !g.has_panicked && !exits)
        end_run_here(trace::RunStatus::Ok, "");
    if (g.id == 1 && exits)
        main_exited_.store(true, std::memory_order_relaxed);  // before live_: see check_dead
    live_.fetch_sub(1, std::memory_order_relaxed);
    m.ends = g.locked_to != nullptr;
    leave(m, {AfterSwitch::Kind::Bury, &g, nullptr, {}, 0}, Departure::Dies);
    check_failed("a dead goroutine was resumed", __FILE__, __LINE__);
}

}  // namespace golanes::rt

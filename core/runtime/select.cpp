// select, after Go's selectgo.
//
// The problem: wait for the first of several channels, be woken exactly once, and leave no trace on
// the channels that were not taken. The way: lock all channels in one global order (that of their
// creation, so that no two selects can lock each other out), look at the cases in an order drawn
// anew each time (so that a busy channel cannot starve the others), and if none is ready queue up
// on all of them and park. Whoever comes first on any channel wins the right to wake us
// (chan_wait_list.cpp); the others find us decided and pass over us. Awake, we lock all again and
// take ourselves off the channels that did not come about.
//
// Rejected: polling the channels in turn (burns the P, unfair by position); one lock for all
// channels (every send in the program would meet there).
#include <algorithm>

#include "core/base/check.h"
#include "core/runtime/runtime.h"
#include "core/runtime/select_core.h"
#include "core/runtime/this_machine.h"

namespace golanes::rt {
namespace {

using trace::EventType;
using Status = ChanCore::Status;

namespace pick_flag {
constexpr std::uint8_t kAfterWaiting = 1;
constexpr std::uint8_t kDefault = 2;
}  // namespace pick_flag

Scheduler& scheduler() {
    return *this_machine()->scheduler;
}

class Select {
 public:
    explicit Select(const SelectSpace& space) : space_(space), notes_(space.notes) {
        for (SelectNote& note : notes_) {
            if (note.which->is_default())
                default_ = index_of(note);
            else
                note.channel = note.which->channel();
            note.element = note.which->element();
            has_timers_ = has_timers_ || timer_of(note) != nullptr;
        }
    }

    std::size_t run();

 private:
    std::size_t run_single();
    std::size_t run_several();
    std::size_t wait();
    std::size_t take(std::size_t index, Status status);
    std::size_t take_default();

    template <typename F>
    void for_each_timer(F f);
    void draw_poll_order();
    void sort_lock_order();
    void lock_all();
    void unlock_all();
    std::size_t attempt_all(ChanCore::Step& step);
    void enlist_all(G& g);
    std::size_t forget_losers(const ChanWaiter* winner);
    void record_pick(std::size_t index, std::uint8_t flags) const;

    [[nodiscard]] std::size_t index_of(const SelectNote& note) const {
        return static_cast<std::size_t>(&note - notes_.data());
    }

    // What stands behind the channel of a case that receives; mostly null.
    [[nodiscard]] static ChanTimer* timer_of(const SelectNote& note) {
        const bool receives =
            note.channel != nullptr && note.which->direction() == ChanDirection::Receive;
        return receives ? note.channel->timer() : nullptr;
    }

    // The i-th case in poll order.
    [[nodiscard]] SelectNote& polled(std::size_t i) const { return notes_[notes_[i].polled]; }

    // The place of the statement: its first operation.
    [[nodiscard]] const trace::Where& where() const {
        return notes_[default_ == 0 ? 1 : 0].which->where();
    }

    SelectSpace space_;
    std::span<SelectNote> notes_;
    std::span<Lock*> locks_;  ///< In lock order.
    std::size_t default_ = kNoCase;
    bool has_timers_ = false;
    std::size_t live_ = 0;  ///< Cases on channels that are not nil.
};

void Select::record_pick(std::size_t index, std::uint8_t flags) const {
    Scheduler& s = scheduler();
    if (!s.tracer().full())
        return;
    const SelectNote& note = notes_[index];
    s.record(EventType::SelectPick,
             flags,
             note.which->where(),
             note.channel == nullptr ? 0 : note.channel->id(),
             static_cast<std::uint32_t>(index));
}

std::size_t Select::take(std::size_t index, Status status) {
    SelectCase& chosen = *notes_[index].which;
    if (status == Status::Closed && chosen.direction() == ChanDirection::Send)
        panic("send on closed channel", where());
    chosen.taken(status);
    return index;
}

std::size_t Select::take_default() {
    record_pick(default_, pick_flag::kDefault);
    notes_[default_].which->taken(Status::WouldBlock);
    return default_;
}

// --- One case, with or without a default: the plain operation, waiting or not.

std::size_t Select::run_single() {
    const std::size_t index = default_ == 0 ? 1 : 0;
    SelectNote& note = notes_[index];
    const ChanDirection direction = note.which->direction();
    const bool waits = default_ == kNoCase;
    if (note.channel == nullptr) {
        if (waits)
            block_forever(direction == ChanDirection::Send ? trace::WaitReason::ChanSendNil
                                                           : trace::WaitReason::ChanReceiveNil,
                          note.which->where());
        return take_default();
    }
    const Status status = note.channel->operate(direction,
                                                *note.element,
                                                waits ? ChanCore::Mode::Block : ChanCore::Mode::Try,
                                                note.which->where());
    if (scheduler().unwinding())
        return kNoCase;
    return status == Status::WouldBlock ? take_default() : take(index, status);
}

// --- Several cases

// Timers are told before any lock is taken, and again before the case's function runs.
template <typename F>
void Select::for_each_timer(F f) {
    if (!has_timers_)
        return;
    for (const SelectNote& note : notes_) {
        if (ChanTimer* timer = timer_of(note); timer != nullptr)
            f(*timer);
    }
}

// A uniform random permutation of the live cases, into the column `polled` (Fisher and Yates'
// shuffle, inside out). Each P draws from a stream of its own: no contention, and the same numbers
// in every virtual run of one seed.
void Select::draw_poll_order() {
    Random& random = this_machine()->p->select_order;
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        if (notes_[i].channel == nullptr)
            continue;
        const auto at = static_cast<std::size_t>(random.uniform(live_ + 1));
        notes_[live_].polled = notes_[at].polled;
        notes_[at].polled = static_cast<std::uint32_t>(i);
        ++live_;
    }
}

// By the channels' numbers. Each once, however many cases it has. Programs mostly name them in the
// order of their making.
void Select::sort_lock_order() {
    std::size_t filled = 0;
    for (const SelectNote& note : notes_) {
        if (note.channel != nullptr)
            space_.channels[filled++] = note.channel;
    }
    const auto channels = space_.channels.first(live_);
    const auto is_before = [](const ChanCore* a, const ChanCore* b) {
        return a->id() < b->id();
    };
    if (!std::is_sorted(channels.begin(), channels.end(), is_before))
        std::sort(channels.begin(), channels.end(), is_before);
    const auto last = std::unique(channels.begin(), channels.end());
    locks_ = space_.locks.first(static_cast<std::size_t>(last - channels.begin()));
    std::transform(
        channels.begin(), last, locks_.begin(), [](ChanCore* channel) { return &channel->lock(); });
}

void Select::lock_all() GOLANES_NO_TSA {
    for (Lock* lock : locks_)
        lock->lock();
}

void Select::unlock_all() GOLANES_NO_TSA {
    for (Lock* lock : locks_)
        lock->unlock();
}

// The first pass: the first case in poll order that is ready. All are locked.
std::size_t Select::attempt_all(ChanCore::Step& step) GOLANES_NO_TSA {
    for (std::size_t i = 0; i < live_; ++i) {
        SelectNote& note = polled(i);
        step = note.channel->attempt(note.which->direction(), *note.element);
        if (step.status != Status::WouldBlock)
            return index_of(note);
    }
    return kNoCase;
}

// The second pass. In poll order, so that of two cases on one channel either may be first there.
void Select::enlist_all(G& g) GOLANES_NO_TSA {
    g.select_done.store(0, std::memory_order_relaxed);  // before anybody can find us: see wins()
    g.woken_by = nullptr;
    for (std::size_t i = 0; i < live_; ++i) {
        SelectNote& note = polled(i);
        note.waiter.g = &g;
        note.waiter.element = note.element;
        note.waiter.is_select = true;
        note.channel->enlist(note.which->direction(), note.waiter);
    }
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        const SelectNote& note = notes_[i];
        if (note.channel != nullptr)
            scheduler().record_before_block(EventType::SelectCase,
                                            static_cast<std::uint32_t>(i),
                                            note.which->direction() == ChanDirection::Send ? 1 : 0,
                                            note.which->where(),
                                            note.channel->id());
    }
}

// The third pass: off the lists of the cases that did not come about; who waits behind us there
// keeps its place. Returns the case that did.
std::size_t Select::forget_losers(const ChanWaiter* winner) GOLANES_NO_TSA {
    std::size_t won = kNoCase;
    for (std::size_t i = 0; i < notes_.size(); ++i) {
        SelectNote& note = notes_[i];
        if (&note.waiter == winner)
            won = i;
        else if (note.channel != nullptr)
            note.channel->forget(note.which->direction(), note.waiter);
    }
    return won;
}

// Called with all locked; the switch drops the locks. No lock is needed to stay queued while the
// run is unwound: every operation returns at once then and looks at no list.
std::size_t Select::wait() {
    G& g = *this_machine()->current;
    enlist_all(g);
    scheduler().block(trace::WaitReason::Select, locks_, where());
    if (scheduler().unwinding())
        return kNoCase;
    lock_all();
    const std::size_t won = forget_losers(g.woken_by);
    unlock_all();
    for_each_timer([](ChanTimer& timer) { timer.unwatch(); });
    GOLANES_CHECK(won != kNoCase, "a select is woken by one of its cases");
    record_pick(won, pick_flag::kAfterWaiting);
    return take(won, notes_[won].waiter.success ? Status::Done : Status::Closed);
}

std::size_t Select::run_several() {
    if (!Scheduler::is_calm()) [[unlikely]] {
        scheduler().poll(where());
        scheduler().charge(Op::Chan);
    }
    const bool may_wait = default_ == kNoCase;
    for_each_timer([=](ChanTimer& timer) { may_wait ? timer.watch() : timer.look(); });
    draw_poll_order();
    sort_lock_order();
    lock_all();
    ChanCore::Step step;
    const std::size_t index = attempt_all(step);
    if (index == kNoCase && may_wait)
        return wait();
    unlock_all();
    if (may_wait)
        for_each_timer([](ChanTimer& timer) { timer.unwatch(); });
    if (index == kNoCase)
        return take_default();
    const SelectNote& note = notes_[index];
    record_pick(index, 0);
    note.channel->finish(note.which->direction(), step, note.which->where());
    return take(index, step.status);
}

std::size_t Select::run() {
    if (scheduler().unwinding())
        return kNoCase;
    const std::size_t operations = notes_.size() - (default_ == kNoCase ? 0 : 1);
    if (operations == 0)
        return take_default();
    return operations == 1 ? run_single() : run_several();
}

}  // namespace

std::size_t run_select(const SelectSpace& space) {
    return Select(space).run();
}

}  // namespace golanes::rt

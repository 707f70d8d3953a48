#pragma once
// VirtualEngine: every M is a fiber with a virtual core of its own, all on the owner's thread; time
// is a number of nanoseconds that moves from one due moment to the next. Which M acts at a moment
// is decided by (time, order of registration): a run depends on its seed alone.
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include "core/runtime/context.h"
#include "core/runtime/engine.h"
#include "core/runtime/stack.h"

namespace golanes::rt {

struct VirtualOptions {
    int cores = 2;
    TimeNs start =
        0;  ///< Virtual time at the beginning (a repeated run goes on where the last one ended).
    DurationNs switch_cost = 0;  ///< Charged at every start of a goroutine.
    double pace = 0;             ///< Virtual nanoseconds per real one; 0: as fast as possible.
    /// Asked now and then from the owner's loop: true when the owner has something else to do.
    std::function<bool()> interrupted;
};

class VirtualEngine final : public Engine {
 public:
    explicit VirtualEngine(VirtualOptions options);
    ~VirtualEngine() override;

    [[nodiscard]] std::uint64_t ticks_from_ns(DurationNs duration) const override {
        return static_cast<std::uint64_t>(duration);
    }

    [[nodiscard]] DurationNs ns_from_ticks(std::uint64_t ticks) const override {
        return static_cast<DurationNs>(ticks);
    }

    void start_machine(M& m) override;
    void park(M& m, std::uint64_t until) override;
    void wake(M& m) override;
    void turn(M& m) override;
    std::uint64_t advance(M& m, std::uint64_t ticks) override;
    void interrupt_all() override;
    void run_until(const std::function<bool()>& done, DurationNs timeout) override;

    void nudge_owner() override {}

    void join(M& m) override;

    [[nodiscard]] int cpus() const override { return options_.cores; }

 private:
    enum class Wait : std::uint8_t { Turn, Advance, Park };

    struct Fiber {
        M* m = nullptr;
        Stack stack;
        Context* suspended =
            nullptr;               ///< Where it goes on: its g0, or the goroutine it was running.
        std::uint64_t ticket = 0;  ///< Of its entry in due_; 0: none.
        std::uint64_t due = 0;     ///< Time of that entry.
        Wait wait = Wait::Turn;
        bool wake_pending = false;
        bool finished = false;
    };

    struct Due {
        std::uint64_t time;
        std::uint64_t ticket;

        // NOLINTNEXTLINE(modernize-use-nullptr): the compiler's own code for <=> compares with 0
        friend auto operator<=>(const Due&, const Due&) = default;
    };

    Fiber& fiber_of(const M& m);
    void schedule(Fiber& fiber, std::uint64_t time);
    void unschedule(Fiber& fiber);
    void suspend(M& m, Wait wait);
    bool step();
    void wait_for_pace(std::uint64_t time) const;
    static void fiber_main();

    VirtualOptions options_;
    std::uint64_t now_;
    std::uint64_t start_;
    TimeNs real_start_;
    std::uint64_t tickets_ = 0;
    Context owner_;
    StackPool stacks_;
    std::vector<std::unique_ptr<Fiber>> fibers_;  ///< By M number - 1.
    std::map<Due, Fiber*> due_;
};

}  // namespace golanes::rt

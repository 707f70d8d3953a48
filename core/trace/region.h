#pragma once
// RunRegion: the memory in which a run lives for those who watch it. One mapping without pointers
// (a memfd shared by window and child process, or anonymous memory in one process) holding the
// control page, the rings and the tables of names. Everything published here survives a kill -9 of
// the run, because the watcher holds the memory too.
#include <array>
#include <atomic>
#include <cstdint>
#include <string>

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/trace/ring.h"

namespace golanes::trace {

inline constexpr std::size_t kControlValues = 16;
inline constexpr std::size_t kControlPolicies = 16;

/// The values of a scenario's parameters, in its order.
using ControlValues = std::array<std::atomic<std::int64_t>, kControlValues>;

/// What the child says about itself. Stored in Control::phase.
enum class ChildPhase : std::uint32_t { Starting, Running, Pausing, Held, Finished };

/// How a virtual run goes on. Stored in Control::step_kind.
enum class StepKind : std::uint32_t {
    Free,        ///< As fast as its pace says.
    UntilTime,   ///< Until virtual time `step_argument` (ns since the run began), then it stands.
    UntilEvent,  ///< Until `step_count` more events of a type in the mask `step_argument` (bit =
                 ///< number of the EventType), then it stands. All bits: whatever they are.
    UntilNumber  ///< Until the run has put event number `step_argument` (its RunBegin is 1), then
                 ///< it stands there, or at the first event behind it that can be stood at.
};

/// Control::pace when the run's own settings hold, and when it goes as fast as it can.
inline constexpr std::int64_t kPaceAsSet = 0;
inline constexpr std::int64_t kPaceUnlimited = -1;

/// Knobs and commands from the watcher, and signs of life from the run. All atomics are lock-free
/// and stand alone (relaxed) unless a line says otherwise. After a change to a knob the watcher
/// bumps `command` (release; the run's acquire pairs with it) and wakes its futex.
struct Control {
    std::atomic<std::uint32_t> command{0};
    std::atomic<std::uint32_t> wanted_procs{0};
    std::atomic<std::uint32_t> wanted_cpus{
        0};  ///< Real runs: the first so many of theirs; 0: as set.
    std::atomic<std::uint32_t> hold{0};
    std::atomic<std::uint32_t> stop{0};
    ControlValues values{};
    /// Virtual runs only: the value of each policy of the catalogue, plus 1; 0: as the run's
    /// settings say.
    std::array<std::atomic<std::int64_t>, kControlPolicies> policies{};

    /// Virtual runs only. A step is asked for by writing kind, argument and count, then the next
    /// number into step_sequence (release; the run's acquire pairs with it), then notify_control.
    /// It is done when step_reached has that number (release; the watcher's acquire pairs with it:
    /// the event is published, virtual_now is written); the run then stands, phase Held, without an
    /// event of its own, until the next step or StepKind::Free is asked for.
    std::atomic<std::uint32_t> step_kind{0};
    std::atomic<std::uint64_t> step_argument{0};
    std::atomic<std::uint64_t> step_count{1};
    std::atomic<std::uint32_t> step_sequence{0};
    std::atomic<std::uint32_t> step_reached{0};
    /// Virtual nanoseconds per million real ones (1'000'000: as fast as the clock), kPaceAsSet or
    /// kPaceUnlimited. Virtual runs only.
    std::atomic<std::int64_t> pace{kPaceAsSet};
    /// Virtual time (ns since the run began) and steps made, when the run stands or now and then.
    std::atomic<std::uint64_t> virtual_now{0};
    std::atomic<std::uint64_t> virtual_steps{0};

    std::atomic<std::uint32_t> phase{0};
    std::atomic<std::uint32_t> runs_finished{0};

    /// Written by the crash handler before the process dies; signal last (release).
    std::atomic<std::uint32_t> crash_signal{0};
    std::atomic<std::uint32_t> crash_goroutine{0};
    std::atomic<std::uint64_t> crash_address{0};
};

struct RegionOptions {
    std::uint32_t rings = 1088;            ///< Threads that may record at once.
    std::uint32_t ring_events = 1U << 16;  ///< Capacity of each; a power of two.
    std::uint32_t max_strings = 1U << 16;
    std::uint32_t string_bytes = 8U << 20;
    std::uint32_t max_places = 1U << 16;
};

struct StoredPlace {
    std::uint32_t file;
    std::uint32_t line;
    std::uint32_t function;
    std::uint32_t label;
};

/// What is where in the region. Offsets are in bytes from its start. Fixed at its creation: every
/// process keeps a copy of its own, so that a run gone wild cannot lead its watcher astray.
struct RegionShape {
    std::uint64_t magic = 0;
    std::uint64_t total_bytes = 0;
    std::uint32_t ring_count = 0;
    std::uint32_t ring_events = 0;
    std::uint32_t max_strings = 0;
    std::uint32_t string_bytes = 0;
    std::uint32_t max_places = 0;
    std::uint64_t rings_offset = 0;
    std::uint64_t string_offsets_offset =
        0;  ///< max_strings + 1 byte offsets into the string bytes.
    std::uint64_t string_bytes_offset = 0;
    std::uint64_t places_offset = 0;
    TickClock clock;
};

/// The head of the region.
struct RegionHeader {
    RegionShape shape;
    std::atomic<std::uint32_t> rings_used;  ///< Next free ring.
    std::atomic<std::uint32_t>
        string_count;  ///< Release after the string is written; readers acquire.
    std::atomic<std::uint32_t>
        place_count;  ///< Release after the place is written; readers acquire.
    Control control;
    RingHeader ringless;  ///< Has no slots: counts the loss of all threads that found no free ring.
};

/// A mapped run region. Move-only; unmaps when destroyed.
class RunRegion {
 public:
    /// Anonymous memory, for a run in this process. Errors: no memory.
    static Result<RunRegion> create_anonymous(const RegionOptions& options, const TickClock& clock);
    /// A memfd that a child can inherit (fd()). Errors: no memory, no descriptors.
    static Result<RunRegion> create_shared(const RegionOptions& options, const TickClock& clock);
    /// Maps a region made by another process. Errors: not a region, or of another version.
    static Result<RunRegion> attach(int fd);

    RunRegion(RunRegion&& other) noexcept;
    RunRegion& operator=(RunRegion&& other) noexcept;
    RunRegion(const RunRegion&) = delete;
    RunRegion& operator=(const RunRegion&) = delete;
    ~RunRegion();

    [[nodiscard]] RegionHeader& header() const { return *header_; }

    /// This process's copy of header().shape.
    [[nodiscard]] const RegionShape& shape() const { return shape_; }

    [[nodiscard]] Control& control() const { return header_->control; }

    /// Requires: index < shape().ring_count.
    [[nodiscard]] RingView ring(std::uint32_t index) const;

    /// Takes the next free ring for machine `m`. No ring is ever given twice: when all are taken
    /// the view has capacity 0, and that thread records nothing but counts its loss (`ringless`).
    [[nodiscard]] RingView claim_ring(MachineId m) const;

    [[nodiscard]] int fd() const { return fd_; }

    template <typename T>
    [[nodiscard]] T* at(std::uint64_t offset) const {
        return reinterpret_cast<T*>(reinterpret_cast<std::byte*>(header_) + offset);
    }

 private:
    RunRegion(RegionHeader* header, std::size_t bytes, int fd)
        : header_(header), bytes_(bytes), fd_(fd) {}

    static Result<RunRegion> map(int fd, std::size_t bytes);
    static Result<RunRegion> create(int fd, const RegionOptions& options, const TickClock& clock);
    void release() noexcept;

    RegionHeader* header_ = nullptr;
    RegionShape shape_;
    std::size_t bytes_ = 0;
    int fd_ = -1;
};

/// Tells the run that a knob changed: bumps Control::command and wakes whoever waits on it.
void notify_control(Control& control);

/// Asks a virtual run for its next step, or to go on freely. Threads: one watcher at a time.
/// `count`: see StepKind::UntilEvent.
/// Returns the number that step_reached shows once the run stands there.
std::uint32_t request_step(Control& control,
                           StepKind kind,
                           std::uint64_t argument,
                           std::uint64_t count = 1);

}  // namespace golanes::trace

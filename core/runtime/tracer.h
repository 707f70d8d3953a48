#pragma once
// Tracer: the trace of one process of runs. Owns the names and one emitter for each M number; runs
// that repeat in one process reuse both.
#include <memory>
#include <vector>

#include "core/base/lock.h"
#include "core/trace/emitter.h"
#include "core/trace/event.h"
#include "core/trace/interner.h"
#include "core/trace/region.h"

namespace golanes::rt {

/// Threads: any. Lifetime: the region outlives it.
class Tracer {
 public:
    Tracer(const trace::RunRegion& region, trace::Level level, trace::WhenFull when_full);

    /// The emitter of machine `m` (0: the control thread). Stable for the life of the tracer. In a
    /// virtual run all machines share one, because they share one thread.
    trace::Emitter* emitter(MachineId m);

    /// Losses that no event tells of yet: of Ms that fell silent while their ring was full.
    /// Requires: all Ms have ended.
    std::vector<trace::Gap> take_gaps();

    [[nodiscard]] trace::Interner& names() { return names_; }

    /// False: nothing is recorded, and the emitters write nowhere.
    [[nodiscard]] bool on() const { return level_ != trace::Level::Off; }

    [[nodiscard]] bool full() const { return level_ == trace::Level::Full; }

    [[nodiscard]] const trace::RunRegion& region() const { return *region_; }

 private:
    const trace::RunRegion* region_;
    trace::Level level_;
    trace::WhenFull when_full_;
    trace::Interner names_;
    Lock lock_;
    std::vector<std::unique_ptr<trace::Emitter>> emitters_ GOLANES_GUARDED_BY(lock_);
};

}  // namespace golanes::rt

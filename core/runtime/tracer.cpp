#include "core/runtime/tracer.h"

namespace golanes::rt {

Tracer::Tracer(const trace::RunRegion& region, trace::Level level, trace::WhenFull when_full)
    : region_(&region), level_(level), when_full_(when_full), names_(region) {}

trace::Emitter* Tracer::emitter(MachineId m) {
    const std::size_t slot = when_full_ == trace::WhenFull::Wait ? 0 : m;
    const LockGuard guard(lock_);
    if (slot >= emitters_.size())
        emitters_.resize(slot + 1);
    if (emitters_[slot] == nullptr) {
        const bool is_control = m == 0 && when_full_ == trace::WhenFull::Drop;
        emitters_[slot] = on() ? std::make_unique<trace::Emitter>(
                                     region_->claim_ring(m),
                                     m,
                                     is_control ? trace::WhenFull::WaitBriefly : when_full_)
                               : std::make_unique<trace::Emitter>();
    }
    return emitters_[slot].get();
}

std::vector<trace::Gap> Tracer::take_gaps() {
    std::vector<trace::Gap> gaps;
    const LockGuard guard(lock_);
    for (std::size_t m = 1; m < emitters_.size(); ++m) {
        if (emitters_[m] == nullptr)
            continue;
        if (const trace::Gap gap = emitters_[m]->take_gap(); gap.events != 0)
            gaps.push_back(gap);
    }
    return gaps;
}

}  // namespace golanes::rt

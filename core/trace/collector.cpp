#include "core/trace/collector.h"

#include <algorithm>

#include "core/base/cpu.h"
#include "core/trace/interner.h"

namespace golanes::trace {
namespace {

// A store of `visit` may sit in the writer's store buffer while we already read the old value; it
// leaves that buffer within well under a microsecond.
constexpr DurationNs kStoreMargin = 2 * kMicrosecond;
// While nothing was lost every cause comes: a thread put aside by the kernel between its stamp and
// its act may take many time slices. Once events are missing, waiting long only delays the picture.
constexpr DurationNs kPatientHorizon = 2 * kSecond;
constexpr DurationNs kLossyHorizon = kMillisecond;
// A thread that stays inside a visit longer than this was stopped or killed: do not wait for it.
constexpr DurationNs kStallLimit = 500 * kMillisecond;

}  // namespace

Collector::Collector(const RunRegion& region)
    : region_(&region), orderer_(region.shape().clock.ticks_from_ns(kPatientHorizon)) {}

bool Collector::is_virtual() const {
    const TickClock& clock = region_->shape().clock;
    return clock.ns_per_tick == 1.0 && clock.base_ticks == 0;
}

std::uint32_t Collector::rings_used() const {
    return std::min(region_->header().rings_used.load(std::memory_order_acquire),
                    region_->shape().ring_count);
}

// A virtual run has one thread, one ring and times in nanoseconds: there is nothing to order or to
// convert. False: not such a run, or nothing of it is here.
bool Collector::take_as_they_stand() {
    const std::uint32_t used = rings_used();
    if (way_ == Way::Unknown && used != 0)
        way_ = is_virtual() && used == 1 ? Way::Straight : Way::Ordered;
    for (std::uint32_t i = 0; i < used && way_ == Way::Straight; ++i)
        take_ring(i);
    return way_ == Way::Straight;
}

void Collector::take_ring(std::uint32_t index) {
    const Batch batch = next_batch(index);
    out_.insert(out_.end(), batch.first, batch.first + batch.until_wrap);
    out_.insert(out_.end(), batch.begin, batch.begin + batch.behind_wrap);
    give_back(index, batch);
}

Collector::Frontier Collector::read_frontier() {
    const TickClock& clock = region_->shape().clock;
    std::uint64_t time =
        is_virtual() ? UINT64_MAX : read_ticks() - clock.ticks_from_ns(kStoreMargin);
    bool stalled = false;
    if (is_virtual())
        return {time, stalled};  // one ring, in order: all that is published is complete
    // Relaxed: a ring claimed just now has no event older than our clock reading.
    const std::uint32_t used = std::min(
        region_->header().rings_used.load(std::memory_order_relaxed), region_->shape().ring_count);
    for (std::uint32_t i = 0; i < used; ++i) {
        // Acquire pairs with the release in Emitter::end_visit: after a 0 we see that visit's head.
        std::uint64_t visit = region_->ring(i).header->visit.load(std::memory_order_acquire);
        for (int tries = 0; visit == kVisitReadingClock && tries < 100; ++tries) {
            cpu_pause();
            visit = region_->ring(i).header->visit.load(std::memory_order_acquire);
        }
        if (visit == kVisitReadingClock)
            stalled = true;
        else if (visit != 0)
            time = std::min(time, visit - 1);
    }
    return {time, stalled};
}

Collector::Batch Collector::next_batch(std::uint32_t index) {
    const RingView ring = region_->ring(index);
    // Acquire pairs with the producer's release of head.
    const std::uint64_t head = ring.header->head.load(std::memory_order_acquire);
    const std::uint64_t tail =
        ring.header->tail.load(std::memory_order_relaxed);  // only we write it
    if (head == tail || head - tail > ring.capacity)
        return {};  // nothing new, or a header overwritten by a run gone wild
    fill_ = std::max(fill_, static_cast<double>(head - tail) / static_cast<double>(ring.capacity));
    const std::uint64_t first = tail & (ring.capacity - 1);
    const std::uint64_t count = head - tail;
    const std::uint64_t until_wrap = std::min(count, ring.capacity - first);
    return {ring.slots + first, until_wrap, ring.slots, count - until_wrap, head};
}

void Collector::give_back(std::uint32_t index, const Batch& batch) {
    if (batch.until_wrap != 0)
        // Release pairs with the producer's acquire: the slots are read.
        region_->ring(index).header->tail.store(batch.head, std::memory_order_release);
}

void Collector::drain_ring(std::uint32_t index) {
    const Batch batch = next_batch(index);
    orderer_.add(index, batch.first, batch.until_wrap);
    orderer_.add(index, batch.begin, batch.behind_wrap);
    give_back(index, batch);
}

void Collector::convert(std::vector<Event>& events) const {
    const TickClock& clock = region_->shape().clock;
    for (Event& event : events) {
        event.time =
            static_cast<std::uint64_t>(std::max<TimeNs>(0, clock.ns_from_ticks(event.time)));
        if (event.type == EventType::Loss)
            event.arg =
                static_cast<std::uint64_t>(static_cast<double>(event.arg) * clock.ns_per_tick);
    }
}

const std::vector<Event>& Collector::drain() {
    out_.clear();
    fill_ = 0;
    if (take_as_they_stand())
        return out_;
    const Frontier now = read_frontier();
    const std::uint32_t used = std::min(
        region_->header().rings_used.load(std::memory_order_relaxed), region_->shape().ring_count);
    for (std::uint32_t i = 0; i < used; ++i)
        drain_ring(i);
    const TimeNs clock = monotonic_ns();
    if (now.stalled || now.time <= frontier_) {
        if (stalled_since_ < 0)
            stalled_since_ = clock;
    } else {
        frontier_ = now.time;
        stalled_since_ = -1;
    }
    if (stalled_since_ >= 0 && clock - stalled_since_ > kStallLimit && now.time != UINT64_MAX) {
        const TickClock& ticks = region_->shape().clock;
        frontier_ = std::max(frontier_, read_ticks() - ticks.ticks_from_ns(kStallLimit / 2));
    }
    if (lost() != 0)
        orderer_.set_horizon(region_->shape().clock.ticks_from_ns(kLossyHorizon));
    orderer_.release(frontier_, out_);
    convert(out_);
    return out_;
}

const std::vector<Event>& Collector::finish() {
    out_.clear();
    if (take_as_they_stand())
        return out_;
    for (std::uint32_t i = 0; i < rings_used(); ++i)
        drain_ring(i);
    orderer_.finish(out_);
    convert(out_);
    return out_;
}

std::shared_ptr<const Names> Collector::names() {
    const RegionHeader& header = region_->header();
    // Relaxed: only a hint that there may be more; read_names acquires.
    const bool same =
        header.string_count.load(std::memory_order_relaxed) <= names_->strings.size() &&
        header.place_count.load(std::memory_order_relaxed) <= names_->places.size();
    if (!same) {
        auto next = std::make_shared<Names>(*names_);
        read_names(*region_, *next);
        names_ = std::move(next);
    }
    return names_;
}

std::uint64_t Collector::lost() const {
    // Relaxed: counts, they order nothing.
    std::uint64_t sum = region_->header().ringless.dropped.load(std::memory_order_relaxed);
    const std::uint32_t used = std::min(
        region_->header().rings_used.load(std::memory_order_relaxed), region_->shape().ring_count);
    for (std::uint32_t i = 0; i < used; ++i)
        sum += region_->ring(i).header->dropped.load(std::memory_order_relaxed);
    return sum;
}

}  // namespace golanes::trace

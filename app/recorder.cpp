#include "app/recorder.h"

#include <algorithm>
#include <ctime>

namespace golanes::app {
namespace {

constexpr DurationNs kPublishEvery = 16 * kMillisecond;  // at most 60 times a second
constexpr DurationNs kSlowest = 5 * kMillisecond;
constexpr DurationNs kFastest = 200 * kMicrosecond;

void pause_for(DurationNs duration) {
    const timespec time{static_cast<time_t>(duration / kSecond),
                        static_cast<long>(duration % kSecond)};
    nanosleep(&time, nullptr);
}

}  // namespace

Recorder::Recorder(const trace::RunRegion& region, recording::Meta meta, RecorderOptions options)
    : options_(std::move(options)),
      collector_(region),
      recording_(std::move(meta), options_.budget_bytes) {}

Recorder::~Recorder() {
    stop();
}

void Recorder::start() {
    thread_ = std::thread([this] { thread_main(); });
}

void Recorder::stop() {
    stopping_.store(true, std::memory_order_relaxed);
    if (thread_.joinable())
        thread_.join();
}

void Recorder::thread_main() {
    while (!stopping_.load(std::memory_order_relaxed))
        pause_for(step());
    take(collector_.drain());
    take(collector_.finish());
    dirty_ = true;
    publish();
}

// One batch. Returns how long the rings may fill before the next one.
DurationNs Recorder::step() {
    take(collector_.drain());
    const double fill = collector_.fill();
    if (dirty_ && (publish_asked_.exchange(false, std::memory_order_relaxed) ||
                   monotonic_ns() - last_publish_ >= kPublishEvery))
        publish();
    return fill > 0.25
               ? 0
               : std::max(
                     kFastest,
                     static_cast<DurationNs>(static_cast<double>(kSlowest) * (1.0 - 4 * fill)));
}

void Recorder::take(const std::vector<trace::Event>& events) {
    if (events.empty())
        return;
    recording_.append(events);
    dirty_ = true;
}

void Recorder::publish() {
    recording_.set_names(collector_.names());
    recording::Honesty honesty;
    honesty.lost = collector_.lost();
    honesty.clamped = collector_.clamped();
    honesty.unordered = collector_.unordered();
    recording_.set_honesty(std::move(honesty));
    recording_.publish();
    if (options_.builds_timeline) {
        builder_.advance(recording_.snapshot());
        model::Timeline next = builder_.timeline();
        const LockGuard guard(lock_);
        timeline_ = std::move(next);
    }
    dirty_ = false;
    last_publish_ = monotonic_ns();
    version_.fetch_add(1, std::memory_order_release);
    options_.on_news();
}

model::Timeline Recorder::timeline() const {
    const LockGuard guard(lock_);
    return timeline_;
}

}  // namespace golanes::app

#include "app/stepped_run.h"

#include <ctime>

#include <fmt/format.h>

#include "app/step_talk.h"
#include "core/base/time.h"
#include "core/runtime/run.h"

namespace golanes::app {
namespace {

void nap(DurationNs duration) {
    const timespec time{0, static_cast<long>(duration)};
    nanosleep(&time, nullptr);
}

}  // namespace

void StepWatch::ask(const StepRequest& request) {
    asked_ = trace::request_step(region_->control(), request.kind, request.argument, request.count);
}

bool StepWatch::stand() {
    DurationNs pause = 20 * kMicrosecond;
    // Acquire pairs with the run's release: it stands, its last event is published.
    while (region_->control().step_reached.load(std::memory_order_acquire) != asked_) {
        if (is_gone_.load(std::memory_order_relaxed))
            return false;
        nap(pause);
        pause = std::min<DurationNs>(pause * 2, kMillisecond);
    }
    return take_in();
}

// Until the recording has what the run's one ring has had.
bool StepWatch::take_in() {
    const std::uint64_t put = region_->ring(0).header->head.load(std::memory_order_acquire);
    for (;;) {
        recorder_->publish_soon();
        events_ = recorder_->snapshot();
        if (events_.end_index() >= put)
            return true;
        if (is_gone_.load(std::memory_order_relaxed))
            return false;
        nap(200 * kMicrosecond);
    }
}

TimeNs StepWatch::now() const {
    return static_cast<TimeNs>(region_->control().virtual_now.load(std::memory_order_relaxed));
}

bool StepWatch::is_over() const {
    return events_.event_count() != 0 &&
           events_.event(events_.end_index() - 1).type == trace::EventType::RunEnd;
}

void StepWatch::let_go() {
    trace::request_step(region_->control(), trace::StepKind::Free, 0);
}

void StepWatch::stop() {
    rt::request_stop(region_->control());
}

SteppedRun::SteppedRun(const StepOptions& options,
                       const StepRequest& first,
                       const trace::RunRegion& region,
                       Recorder& recorder)
    : options_(options), watch_(region, recorder) {
    watch_.ask(first);
}

void SteppedRun::start() {
    thread_ = std::thread([this] { lead(); });
}

void SteppedRun::finish() {
    watch_.run_is_gone();
    if (thread_.joinable())
        thread_.join();
}

void SteppedRun::lead() {
    if (!watch_.stand())
        return;
    const bool stops = options_.talks ? talk_through(watch_) == StepEnd::Stop : !watch_.is_over();
    if (!stops)
        return watch_.let_go();
    stopped_at_ = fmt::format("{}, after {} event{}",
                              format_duration(watch_.now()),
                              watch_.events().end_index(),
                              watch_.events().end_index() == 1 ? "" : "s");
    watch_.stop();
}

std::string SteppedRun::end_line(const std::string& replay) const {
    const std::string asked = options_.talks            ? "q"
                              : !options_.until.empty() ? "--until " + options_.until
                                                        : "--until-event " + options_.until_event;
    if (!stopped_at_.empty())
        return fmt::format("stopped at {} ({}): {}", stopped_at_, asked, replay);
    return options_.talks ? std::string() : "the run ended before " + asked;
}

}  // namespace golanes::app

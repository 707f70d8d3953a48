#include "ui/view/findings_search.h"

#include <algorithm>
#include <utility>

#include "core/model/findings/find_all.h"

namespace golanes::view {
namespace {

constexpr std::chrono::seconds kLeastPause{1};
constexpr int kPausePerSearch = 10;  ///< A search is followed by ten times its length of pause.

const void* identity_of(const model::Timeline& timeline) {
    const auto& chunks = timeline.recording().chunks;
    return chunks.empty() ? nullptr : chunks.front().get();
}

}  // namespace

void FindingsSearch::notice_other_recording(const model::Timeline& timeline) {
    const void* recording = identity_of(timeline);
    const std::uint64_t first = timeline.recording().first_index();
    const bool same = recording == recording_ || (recording != nullptr && first > first_index_);
    recording_ = recording;
    first_index_ = first;
    if (same)
        return;
    ++subject_;
    found_.reset();
    searched_ = 0;
    not_before_ = {};
    worker_.request_stop();
}

void FindingsSearch::follow(const model::Timeline& timeline, SearchWhen when) {
    notice_other_recording(timeline);
    collect();
    const std::uint64_t events = timeline.recording().event_count();
    if (when == SearchWhen::Now && recording_ != nullptr && !searching() && events != searched_ &&
        Clock::now() >= not_before_)
        begin(timeline);
}

void FindingsSearch::begin(const model::Timeline& timeline) {
    searched_ = timeline.recording().event_count();
    began_ = Clock::now();
    job_ = std::make_shared<Job>();
    job_->timeline = timeline;
    job_->subject = subject_;
    worker_ = std::jthread([job = job_](const std::stop_token& stop) {
        job->list = model::find_all(job->timeline, stop);
        job->is_done.store(true, std::memory_order_release);  // pairs with collect() and wait()
        job->is_done.notify_all();
    });
}

void FindingsSearch::collect() {
    if (!searching() || !job_->is_done.load(std::memory_order_acquire))
        return;
    worker_.join();
    const auto job = std::exchange(job_, nullptr);
    if (job->subject != subject_)
        return;
    const auto pause =
        std::max<Clock::duration>(kLeastPause, kPausePerSearch * (Clock::now() - began_));
    not_before_ = Clock::now() + pause;
    std::stable_sort(job->list.begin(), job->list.end(), [](const auto& a, const auto& b) {
        return a.kind != b.kind ? a.kind < b.kind : a.from < b.from;
    });
    found_ = std::make_shared<FoundFindings>(
        FoundFindings{std::move(job->list), std::move(job->timeline)});
}

void FindingsSearch::wait() {
    if (searching())
        job_->is_done.wait(false);
    collect();
}

}  // namespace golanes::view

#pragma once
// FindingsSearch: looks for findings in a thread of its own, as it may take longer than a frame. A
// recording that grows is searched again, so seldom that the search takes a small part of one CPU.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <stop_token>
#include <thread>
#include <vector>

#include "core/model/findings/finding.h"

namespace golanes::view {

/// What was found in the recording as it was when the search began.
struct FoundFindings {
    std::vector<model::Finding> list;  ///< By kind, the gravest first; then by time.
    model::Timeline timeline;          ///< What was searched.
};

/// Whether a search may begin now; what goes on is always brought to its end.
enum class SearchWhen : std::uint8_t { Now, Later };

/// Threads: one caller at a time; the search itself reads only what never changes.
class FindingsSearch {
 public:
    FindingsSearch() = default;
    /// Gives up the search and waits for its end.
    ~FindingsSearch() = default;
    FindingsSearch(const FindingsSearch&) = delete;
    FindingsSearch& operator=(const FindingsSearch&) = delete;

    /// Takes the result of a search that is done, and begins one if the timeline holds something
    /// that was not searched yet. Never waits. What was found in another recording is forgotten.
    void follow(const model::Timeline& timeline, SearchWhen when = SearchWhen::Now);

    /// Whether a search goes on.
    [[nodiscard]] bool searching() const { return worker_.joinable(); }

    /// The newest result; nullptr: the first search of this recording is not done.
    [[nodiscard]] const std::shared_ptr<const FoundFindings>& found() const { return found_; }

    /// Waits for the search that goes on, so that follow() finds its result: pictures and tests.
    void wait();

 private:
    using Clock = std::chrono::steady_clock;

    /// What the thread leaves behind.
    struct Job {
        model::Timeline timeline;
        std::uint64_t subject = 0;
        std::vector<model::Finding> list;
        std::atomic<bool> is_done = false;
    };

    void notice_other_recording(const model::Timeline& timeline);
    void collect();
    void begin(const model::Timeline& timeline);

    const void* recording_ = nullptr;  ///< Oldest chunk of the recording that found_ is about.
    std::uint64_t first_index_ = 0;    ///< Grows as a live recording sheds its oldest chunks.
    std::uint64_t subject_ = 0;        ///< Grows with every other recording.
    std::uint64_t searched_ = 0;       ///< Events that the newest search looks at.
    Clock::time_point began_;
    Clock::time_point not_before_;  ///< When the next search of a growing recording may begin.
    std::shared_ptr<const FoundFindings> found_;
    std::shared_ptr<Job> job_;
    std::jthread worker_;  // last: it ends before what it uses goes
};

}  // namespace golanes::view

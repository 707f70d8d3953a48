#pragma once
// Moment: the time that panels beside the picture speak about: the cursor's, where one is set.
#include <cstdint>
#include <optional>
#include <string>

#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// The last moment before the run was torn down, when who waits for what still stood.
TimeNs moment_of_ending(const model::Timeline& timeline, const model::RunInfo& run);

/// The cursor if it stands in the run, else the run's end.
TimeNs moment_in(const model::Timeline& timeline,
                 const ViewState& state,
                 const model::RunInfo& run);

/// The run at the cursor; without one the newest while the view follows, else the one the panels
/// speak about. nullptr: there is none.
const model::RunInfo* run_of_moment(const model::Timeline& timeline, const ViewState& state);

/// "1.20 ms", since the run began.
std::string time_words(const model::Timeline& timeline, TimeNs t);

/// Makes the cursor stand at a time, and brings it into view.
void jump_to(const model::Timeline& timeline, ViewState& state, TimeNs t);

/// The same at an event.
void jump_to_event(const model::Timeline& timeline, ViewState& state, std::uint64_t event);

/// Selects a goroutine of a run.
void select_goroutine(ViewState& state, std::uint32_t run, GoroutineId g);

/// Tells one state of a recording from another, for what is computed only when something is new.
struct RecordingKey {
    const void* recording = nullptr;
    std::uint64_t events = 0;

    friend bool operator==(const RecordingKey&, const RecordingKey&) = default;
};

RecordingKey key_of(const model::Timeline& timeline);

/// Tells a panel when what it has read of a moment is out of date. A run that goes on while the
/// view follows it is read a few times a second only.
class MomentWatch {
 public:
    explicit MomentWatch(double refresh_seconds) : refresh_seconds_(refresh_seconds) {}

    /// Whether the moment in that run is to be read, now. The answer is remembered.
    bool is_due(const model::Timeline& timeline, const ViewState& state, const model::RunInfo& run);

    /// The moment that was last due.
    [[nodiscard]] TimeNs moment() const { return key_.moment; }

 private:
    struct Key {
        RecordingKey recording;
        std::uint32_t run = 0;
        TimeNs moment = -1;
        GoroutineId selected = 0;

        friend bool operator==(const Key&, const Key&) = default;
    };

    double refresh_seconds_;
    Key key_;
    double read_at_ = -1;
};

}  // namespace golanes::ui

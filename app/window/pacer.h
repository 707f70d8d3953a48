#pragma once
// Pacer: when to draw the next frame. Pure arithmetic on times that are handed in.
//
// ImGui needs two or three frames after an input event to come to rest, a live run needs 30 a
// second, an idle window needs none. Events only say that something is going on; how often that
// leads to a frame is decided here, so that a mouse reporting 1000 times a second does not cost
// 1000 frames.
#include "core/base/time.h"

namespace golanes::app {

/// Threads: one.   Times: ns of one clock that never goes back.
class Pacer {
 public:
    static constexpr DurationNs kInputFrame = kSecond / 60;  ///< Also the cap: Xvfb has no vsync.
    static constexpr DurationNs kLiveFrame = kSecond / 30;
    static constexpr DurationNs kTextFieldFrame = kSecond / 4;  ///< The text cursor blinks.
    static constexpr DurationNs kIdleFrame = kSecond;
    static constexpr DurationNs kSettling = 100 * kMillisecond;  ///< Busy after an input event.
    static constexpr DurationNs kDataFlow = 250 * kMillisecond;  ///< Live after new data.

    /// Something the person did, or the window system wants (resize, expose).
    void input_arrived(TimeNs now) { last_input_ = now; }

    /// The client has something new to draw.
    void data_arrived(TimeNs now) { last_data_ = now; }

    /// How the frame just drawn left the window.
    struct Frame {
        bool input_left = false;  ///< The queue holds events for the next frame.
        bool animating = false;   ///< Something moves by itself.
        bool text_field = false;  ///< A text field has the focus.
    };

    void frame_drawn(TimeNs now, const Frame& frame) {
        last_frame_ = now;
        frame_ = frame;
    }

    /// Whether a frame should be drawn now.
    [[nodiscard]] bool due(TimeNs now) const { return remaining(now) == 0; }

    /// How long to wait for events at most, 0 when a frame is due.
    [[nodiscard]] DurationNs remaining(TimeNs now) const;

 private:
    [[nodiscard]] DurationNs interval(TimeNs now) const;

    static constexpr TimeNs kLongAgo = -3600 * kSecond;
    TimeNs last_input_ = kLongAgo;
    TimeNs last_data_ = kLongAgo;
    TimeNs last_frame_ = kLongAgo;
    Frame frame_;
};

}  // namespace golanes::app

#pragma once
// WindowClient: what the window asks of the program behind it. The session implements it; the
// window knows nothing of runs, files or recordings.
#include <cstdint>
#include <string>
#include <vector>

#include "ui/panels/frame.h"

namespace golanes::app {

/// Threads: every call comes from the thread of run_window(), between two frames.
/// A client that gets new data on another thread calls wake_window() (main_loop.h) there.
class WindowClient {
 public:
    WindowClient() = default;
    virtual ~WindowClient() = default;
    WindowClient(const WindowClient&) = delete;
    WindowClient& operator=(const WindowClient&) = delete;

    /// What the next frame shows. Must be cheap: up to 60 calls a second.
    virtual ui::FrameInput frame_input() = 0;

    /// Does what the person asked for. The next frame_input() tells the result.
    virtual void act(const ui::Command& command) = 0;

    /// Whether the window closes now.
    virtual bool wants_to_quit() = 0;

    /// A number that changes whenever there is something new to draw. Must be very cheap.
    virtual std::uint64_t data_version() = 0;

    /// Files were dropped on the window.
    virtual void files_dropped(std::vector<std::string> paths) = 0;

    /// The person pressed the close button of the window's frame. The window stays until
    /// wants_to_quit().
    virtual void close_requested() = 0;
};

}  // namespace golanes::app

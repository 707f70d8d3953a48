#pragma once
// The window's main loop: waits, hands input to the Shell, draws what changed, tells the client
// what the person wants. An idle window draws nothing and sleeps.
#include <functional>
#include <string>

#include "app/window/client.h"
#include "core/base/result.h"

namespace golanes::app {

/// The size is for a screen of scale 1; a smaller screen cuts it.
struct WindowOptions {
    int width = 1440;
    int height = 900;
    bool shows_tour = false;              ///< The tour of a first start.
    std::function<void()> on_tour_end{};  ///< It was seen or skipped.
    std::string report_path{};            ///< See WindowReport; empty: none.
};

/// Opens the window and serves it until the client wants to quit.
/// Threads: the main thread, once at a time.   Errors: no display, no OpenGL 3.3.
Status run_window(WindowClient& client, const WindowOptions& options);

/// Makes the window look at data_version() now. Threads: any, at any time, also without a window.
void wake_window();

}  // namespace golanes::app

#pragma once
// WindowReport: what a frame shows, written for a script that drives the window from outside: the
// names and places of its widgets (ui/panels/items.h) and its words. Off unless the environment
// says GOLANES_REPORT=FILE. A script asks by removing the file and waits until it is there again.
#include <string>

namespace golanes::app {

/// Threads: the one that draws. Call begin() and end() around the Shell's frame.
class WindowReport {
 public:
    /// Every frame that finds no file at this path writes one. Empty: none is written.
    void write_to(std::string path);

    /// Begins to note the words of the frame, if a report is wanted.
    /// Requires: ImGui::NewFrame() was called.
    void begin();

    /// Adds the items and puts the whole file in its place.
    void end();

 private:
    std::string path_;
    bool wanted_ = false;  ///< In this frame.
};

}  // namespace golanes::app

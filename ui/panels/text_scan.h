#pragma once
// TextScan: finds the characters that a frame will show beyond our own strings (file names,
// notices, goroutine names, what is typed), so that the font loader can add their glyphs.
#include <cstddef>
#include <string>

#include "ui/panels/frame.h"

namespace golanes::ui {

class FontLoader;

/// Threads: the UI thread only.
class TextScan {
 public:
    /// Cheap when nothing is new: names are read once, as they come.
    void scan(const FrameInput& input, FontLoader& fonts);

 private:
    void scan_names(const FrameInput& input, FontLoader& fonts);

    const void* recording_ = nullptr;  ///< Identity of the recording whose names were read.
    std::size_t strings_ = 0;
    std::size_t places_ = 0;
    std::size_t scenarios_ = 0;
    std::string file_;
};

}  // namespace golanes::ui

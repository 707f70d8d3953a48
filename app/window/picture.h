#pragma once
// Picture: pixels in memory, as off-screen rendering yields them and PNG files take them.
#include <cstddef>
#include <cstdint>
#include <vector>

namespace golanes::app {

/// Red, green, blue, alpha, 8 bits each; rows from top to bottom.
struct Picture {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgba;

    /// The four bytes of a pixel. Requires: inside the picture.
    [[nodiscard]] const std::uint8_t* pixel(int x, int y) const {
        const auto row = static_cast<std::size_t>(y) * static_cast<std::size_t>(width);
        return rgba.data() + (row + static_cast<std::size_t>(x)) * 4;
    }
};

}  // namespace golanes::app

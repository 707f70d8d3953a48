#pragma once
// The fingerprint of a frame: equal draw data give equal pixels, so an equal frame is not drawn
// again.
#include <cstdint>

struct ImDrawData;

namespace golanes::app {

/// Hashes everything that decides the pixels: vertices, indices, clip rectangles, textures, sizes.
[[nodiscard]] std::uint64_t hash_of(const ImDrawData& data);

}  // namespace golanes::app

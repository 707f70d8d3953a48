#pragma once
// Palette: the colours of goroutines and states, as plain numbers. Each colour is one goroutine;
// what it does is told by texture and letter, never by colour alone.
//
// The ten hues began as Okabe and Ito's and Paul Tol's and were moved in lightness until each pair
// stays apart for normal, deuteranope and protanope eyes on the given background (the tests measure
// it). Goroutines beyond ten repeat the hues darker or lighter, then greyer.
#include <cstdint>

#include "core/model/timeline.h"

namespace golanes::view {

struct Rgba {
    std::uint8_t r = 0;
    std::uint8_t g = 0;
    std::uint8_t b = 0;
    std::uint8_t a = 255;

    friend bool operator==(const Rgba&, const Rgba&) = default;
};

/// What the picture is drawn on.
enum class Ground : std::uint8_t { Dark, Light };

inline constexpr int kHues = 10;
inline constexpr int kShades = 3;

/// The colour of a goroutine, the same in every lane and every run. 0 (none): grey.
Rgba goroutine_color(GoroutineId id, Ground ground);

/// Black or white, whichever reads better on `fill` (always at least 4.5:1).
Rgba text_on(Rgba fill);

/// How a state is drawn.
enum class Texture : std::uint8_t {
    None,        ///< Idle: the bare lane.
    Solid,       ///< Running.
    Hollow,      ///< Runnable: a thin hollow bar.
    Line,        ///< Waiting: a thin line.
    Dashes,      ///< In a blocking call, or an M that searches.
    Diagonal,    ///< Off CPU: diagonals over the goroutine's colour.
    GreyHatch,   ///< Stopped.
    CrossHatch,  ///< Lost.
};

struct StateLook {
    Texture texture = Texture::None;
    char letter = ' ';     ///< For labels and for eyes that cannot use texture.
    bool colored = false;  ///< Drawn in the goroutine's colour.
    float height = 1;      ///< Share of the lane's height.
};

const StateLook& look_of(model::State state);

/// Whether the state is drawn as less than the full lane: the goroutine does not run.
bool is_thin(model::State state);

/// Colours of what is no goroutine.
struct SceneColors {
    Rgba lane;   ///< A lane while its P exists.
    Rgba hatch;  ///< Diagonals over a goroutine's colour.
    Rgba stopped;
    Rgba lost;
    Rgba queue;     ///< Queue-length stripes.
    Rgba mark;      ///< Preemptions, steals, P changes.
    Rgba idle_gap;  ///< Between two runs.
};

const SceneColors& scene_colors(Ground ground);

/// Mixes `share` of b into a.
Rgba mixed(Rgba a, Rgba b, float share);

/// WCAG 2 contrast of two opaque colours, 1 to 21.
double contrast(Rgba a, Rgba b);

}  // namespace golanes::view

#include "ui/view/palette.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace golanes::view {
namespace {

using Hues = std::array<Rgba, kHues>;

constexpr Hues kOnDark{{{0xB2, 0xD8, 0xFF},
                        {0xFE, 0xCB, 0x54},
                        {0x01, 0x80, 0x3F},
                        {0xAB, 0x77, 0xAE},
                        {0xFB, 0xFF, 0x0C},
                        {0x2A, 0x9B, 0xFF},
                        {0xC6, 0x74, 0x0C},
                        {0xD9, 0xFF, 0xF5},
                        {0xCB, 0xB3, 0x6E},
                        {0x9A, 0x43, 0xB6}}};

constexpr Hues kOnLight{{{0x73, 0x80, 0xB9},
                         {0xBF, 0x87, 0x00},
                         {0x08, 0xA0, 0x70},
                         {0x92, 0x24, 0x7A},
                         {0x9A, 0x65, 0x02},
                         {0x74, 0x77, 0xFF},
                         {0x8E, 0x24, 0x00},
                         {0x2A, 0x92, 0x8F},
                         {0x4C, 0x2D, 0x1C},
                         {0x47, 0x16, 0x7D}}};

constexpr Rgba kBlack{0, 0, 0};
constexpr Rgba kWhite{255, 255, 255};
constexpr Rgba kGrey{0x80, 0x80, 0x80};

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

double luminance(Rgba color) {
    return 0.2126 * linear(color.r) + 0.7152 * linear(color.g) + 0.0722 * linear(color.b);
}

}  // namespace

Rgba mixed(Rgba a, Rgba b, float share) {
    const auto mix = [&](std::uint8_t x, std::uint8_t y) {
        return static_cast<std::uint8_t>(std::lround(
            static_cast<float>(x) + (static_cast<float>(y) - static_cast<float>(x)) * share));
    };
    return {mix(a.r, b.r), mix(a.g, b.g), mix(a.b, b.b), mix(a.a, b.a)};
}

double contrast(Rgba a, Rgba b) {
    const auto [low, high] = std::minmax({luminance(a), luminance(b)});
    return (high + 0.05) / (low + 0.05);
}

Rgba goroutine_color(GoroutineId id, Ground ground) {
    if (id == 0)
        return kGrey;
    const Hues& hues = ground == Ground::Dark ? kOnDark : kOnLight;
    const Rgba base = hues[(id - 1) % kHues];
    switch ((id - 1) / kHues % kShades) {
        case 1:
            return mixed(base, luminance(base) > 0.2 ? kBlack : kWhite, 0.42F);
        case 2:
            return mixed(base, kGrey, 0.55F);
        default:
            return base;
    }
}

Rgba text_on(Rgba fill) {
    return contrast(fill, kBlack) >= contrast(fill, kWhite) ? kBlack : kWhite;
}

const StateLook& look_of(model::State state) {
    static constexpr std::array<StateLook, static_cast<std::size_t>(model::State::Count_)> kLooks{{
        {Texture::Hollow, 'Q', true, 0.38F},     // Runnable
        {Texture::Solid, 'R', true, 1.0F},       // Running
        {Texture::Diagonal, 'O', true, 1.0F},    // OffCpu
        {Texture::Line, 'W', true, 0.14F},       // Waiting
        {Texture::Dashes, 'B', true, 0.30F},     // Blocking
        {Texture::None, 'i', false, 1.0F},       // Idle
        {Texture::Dashes, 's', false, 0.30F},    // Spinning
        {Texture::None, 'p', false, 1.0F},       // Parked
        {Texture::GreyHatch, 'S', false, 1.0F},  // Stopped
        {Texture::CrossHatch, 'L', false, 1.0F}  // Lost
    }};
    return kLooks[std::min(static_cast<std::size_t>(state), kLooks.size() - 1)];
}

bool is_thin(model::State state) {
    return look_of(state).height < 1;
}

const SceneColors& scene_colors(Ground ground) {
    static constexpr SceneColors kDark{{0x24, 0x29, 0x31},
                                       {0x10, 0x12, 0x16, 0xD8},
                                       {0x8A, 0x8F, 0x98},
                                       {0xFF, 0x55, 0x55},
                                       {0x9A, 0xA5, 0xB4},
                                       {0xF2, 0xF4, 0xF8},
                                       {0x80, 0x86, 0x90, 0x14}};
    static constexpr SceneColors kLight{{0xE7, 0xE9, 0xEC},
                                        {0xFF, 0xFF, 0xFF, 0xD8},
                                        {0x7A, 0x80, 0x8A},
                                        {0xC6, 0x12, 0x1F},
                                        {0x6B, 0x76, 0x86},
                                        {0x1A, 0x1D, 0x22},
                                        {0x80, 0x86, 0x90, 0x16}};
    return ground == Ground::Dark ? kDark : kLight;
}

}  // namespace golanes::view

#include "ui/view/palette.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

constexpr std::array<Ground, 2> kGrounds{Ground::Dark, Ground::Light};

using Triple = std::array<double, 3>;
using Matrix = std::array<Triple, 3>;

// Machado, Oliveira and Fernandes 2009, severity 1.
constexpr Matrix kNormal{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
constexpr Matrix kDeuteranope{{{0.367322, 0.860646, -0.227968},
                               {0.280085, 0.672501, 0.047413},
                               {-0.011820, 0.042940, 0.968881}}};
constexpr Matrix kProtanope{{{0.152286, 1.052583, -0.204868},
                             {0.114503, 0.786281, 0.099216},
                             {-0.003882, -0.048116, 1.051998}}};

double linear(std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
}

/// CIE L*a*b* of a colour as an eye with this matrix sees it.
Triple lab(Rgba color, const Matrix& eye) {
    const Triple rgb{linear(color.r), linear(color.g), linear(color.b)};
    Triple seen{};
    for (std::size_t i = 0; i < 3; ++i)
        seen[i] =
            std::clamp(eye[i][0] * rgb[0] + eye[i][1] * rgb[1] + eye[i][2] * rgb[2], 0.0, 1.0);
    const auto f = [](double t) {
        return t > 0.008856 ? std::cbrt(t) : 7.787 * t + 16.0 / 116;
    };
    const double x = f((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    const double y = f(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    const double z = f((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double difference(Rgba a, Rgba b, const Matrix& eye) {
    const Triple p = lab(a, eye);
    const Triple q = lab(b, eye);
    return std::hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
}

void expect_apart(const Matrix& eye, double least) {
    for (const Ground ground : kGrounds) {
        for (GoroutineId a = 1; a <= kHues; ++a) {
            for (GoroutineId b = a + 1; b <= kHues; ++b)
                EXPECT_GE(difference(goroutine_color(a, ground), goroutine_color(b, ground), eye),
                          least)
                    << "G" << a << " and G" << b << " on ground " << static_cast<int>(ground);
        }
    }
}

TEST(PaletteTest, TenGoroutinesAreToldApartByOrdinaryEyes) {
    expect_apart(kNormal, 15);
}

TEST(PaletteTest, TenGoroutinesAreToldApartByDeuteranopes) {
    expect_apart(kDeuteranope, 15);
}

TEST(PaletteTest, TenGoroutinesAreToldApartByProtanopes) {
    expect_apart(kProtanope, 15);
}

TEST(PaletteTest, ThirtyGoroutinesHaveThirtyColours) {
    for (const Ground ground : kGrounds) {
        std::set<std::array<int, 3>> seen;
        for (GoroutineId id = 1; id <= kHues * kShades; ++id) {
            const Rgba color = goroutine_color(id, ground);
            seen.insert({color.r, color.g, color.b});
        }
        EXPECT_EQ(seen.size(), static_cast<std::size_t>(kHues * kShades));
    }
}

TEST(PaletteTest, TheShadesOfOneHueAreToldApart) {
    for (const Ground ground : kGrounds) {
        for (GoroutineId id = 1; id <= kHues; ++id) {
            const Rgba first = goroutine_color(id, ground);
            const Rgba second = goroutine_color(id + kHues, ground);
            const Rgba third = goroutine_color(id + 2 * kHues, ground);
            EXPECT_GE(difference(first, second, kNormal), 12) << "G" << id;
            EXPECT_GE(difference(first, third, kNormal), 12) << "G" << id;
            EXPECT_GE(difference(second, third, kNormal), 8) << "G" << id;
        }
    }
}

TEST(PaletteTest, TextReadsOnEveryGoroutineColour) {
    for (const Ground ground : kGrounds) {
        for (GoroutineId id = 0; id <= 200; ++id) {
            const Rgba fill = goroutine_color(id, ground);
            EXPECT_GE(contrast(fill, text_on(fill)), 4.5) << "G" << id;
        }
    }
}

TEST(PaletteTest, TheTenHuesStandOutFromTheLane) {
    for (const Ground ground : kGrounds) {
        for (GoroutineId id = 1; id <= kHues; ++id)
            EXPECT_GE(contrast(goroutine_color(id, ground), scene_colors(ground).lane), 2.2)
                << "G" << id;
    }
}

TEST(PaletteTest, StatesDifferWithoutColour) {
    std::set<char> letters;
    for (int i = 0; i < static_cast<int>(model::State::Count_); ++i)
        letters.insert(look_of(static_cast<model::State>(i)).letter);
    EXPECT_EQ(letters.size(), static_cast<std::size_t>(model::State::Count_));
}

TEST(PaletteTest, StatesOfOneLaneDifferInTexture) {
    using enum model::State;
    std::set<Texture> proc;
    for (const model::State state : {Running, OffCpu, Idle, Stopped, Lost})
        proc.insert(look_of(state).texture);
    EXPECT_EQ(proc.size(), 5U);
    std::set<Texture> goroutine;
    for (const model::State state : {Running, OffCpu, Runnable, Waiting, Blocking, Lost})
        goroutine.insert(look_of(state).texture);
    EXPECT_EQ(goroutine.size(), 6U);
}

TEST(PaletteTest, ContrastOfBlackAndWhiteIsTwentyOne) {
    EXPECT_NEAR(contrast({0, 0, 0}, {255, 255, 255}), 21, 0.01);
}

}  // namespace
}  // namespace golanes::view

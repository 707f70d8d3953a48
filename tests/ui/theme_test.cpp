// The chrome colours can be read: WCAG contrast of every text colour on what lies behind it.
#include "ui/panels/theme.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/ui/headless.h"

namespace golanes::ui {
namespace {

double linear(unsigned channel) {
    const double value = channel / 255.0;
    return value <= 0.03928 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(ImU32 color) {
    return 0.2126 * linear(color & 255U) + 0.7152 * linear((color >> 8) & 255U) +
           0.0722 * linear((color >> 16) & 255U);
}

double contrast(ImU32 a, ImU32 b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

TEST(ThemeTest, TextCanBeReadInBothThemes) {
    Headless window;
    for (const Theme theme : {Theme::Light, Theme::Dark}) {
        apply_theme(theme, 1);
        const Palette& p = palette();
        for (const ImU32 ground : {p.background, p.panel, p.raised, p.banner}) {
            for (const ImU32 ink : {p.text, p.dim_text, p.warning, p.error, p.good})
                EXPECT_GE(contrast(ink, ground), 4.5)
                    << (is_dark() ? "dark" : "light") << std::hex << " " << ink << " on " << ground;
        }
        EXPECT_GE(contrast(p.text, p.selection), 4.5);
        EXPECT_GE(contrast(p.accent_text, p.accent), 4.5);
    }
}

TEST(ThemeTest, ScalingTwiceIsNotScalingByFour) {
    Headless window;
    apply_theme(Theme::Dark, 2);
    const float once = ImGui::GetStyle().FramePadding.x;
    apply_theme(Theme::Dark, 2);
    EXPECT_FLOAT_EQ(ImGui::GetStyle().FramePadding.x, once);
}

TEST(ThemeTest, TheFontsScaleWithTheWindow) {
    Headless window;
    window.settle();
    EXPECT_FLOAT_EQ(fonts().normal->FontSize, 16);
    window.input.scale = 2;
    window.settle();
    EXPECT_FLOAT_EQ(fonts().normal->FontSize, 32);
}

}  // namespace
}  // namespace golanes::ui

#include "ui/view/hatch.h"

#include <cmath>

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

TEST(HatchTest, LinesStayInsideTheRectangle) {
    for (const Slope slope : {Slope::Rising, Slope::Falling}) {
        std::vector<HatchLine> lines;
        add_hatch(103.5F, 20, 180.25F, 44, 6, slope, lines);
        ASSERT_GT(lines.size(), 10U);
        for (const HatchLine& line : lines) {
            for (const float x : {line.x0, line.x1}) {
                EXPECT_GE(x, 103.5F);
                EXPECT_LE(x, 180.25F);
            }
            for (const float y : {line.y0, line.y1}) {
                EXPECT_GE(y, 20 - 0.01F);
                EXPECT_LE(y, 44 + 0.01F);
            }
        }
    }
}

TEST(HatchTest, ThePatternOfNeighboursJoinsUp) {
    std::vector<HatchLine> whole;
    std::vector<HatchLine> parts;
    add_hatch(0, 0, 100, 10, 6, Slope::Rising, whole);
    add_hatch(0, 0, 37, 10, 6, Slope::Rising, parts);
    add_hatch(37, 0, 100, 10, 6, Slope::Rising, parts);
    const auto on_pattern = [](const HatchLine& line) {
        const float foot = line.x0 - (10 - line.y0);
        return std::fabs(foot / 6 - std::round(foot / 6)) < 0.01F;
    };
    for (const auto& lines : {whole, parts}) {
        for (const HatchLine& line : lines)
            EXPECT_TRUE(on_pattern(line));
    }
}

TEST(HatchTest, AnEmptyRectangleHasNoLines) {
    std::vector<HatchLine> lines;
    add_hatch(10, 10, 10, 20, 6, Slope::Rising, lines);
    add_hatch(10, 20, 30, 20, 6, Slope::Falling, lines);
    EXPECT_TRUE(lines.empty());
}

}  // namespace
}  // namespace golanes::view

// The sliders: where their values stand.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

TEST(ParameterKnobsTest, EverySliderTellsItsValue) {
    Headless window{{1280, 1600}};
    window.input = sample_input();
    window.settle();
    const std::string text = window.text();
    for (const char* value : {"P = 2", "1.00 ms"})
        EXPECT_NE(text.find(value), std::string::npos) << value << " in " << text;
}

TEST(SliderTextTest, StandsInTheHalfWithoutTheHandle) {
    const ItemRect bar{{100, 0}, {300, 20}};
    EXPECT_FLOAT_EQ(slider_text_middle(bar.min.x, bar.max.x, 0.0), 250);
    EXPECT_FLOAT_EQ(slider_text_middle(bar.min.x, bar.max.x, 0.49), 250);
    EXPECT_FLOAT_EQ(slider_text_middle(bar.min.x, bar.max.x, 0.5), 150);
    EXPECT_FLOAT_EQ(slider_text_middle(bar.min.x, bar.max.x, 1.0), 150);
}

}  // namespace
}  // namespace golanes::ui

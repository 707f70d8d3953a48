// A machine without fonts. CTest runs this file once more as "ui.no_fonts" with an empty
// fontconfig.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "ui/panels/fonts.h"
#include "ui/panels/theme.h"

namespace golanes::ui {
namespace {

TEST(NoFontTest, ChineseFallsBackToEnglishAndSaysSo) {
    if (FontLoader::has_chinese())
        GTEST_SKIP() << "this machine has a Chinese font";
    Headless window;
    window.input = sample_input();
    window.input.language = Language::Chinese;
    window.settle();
    EXPECT_TRUE(window.has("status.no_chinese"));
    EXPECT_NE(window.text().find("Pause the view"), std::string::npos);
    EXPECT_NE(fonts().normal, nullptr) << "ImGui's built-in font";
}

}  // namespace
}  // namespace golanes::ui

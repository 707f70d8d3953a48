// English and Chinese: complete, without boxes, switchable while the window is open.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"
#include "tests/ui/source_strings.h"
#include "ui/panels/fonts.h"
#include "ui/panels/mo_reader.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

std::map<std::string, std::string> catalogue() {
    std::map<std::string, std::string> entries;
    for_each_translation(
        [&](const char* english, const char* chinese) { entries[english] = chinese; });
    return entries;
}

std::size_t places_in(const std::string& text) {
    std::size_t count = 0;
    for (std::size_t at = text.find("{}"); at != std::string::npos; at = text.find("{}", at + 1))
        ++count;
    return count;
}

bool has_glyphs(const ImFont& font, const std::string& text) {
    ImFontGlyphRangesBuilder used;
    used.AddText(text.c_str());
    for (unsigned c = 0x20; c < 0x10000; ++c) {
        if (used.GetBit(c) && font.FindGlyphNoFallback(static_cast<ImWchar>(c)) == nullptr)
            return false;
    }
    return true;
}

// The panels' texts and those of the session behind them.
std::map<std::string, std::string> texts_of_the_program() {
    auto texts = source_strings(GOLANES_UI_SOURCES);
    texts.merge(source_strings(GOLANES_APP_SOURCES));
    return texts;
}

TEST(CatalogueTest, EveryTextOfTheWindowIsTranslated) {
    const auto entries = catalogue();
    const auto used = texts_of_the_program();
    ASSERT_GT(used.size(), 100U) << "the scan finds the texts";
    for (const auto& [text, file] : used) {
        const auto found = entries.find(text);
        EXPECT_NE(found, entries.end()) << file << ": \"" << text << "\" is missing in zh_CN.po";
    }
}

TEST(CatalogueTest, NoEntryIsLeftOver) {
    const auto used = texts_of_the_program();
    for (const auto& [english, chinese] : catalogue())
        EXPECT_TRUE(used.contains(english))
            << "\"" << english << "\" is no longer used in ui/ or app/";
}

TEST(CatalogueTest, TranslationsKeepThePlacesForValues) {
    for (const auto& [english, chinese] : catalogue()) {
        EXPECT_FALSE(chinese.empty()) << english;
        EXPECT_EQ(places_in(english), places_in(chinese)) << english;
    }
}

TEST(MoReaderTest, DamagedCataloguesAreEmpty) {
    const auto whole = chinese_catalogue();
    EXPECT_GT(MoReader(whole).count(), 100U);
    for (std::size_t size = 0; size < whole.size(); ++size)
        EXPECT_EQ(MoReader(whole.first(size)).count(), 0U) << "cut to " << size;
}

class LanguageTest : public testing::Test {
 protected:
    void SetUp() override {
        if (!FontLoader::has_chinese())
            GTEST_SKIP() << "no Chinese font on this machine";
        window.input = sample_input();
        window.settle();
    }

    Headless window;
};

TEST_F(LanguageTest, TheLanguageSwitchesWhileTheWindowIsOpen) {
    EXPECT_NE(window.text().find("Pause the view"), std::string::npos);
    window.click("menu.view");
    window.click("menu.language");
    window.click("menu.chinese");
    ASSERT_EQ(window.sent<command::SetLanguage>().size(), 1U);
    window.input.language = window.sent<command::SetLanguage>()[0].language;
    window.settle();
    const std::string text = window.text();
    EXPECT_NE(text.find("暂停画面"), std::string::npos);
    EXPECT_NE(text.find("多个工人共用一个队列"), std::string::npos) << "the scenario's title too";
    EXPECT_EQ(text.find("Pause the view"), std::string::npos);
}

TEST_F(LanguageTest, NoGlyphOfTheWindowIsMissing) {
    for (const Language language : {Language::English, Language::Chinese}) {
        window.input.language = language;
        window.settle();
        const std::string text = window.text();
        for (const ImFont* font : {fonts().normal, fonts().small, fonts().mono, fonts().big})
            EXPECT_TRUE(has_glyphs(*font, text));
    }
}

TEST_F(LanguageTest, NoGlyphOfTheCatalogueIsMissing) {
    for (const auto& [english, chinese] : catalogue()) {
        for (const ImFont* font : {fonts().normal, fonts().small, fonts().mono, fonts().big})
            EXPECT_TRUE(has_glyphs(*font, chinese)) << chinese;
    }
}

TEST_F(LanguageTest, GlyphsOfAFileNameComeWhenItIsShown) {
    const std::string name = "/tmp/哲学家就餐.golanes";
    ASSERT_FALSE(has_glyphs(*fonts().normal, name)) << "choose a name whose glyphs no text needs";
    window.input.file = name;
    window.settle();
    EXPECT_TRUE(has_glyphs(*fonts().normal, name));
}

TEST_F(LanguageTest, ChineseIsAboutAsLargeAsLatin) {
    const ImFontGlyph* latin = fonts().normal->FindGlyph('H');
    const ImFontGlyph* chinese = fonts().normal->FindGlyph(0x6587);  // 文
    EXPECT_GT(chinese->Y1 - chinese->Y0, (latin->Y1 - latin->Y0) * 1.1F);
}

}  // namespace
}  // namespace golanes::ui

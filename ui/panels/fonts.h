#pragma once
// FontLoader: finds fonts on the machine (fontconfig), and builds ImGui's atlas from them with just
// the glyphs that our texts use. Everything that knows ImGui's font API is in fonts.cpp.
#include <bitset>
#include <string_view>

struct ImFontAtlas;

namespace golanes::ui {

/// Threads: the UI thread only.
class FontLoader {
 public:
    /// Notes that this text will be shown. What is new makes the atlas dirty.
    void want(std::string_view utf8);
    void want(unsigned code_point);

    /// Whether text was wanted since the last build() whose glyphs are missing.
    [[nodiscard]] bool dirty() const { return dirty_; }

    /// Builds the atlas and calls set_fonts(). Call outside a frame; the texture must be uploaded
    /// again. With no usable font on the machine ImGui's built-in one is taken.
    void build(ImFontAtlas& atlas, float scale);

    /// Whether the machine has a font with Chinese.
    [[nodiscard]] static bool has_chinese();

 private:
    std::bitset<0x10000> wanted_;  ///< ImGui's characters are 16 bits wide in Debian's build.
    bool dirty_ = true;
};

}  // namespace golanes::ui

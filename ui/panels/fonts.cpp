#include "ui/panels/fonts.h"

#include <algorithm>
#include <cmath>

#include <imgui.h>
#include <imgui_freetype.h>

#include "ui/panels/font_files.h"
#include "ui/panels/theme.h"

namespace golanes::ui {
namespace {

constexpr unsigned kFirstCjk = 0x2E80;
constexpr float kChineseToLatin = 1.04F;  // looked at: Chinese beside Latin of the same em is small
constexpr ImWchar kBaseRanges[] = {0x20,   0x7E,   0xA0,   0xFF,   0x2013, 0x2014, 0x2018, 0x201D,
                                   0x2022, 0x2022, 0x2026, 0x2026, 0x2190, 0x2193, 0x2264, 0x2265,
                                   0x25A0, 0x25A0, 0x25B2, 0x25B6, 0x25BC, 0x25BC, 0x25CF, 0x25CF,
                                   0x2713, 0x2713, 0x2715, 0x2715, 0xFFFD, 0xFFFD, 0};

struct Ranges {
    ImVector<ImWchar> latin;
    ImVector<ImWchar> cjk;
};

ImFont* add_file(ImFontAtlas& atlas,
                 const FontFile& file,
                 float size_px,
                 const ImVector<ImWchar>& ranges,
                 bool merge) {
    ImFontConfig config;
    config.FontData = file.data;
    config.FontDataSize = static_cast<int>(file.bytes);
    config.FontNo = file.face;
    config.SizePixels = size_px;
    config.OversampleH = config.OversampleV = 1;
    config.PixelSnapH = true;
    config.MergeMode = merge;
    config.GlyphRanges = ranges.Data;
    config.FontDataOwnedByAtlas = true;  // else AddFont copies the whole file ...
    ImFont* font = atlas.AddFont(&config);
    atlas.ConfigData.back().FontDataOwnedByAtlas = false;  // ... and this keeps it from being freed
    return font;
}

ImFont* add_built_in(ImFontAtlas& atlas, float size_px) {
    ImFontConfig config;
    config.SizePixels = size_px;
    config.OversampleH = config.OversampleV = 1;
    config.PixelSnapH = true;
    return atlas.AddFontDefault(&config);
}

ImFont* add_role(ImFontAtlas& atlas,
                 const std::optional<FontFile>& latin,
                 float size_px,
                 const Ranges& ranges) {
    const float px = std::round(size_px);
    ImFont* font =
        latin ? add_file(atlas, *latin, px, ranges.latin, false) : add_built_in(atlas, px);
    const auto& chinese = font_files().chinese;
    if (chinese && ranges.cjk.Size > 1) {
        const float em_px = px / (latin ? latin->line_em : 1.2F);
        const float chinese_px = std::round(em_px * kChineseToLatin * chinese->line_em);
        add_file(atlas, *chinese, chinese_px, ranges.cjk, true);
    }
    return font;
}

}  // namespace

void FontLoader::want(unsigned code_point) {
    if (code_point < 0x80 || code_point >= wanted_.size() || wanted_[code_point])
        return;
    wanted_.set(code_point);
    dirty_ = true;
}

void FontLoader::want(std::string_view utf8) {
    const auto is_ascii = [](char c) {
        return static_cast<unsigned char>(c) < 0x80;
    };
    if (std::all_of(utf8.begin(), utf8.end(), is_ascii))
        return;
    ImFontGlyphRangesBuilder used;
    used.AddText(utf8.data(), utf8.data() + utf8.size());
    for (int i = 0; i < used.UsedChars.Size; ++i) {
        const ImU32 word = used.UsedChars[i];
        for (unsigned bit = 0; word != 0 && bit < 32; ++bit) {
            if ((word >> bit & 1U) != 0)
                want(static_cast<unsigned>(i) * 32U + bit);
        }
    }
}

void FontLoader::build(ImFontAtlas& atlas, float scale) {
    ImFontGlyphRangesBuilder latin;
    ImFontGlyphRangesBuilder cjk;
    latin.AddRanges(kBaseRanges);
    for (unsigned c = 0x80; c < wanted_.size(); ++c) {
        if (wanted_[c])
            (c >= kFirstCjk ? cjk : latin).AddChar(static_cast<ImWchar>(c));
    }
    Ranges ranges;  // must live until Build()
    latin.BuildRanges(&ranges.latin);
    cjk.BuildRanges(&ranges.cjk);

    atlas.Clear();
    atlas.FontBuilderIO = ImGuiFreeType::GetBuilderForFreeType();
    atlas.Flags |= ImFontAtlasFlags_NoPowerOfTwoHeight;
    const FontFiles& files = font_files();
    FontSet set;
    set.normal = add_role(atlas, files.sans, 16 * scale, ranges);
    set.small = add_role(atlas, files.sans, 13 * scale, ranges);
    set.mono = add_role(atlas, files.mono, 15 * scale, ranges);
    set.big = add_role(atlas, files.sans, 22 * scale, ranges);
    atlas.Build();
    ImGui::GetIO().FontDefault = set.normal;
    set_fonts(set);
    dirty_ = false;
}

bool FontLoader::has_chinese() {
    return font_files().chinese.has_value();
}

}  // namespace golanes::ui

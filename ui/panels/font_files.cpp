#include "ui/panels/font_files.h"

#include <initializer_list>
#include <string_view>

#include <fcntl.h>
#include <fontconfig/fontconfig.h>
#include <ft2build.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include FT_FREETYPE_H

namespace golanes::ui {
namespace {

constexpr unsigned kLatinProbe = 'A';
constexpr unsigned kChineseProbe = 0x4E2D;
constexpr int kFaceMask = 0xFFFF;  // above: the number of a named instance

struct Candidate {
    std::string path;
    int face = 0;
    std::string family;
};

std::string string_of(FcPattern* pattern, const char* object) {
    FcChar8* value = nullptr;
    if (FcPatternGetString(pattern, object, 0, &value) != FcResultMatch)
        return {};
    return reinterpret_cast<const char*>(value);
}

bool bool_of(FcPattern* pattern, const char* object) {
    FcBool value = FcFalse;
    FcPatternGetBool(pattern, object, 0, &value);
    return value != FcFalse;
}

bool is_usable(FcPattern* font, unsigned probe) {
    const std::string format = string_of(font, FC_FONTFORMAT);
    FcCharSet* characters = nullptr;
    FcPatternGetCharSet(font, FC_CHARSET, 0, &characters);
    return bool_of(font, FC_SCALABLE) && !bool_of(font, FC_COLOR) &&
           (format == "TrueType" || format == "CFF") && characters != nullptr &&
           FcCharSetHasChar(characters, probe) != FcFalse;
}

/// The best usable font for a pattern. fontconfig always answers something, so look at all of it.
std::optional<Candidate> find_font(FcConfig* config, const char* name, unsigned probe) {
    FcPattern* pattern = FcNameParse(reinterpret_cast<const FcChar8*>(name));
    if (pattern == nullptr)
        return std::nullopt;
    FcConfigSubstitute(config, pattern, FcMatchPattern);
    FcDefaultSubstitute(pattern);
    FcResult result = FcResultMatch;
    FcFontSet* found = FcFontSort(config, pattern, FcFalse, nullptr, &result);
    FcPatternDestroy(pattern);
    std::optional<Candidate> best;
    for (int i = 0; found != nullptr && i < found->nfont && !best; ++i) {
        FcPattern* font = found->fonts[i];
        int face = 0;
        FcPatternGetInteger(font, FC_INDEX, 0, &face);
        if (is_usable(font, probe))
            best =
                Candidate{string_of(font, FC_FILE), face & kFaceMask, string_of(font, FC_FAMILY)};
    }
    if (found != nullptr)
        FcFontSetDestroy(found);
    return best;
}

/// The first name whose family is really there; else what fontconfig offers for the last name.
std::optional<Candidate> pick(FcConfig* config,
                              std::initializer_list<std::string_view> names,
                              unsigned probe) {
    std::optional<Candidate> candidate;
    for (const std::string_view name : names) {
        candidate = find_font(config, std::string(name).c_str(), probe);
        const std::string_view family = name.substr(0, name.find(':'));
        if (candidate && candidate->family == family)
            return candidate;
    }
    return candidate;
}

/// ImGui scales a face so that its line is the size asked for; CJK faces have a much taller line,
/// so that at the same size their glyphs come out a fifth too small. This ratio corrects it.
float measure_line_em(const FontFile& file) {
    FT_Library library = nullptr;
    FT_Face face = nullptr;
    float ratio = 1.2F;
    if (FT_Init_FreeType(&library) != 0)
        return ratio;
    const auto* bytes = static_cast<const FT_Byte*>(file.data);
    if (FT_New_Memory_Face(library, bytes, static_cast<FT_Long>(file.bytes), file.face, &face) ==
        0) {
        if (face->units_per_EM != 0)
            ratio = static_cast<float>(face->ascender - face->descender) /
                    static_cast<float>(face->units_per_EM);
        FT_Done_Face(face);
    }
    FT_Done_FreeType(library);
    return ratio;
}

std::optional<FontFile> map_font(const std::optional<Candidate>& candidate) {
    if (!candidate)
        return std::nullopt;
    FontFile file{.path = candidate->path, .face = candidate->face};
    const int descriptor = open(file.path.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return std::nullopt;

    struct stat status {};

    if (fstat(descriptor, &status) == 0 && status.st_size > 0) {
        file.bytes = static_cast<std::size_t>(status.st_size);
        file.data = mmap(nullptr, file.bytes, PROT_READ, MAP_PRIVATE, descriptor, 0);
    }
    close(descriptor);
    if (file.data == nullptr || file.data == MAP_FAILED)
        return std::nullopt;
    file.line_em = measure_line_em(file);
    return file;
}

FontFiles find_all() {
    FontFiles files;
    FcConfig* config = FcInitLoadConfigAndFonts();
    if (config == nullptr)
        return files;
    files.sans = map_font(pick(
        config,
        {"Inter:style=Regular", "Noto Sans:style=Regular", "DejaVu Sans:style=Book", "sans-serif"},
        kLatinProbe));
    files.mono = map_font(pick(config,
                               {"JetBrains Mono:style=Regular",
                                "Noto Sans Mono:style=Regular",
                                "DejaVu Sans Mono:style=Book",
                                "monospace"},
                               kLatinProbe));
    files.chinese = map_font(pick(config,
                                  {"Noto Sans CJK SC:style=Regular",
                                   "WenQuanYi Micro Hei",
                                   "WenQuanYi Zen Hei",
                                   "sans-serif:lang=zh-cn"},
                                  kChineseProbe));
    FcConfigDestroy(config);
    return files;
}

}  // namespace

const FontFiles& font_files() {
    static const FontFiles files = find_all();
    return files;
}

}  // namespace golanes::ui

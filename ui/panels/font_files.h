#pragma once
// The font files this machine offers for our three roles, found once by fontconfig and mapped into
// memory (a CJK font has 20 MB, of which we read a few glyphs).
#include <cstddef>
#include <optional>
#include <string>

namespace golanes::ui {

/// A mapped font file. Lifetime: the program's.
struct FontFile {
    std::string path;
    int face = 0;  ///< Number of the face inside a collection.
    void* data = nullptr;
    std::size_t bytes = 0;
    float line_em = 1.2F;  ///< Ascender minus descender, in units of the em square.
};

struct FontFiles {
    std::optional<FontFile> sans;
    std::optional<FontFile> mono;
    std::optional<FontFile> chinese;
};

/// Looks the fonts up at the first call (about 5 ms).
const FontFiles& font_files();

}  // namespace golanes::ui

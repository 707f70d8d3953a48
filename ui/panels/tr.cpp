#include "ui/panels/tr.h"

#include "ui/panels/mo_reader.h"

namespace golanes::ui {
namespace {

Language& present_language() {
    static Language instance = Language::English;
    return instance;
}

const MoReader& chinese() {
    static const MoReader reader(chinese_catalogue());
    return reader;
}

}  // namespace

const char* tr(const char* english) {
    if (present_language() == Language::English)
        return english;
    const char* translated = chinese().find(english);
    return translated != nullptr ? translated : english;
}

std::string tr(const catalog::Text& text) {
    const bool use_chinese = present_language() == Language::Chinese && !text.zh.empty();
    return std::string(use_chinese ? text.zh : text.en);
}

void set_language(Language language) {
    present_language() = language;
}

Language language() {
    return present_language();
}

void for_each_translation(const std::function<void(const char*, const char*)>& f) {
    for (std::uint32_t i = 0; i < chinese().count(); ++i) {
        if (*chinese().original(i) != '\0')  // the empty one is the catalogue's header
            f(chinese().original(i), chinese().translation(i));
    }
}

std::string with_id(std::string_view text, std::string_view id) {
    std::string label(text);
    label += "###";
    label += id;
    return label;
}

}  // namespace golanes::ui

#pragma once
// Translations. Every text the window shows is written in English in the code and passes tr(); the
// Chinese comes from assets/po/zh_CN.po, compiled at build time and embedded, so that the language
// switches live and no locale has to be installed.
#include <functional>
#include <string>
#include <string_view>

#include "ui/panels/frame.h"

namespace golanes::ui {

/// The text in the present language; the English itself where the catalogue has none.
/// Requires: a string literal as argument (a test collects them from the sources).
/// Lifetime: the program's.   Threads: the UI thread only.
const char* tr(const char* english);

/// Marks a literal that a table holds and tr(variable) translates later.
constexpr const char* tr_later(const char* english) {
    return english;
}

/// The text of a scenario or parameter in the present language.
std::string tr(const catalog::Text& text);

void set_language(Language language);
[[nodiscard]] Language language();

/// Calls f with every English text of the catalogue and its Chinese.
void for_each_translation(const std::function<void(const char* english, const char* chinese)>& f);

/// A translated label with an id of its own: ImGui hashes only what follows "###", so that focus
/// and open popups survive a change of language. Usage: with_id(tr("Open..."), "open").c_str().
std::string with_id(std::string_view text, std::string_view id);

}  // namespace golanes::ui

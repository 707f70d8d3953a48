#include "app/window/locale.h"

#include <cstdlib>
#include <string_view>

namespace golanes::app {

ui::Language language_from_environment() {
    for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
        const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets it
        if (value == nullptr || *value == '\0')
            continue;
        return std::string_view(value).starts_with("zh") ? ui::Language::Chinese
                                                         : ui::Language::English;
    }
    return ui::Language::English;
}

}  // namespace golanes::app

#include "core/model/words.h"

#include <fmt/format.h>

namespace golanes::model {

std::string object_name(const Timeline& timeline, std::uint32_t run, ObjectId id) {
    const auto object = timeline.object(run, id);
    if (!object)
        return fmt::format("object {}", id);
    const std::string& label = timeline.recording().names->place(object->made_at).label;
    return label.empty() ? fmt::format("{} {}", trace::object_kind_text(object->kind), id) : label;
}

std::string place_text(const Timeline& timeline, PlaceId place) {
    const trace::Place& known = timeline.recording().names->place(place);
    if (known.file.empty())
        return {};
    const auto slash = known.file.rfind('/');
    return fmt::format("{}:{}",
                       slash == std::string::npos ? known.file : known.file.substr(slash + 1),
                       known.line);
}

}  // namespace golanes::model

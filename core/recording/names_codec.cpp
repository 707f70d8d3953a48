#include "core/recording/names_codec.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/recording/format.h"

namespace golanes::recording {
namespace {

constexpr std::size_t kMinPlaceBytes = 4;  ///< Three empty strings and a line of one byte.

void encode_place(ByteWriter& out, const trace::Place& place) {
    out.string(place.file);
    out.varint(place.line);
    out.string(place.function);
    out.string(place.label);
}

trace::Place decode_place(ByteReader& in) {
    trace::Place place;
    place.file = in.string();
    place.line = in.varint32();
    place.function = in.string();
    place.label = in.string();
    return place;
}

}  // namespace

Result<Bytes> encode_names(const trace::Names& names) {
    if (names.strings.size() > format::kMaxStrings || names.places.size() > format::kMaxPlaces)
        return Error{fmt::format("it has {} strings and {} places; the format allows {} and {}",
                                 names.strings.size(),
                                 names.places.size(),
                                 format::kMaxStrings,
                                 format::kMaxPlaces)};
    ByteWriter out;
    out.varint(names.strings.size());
    for (const std::string& text : names.strings)
        out.string(text);
    out.varint(names.places.size());
    for (const trace::Place& place : names.places)
        encode_place(out, place);
    return out.take();
}

Result<trace::Names> decode_names(ByteView payload) {
    ByteReader in(payload);
    trace::Names names;
    const std::uint64_t strings = in.varint_up_to(std::min(format::kMaxStrings, in.remaining()));
    names.strings.clear();
    for (std::uint64_t i = 0; i < strings && in.ok(); ++i)
        names.strings.push_back(in.string());
    const std::uint64_t places =
        in.varint_up_to(std::min(format::kMaxPlaces, in.remaining() / kMinPlaceBytes));
    names.places.clear();
    for (std::uint64_t i = 0; i < places && in.ok(); ++i)
        names.places.push_back(decode_place(in));
    if (!in.done() || names.strings.empty() || names.places.empty())
        return Error{"the tables of names do not fill their section"};
    return names;
}

}  // namespace golanes::recording

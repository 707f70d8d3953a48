#include "app/window/draw_hash.h"

#include <cstddef>

#include <xxhash.h>

#include <imgui.h>

namespace golanes::app {
namespace {

std::uint64_t add(std::uint64_t hash, const void* bytes, std::size_t size) {
    return XXH64(bytes, size, hash);
}

template <typename T>
std::uint64_t add_value(std::uint64_t hash, const T& value) {
    return add(hash, &value, sizeof value);
}

template <typename T>
std::uint64_t add_all(std::uint64_t hash, const ImVector<T>& values) {
    return add(hash, values.Data, static_cast<std::size_t>(values.Size) * sizeof(T));
}

std::uint64_t add_list(std::uint64_t hash, const ImDrawList& list) {
    hash = add_all(hash, list.VtxBuffer);
    hash = add_all(hash, list.IdxBuffer);
    for (const ImDrawCmd& command : list.CmdBuffer) {  // field by field: there is padding between
        hash = add_value(hash, command.ClipRect);
        hash = add_value(hash, command.TextureId);
        hash = add_value(hash, command.VtxOffset);
        hash = add_value(hash, command.IdxOffset);
        hash = add_value(hash, command.ElemCount);
    }
    return hash;
}

}  // namespace

std::uint64_t hash_of(const ImDrawData& data) {
    std::uint64_t hash = 0;
    hash = add_value(hash, data.DisplaySize);
    hash = add_value(hash, data.FramebufferScale);
    for (int i = 0; i < data.CmdListsCount; ++i)
        hash = add_list(hash, *data.CmdLists[i]);
    return hash;
}

}  // namespace golanes::app

#include "app/window/png.h"

#include <cstddef>
#include <cstdint>
#include <vector>

#include <fmt/format.h>
#include <png.h>

#include "core/recording/output_file.h"

namespace golanes::app {
namespace {

/// Frees what libpng hangs on a png_image, on every way out.
struct PngImage : png_image {
    PngImage() : png_image{} {
        version = PNG_IMAGE_VERSION;
        format = PNG_FORMAT_RGBA;
    }

    ~PngImage() { png_image_free(this); }

    PngImage(const PngImage&) = delete;
    PngImage& operator=(const PngImage&) = delete;
};

Result<std::vector<std::uint8_t>> encode(const Picture& picture) {
    PngImage image;
    image.width = static_cast<png_uint_32>(picture.width);
    image.height = static_cast<png_uint_32>(picture.height);
    const png_int_32 row_bytes = picture.width * 4;
    std::vector<std::uint8_t> bytes(PNG_IMAGE_PNG_SIZE_MAX(image));
    png_alloc_size_t size = bytes.size();
    const void* pixels = picture.rgba.data();
    if (png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels, row_bytes, nullptr) == 0)
        return Error{std::string(image.message)};
    bytes.resize(size);
    return bytes;
}

}  // namespace

Status write_png(const Picture& picture, const std::string& path, recording::Overwrite overwrite) {
    auto file = recording::OutputFile::create(path, overwrite);
    if (!file)
        return file.error();
    const auto bytes = encode(picture);
    if (!bytes)
        return Error{fmt::format("{}: libpng cannot encode it: {}", path, bytes.error().message)};
    if (const Status written = file.value()->write(bytes.value()); !written)
        return written.error();
    return file.value()->commit();
}

Result<Picture> read_png(const std::string& path) {
    PngImage image;
    if (png_image_begin_read_from_file(&image, path.c_str()) == 0)
        return Error{fmt::format("{}: cannot be read as a PNG: {}", path, image.message)};
    image.format = PNG_FORMAT_RGBA;
    Picture picture{static_cast<int>(image.width), static_cast<int>(image.height), {}};
    picture.rgba.resize(PNG_IMAGE_SIZE(image));
    if (png_image_finish_read(&image, nullptr, picture.rgba.data(), 0, nullptr) == 0)
        return Error{fmt::format("{}: cannot be read as a PNG: {}", path, image.message)};
    return picture;
}

}  // namespace golanes::app

#pragma once
// PNG files, by libpng's simplified interface.
#include <string>

#include "app/window/picture.h"
#include "core/base/result.h"
#include "core/recording/file.h"

namespace golanes::app {

/// Writes the picture; the file appears under its name only when it is whole.
/// Errors: exists (unless Overwrite::Yes), cannot be created, disk full; the message names the
/// path.
Status write_png(const Picture& picture, const std::string& path, recording::Overwrite overwrite);

/// Errors: cannot be read, is no PNG; the message names the path.
Result<Picture> read_png(const std::string& path);

}  // namespace golanes::app

#pragma once
// Recording files (.golanes): save and load. The bytes are told in FORMAT.md.
#include <string>

#include "core/base/result.h"
#include "core/recording/recording.h"

namespace golanes::recording {

enum class Overwrite { No, Yes };

/// Writes a snapshot to `path`: into a temporary file beside it first, then renamed.
/// Errors: exists (unless Overwrite::Yes), cannot be created, disk full; the message names the
/// path.
Status save(const Snapshot& snapshot, const std::string& path, Overwrite overwrite);

/// Reads a recording file. A file cut off in the middle loads what is whole, with a warning in
/// honesty.warnings; damage inside is an error that names the byte offset.
Result<Snapshot> load(const std::string& path);

}  // namespace golanes::recording

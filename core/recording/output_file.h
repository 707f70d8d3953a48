#pragma once
// OutputFile: a file that appears under its name only when it is whole. Written as a temporary file
// in the same folder, then flushed to the disk and renamed; what fails on the way leaves nothing
// behind.
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/recording/bytes.h"
#include "core/recording/file.h"

namespace golanes::recording {

/// Threads: one at a time.
class OutputFile {
 public:
    /// Errors: the target exists (unless Overwrite::Yes) or is no regular file, its folder is
    /// missing or cannot be written in. Every message of this class begins with the path.
    static Result<std::unique_ptr<OutputFile>> create(const std::string& path, Overwrite overwrite);

    /// Removes the temporary file, if commit() did not succeed.
    ~OutputFile();
    OutputFile(const OutputFile&) = delete;
    OutputFile& operator=(const OutputFile&) = delete;

    /// Errors: disk full and the like.
    Status write(ByteView bytes);

    /// Puts the file in its place. Errors: as write(); the target appeared meanwhile.
    Status commit();

 private:
    OutputFile(std::string path, std::string target, Overwrite overwrite);
    Status open_temporary();
    Status rename_to_target();

    std::string path_;    ///< As the caller named it: for messages.
    std::string target_;  ///< The same with symbolic links followed.
    std::string folder_;
    std::string temporary_;
    Overwrite overwrite_;
    int fd_ = -1;
};

}  // namespace golanes::recording

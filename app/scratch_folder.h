#pragma once
// ScratchFolder: a folder of our own for what a process beside the window records.
#include <string>
#include <utility>

#include "core/base/result.h"

namespace golanes::app {

/// A new folder that nobody else reads; removed with all it holds. Move-only.
class ScratchFolder {
 public:
    /// Errors: where temporary files lie, none can be made; the system's words.
    static Result<ScratchFolder> make();

    ~ScratchFolder();
    ScratchFolder(ScratchFolder&& other) noexcept;
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;

    [[nodiscard]] const std::string& path() const { return path_; }

 private:
    explicit ScratchFolder(std::string path) : path_(std::move(path)) {}

    std::string path_;  ///< Empty: moved from.
};

}  // namespace golanes::app

#pragma once
// InputFile: an open regular file of a known length, read at offsets.
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/result.h"
#include "core/recording/bytes.h"

namespace golanes::recording {

/// Threads: any; reading changes nothing.
class InputFile {
 public:
    /// Errors: missing, not readable, a folder or a device; the message begins with the path.
    static Result<std::unique_ptr<InputFile>> open(const std::string& path);

    ~InputFile();
    InputFile(const InputFile&) = delete;
    InputFile& operator=(const InputFile&) = delete;

    /// Its length when it was opened.
    [[nodiscard]] std::uint64_t size() const { return size_; }

    /// Up to `count` bytes from `offset`; fewer when the file became shorter or the disk fails.
    /// Requires: offset + count <= size(), so that no length is believed that the file cannot hold.
    [[nodiscard]] Bytes read(std::uint64_t offset, std::size_t count) const;

 private:
    explicit InputFile(int fd) : fd_(fd) {}

    int fd_;
    std::uint64_t size_ = 0;
};

}  // namespace golanes::recording

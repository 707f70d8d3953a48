#include "core/recording/input_file.h"

#include <cerrno>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace golanes::recording {

Result<std::unique_ptr<InputFile>> InputFile::open(const std::string& path) {
    const auto fail = [&](int code) {
        return Error{
            fmt::format("{}: cannot be opened ({})", path, std::generic_category().message(code))};
    };
    // Non-blocking, so that a named pipe is refused below instead of waited for.
    const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return fail(errno);
    std::unique_ptr<InputFile> file(new InputFile(fd));

    struct stat found {};

    if (fstat(fd, &found) != 0)
        return fail(errno);
    if (S_ISDIR(found.st_mode))
        return Error{fmt::format("{}: is a folder; name a .golanes file in it", path)};
    if (!S_ISREG(found.st_mode))
        return Error{fmt::format("{}: is not a regular file; I read .golanes files", path)};
    file->size_ = static_cast<std::uint64_t>(found.st_size);
    return file;
}

InputFile::~InputFile() {
    close(fd_);
}

Bytes InputFile::read(std::uint64_t offset, std::size_t count) const {
    GOLANES_CHECK(count <= size_ && offset <= size_ - count, "a read inside the file");
    Bytes bytes(count);
    std::size_t have = 0;
    while (have < count) {
        const ssize_t got =
            pread(fd_, bytes.data() + have, count - have, static_cast<off_t>(offset + have));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        have += static_cast<std::size_t>(got);
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace golanes::recording

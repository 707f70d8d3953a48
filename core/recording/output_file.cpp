#include "core/recording/output_file.h"

#include <cerrno>
#include <climits>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

namespace golanes::recording {
namespace {

constexpr int kTemporaryNames = 100;  ///< Tries before giving up on a free name.

Error error_of(const std::string& path, int code) {
    switch (code) {
        case ENOENT:
        case ENOTDIR:
            return Error{fmt::format(
                "{}: its folder does not exist; make it first or choose another", path)};
        case EACCES:
        case EPERM:
        case EROFS:
            return Error{
                fmt::format("{}: no permission to write in its folder; choose another", path)};
        case ENOSPC:
        case EDQUOT:
            return Error{
                fmt::format("{}: the disk is full; free some space or choose another place", path)};
        default:
            return Error{fmt::format(
                "{}: cannot be written ({})", path, std::generic_category().message(code))};
    }
}

Error exists_error(const std::string& path) {
    return Error{
        fmt::format("{}: the file exists; choose another name, or overwrite it (--force)", path)};
}

/// Errors: what stands at the path forbids a file there.
Status check_target(const std::string& path, Overwrite overwrite) {
    struct stat found {};

    if (path.empty() || path.back() == '/')
        return Error{fmt::format("\"{}\" is not the name of a file", path)};
    if (stat(path.c_str(), &found) != 0)
        return Done{};
    if (S_ISDIR(found.st_mode))
        return Error{fmt::format("{}: is a folder; name a file in it", path)};
    if (!S_ISREG(found.st_mode))
        return Error{fmt::format("{}: is not a regular file; choose another name", path)};
    if (overwrite == Overwrite::No)
        return exists_error(path);
    return Done{};
}

/// The file a symbolic link points to, so that overwriting keeps the link; else the path itself.
std::string follow_links(const std::string& path) {
    char* real = realpath(path.c_str(), nullptr);
    std::string result = real == nullptr ? path : real;
    std::free(real);  // NOLINT(cppcoreguidelines-no-malloc): realpath's own contract
    return result;
}

std::string folder_of(const std::string& path) {
    const std::size_t slash = path.rfind('/');
    return slash == std::string::npos ? "./" : path.substr(0, slash + 1);
}

}  // namespace

OutputFile::OutputFile(std::string path, std::string target, Overwrite overwrite)
    : path_(std::move(path)),
      target_(std::move(target)),
      folder_(folder_of(target_)),
      overwrite_(overwrite) {}

Result<std::unique_ptr<OutputFile>> OutputFile::create(const std::string& path,
                                                       Overwrite overwrite) {
    const Status target = check_target(path, overwrite);
    if (!target)
        return target.error();
    std::unique_ptr<OutputFile> file(new OutputFile(path, follow_links(path), overwrite));
    const Status opened = file->open_temporary();
    if (!opened)
        return opened.error();
    return file;
}

Status OutputFile::open_temporary() {
    for (int i = 0; i < kTemporaryNames; ++i) {
        temporary_ = fmt::format("{}.golanes-{}-{}.tmp", folder_, getpid(), i);
        fd_ = open(temporary_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd_ >= 0)
            return Done{};
        if (errno != EEXIST)
            break;
    }
    const int code = errno;
    temporary_.clear();
    return error_of(path_, code);
}

OutputFile::~OutputFile() {
    if (fd_ >= 0)
        close(fd_);
    if (!temporary_.empty())
        unlink(temporary_.c_str());
}

Status OutputFile::write(ByteView bytes) {
    while (!bytes.empty()) {
        const ssize_t count = ::write(fd_, bytes.data(), bytes.size());
        if (count < 0 && errno != EINTR)
            return error_of(path_, errno);
        if (count > 0)
            bytes = bytes.subspan(static_cast<std::size_t>(count));
    }
    return Done{};
}

Status OutputFile::commit() {
    // The bytes must be on the disk before the name: a power cut then leaves the old file or the
    // new.
    if (fsync(fd_) != 0)
        return error_of(path_, errno);
    const int fd = fd_;
    fd_ = -1;
    if (close(fd) != 0)
        return error_of(path_, errno);
    return rename_to_target();
}

Status OutputFile::rename_to_target() {
    const unsigned flags = overwrite_ == Overwrite::No ? RENAME_NOREPLACE : 0;
    int outcome = renameat2(AT_FDCWD, temporary_.c_str(), AT_FDCWD, target_.c_str(), flags);
    // Some file systems know no RENAME_NOREPLACE: there the check in create() has to do.
    if (outcome != 0 && (errno == EINVAL || errno == ENOSYS))
        outcome = rename(temporary_.c_str(), target_.c_str());
    if (outcome != 0)
        return errno == EEXIST ? exists_error(path_) : error_of(path_, errno);
    temporary_.clear();
    const int folder = open(folder_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder >= 0) {
        fsync(folder);
        close(folder);
    }
    return Done{};
}

}  // namespace golanes::recording

#include "app/scratch_folder.h"

#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

namespace golanes::app {

Result<ScratchFolder> ScratchFolder::make() {
    std::error_code error;
    const auto where = std::filesystem::temp_directory_path(error);
    if (error)
        return Error{fmt::format("no folder for temporary files (TMPDIR): {}", error.message())};
    std::string path = (where / "golanes-XXXXXX").string();
    if (mkdtemp(path.data()) == nullptr)
        return Error{fmt::format("{}: cannot make a temporary folder: {}",
                                 path,
                                 std::generic_category().message(errno))};
    return ScratchFolder(std::move(path));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept
    : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;  // what cannot be removed stays among the temporary files
    if (!path_.empty())
        std::filesystem::remove_all(path_, ignored);
}

}  // namespace golanes::app

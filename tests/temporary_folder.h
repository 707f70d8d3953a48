#pragma once
// A folder of a test's own, gone with the test.
#include <cstddef>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

#include "core/base/check.h"

namespace golanes::test {

/// A new folder, removed with all it holds.
class TemporaryFolder {
 public:
    TemporaryFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "golanes-XXXXXX").string();
        GOLANES_CHECK(mkdtemp(name.data()) != nullptr, "a test needs a temporary folder");
        path_ = name;
    }

    ~TemporaryFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    TemporaryFolder(const TemporaryFolder&) = delete;
    TemporaryFolder& operator=(const TemporaryFolder&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// The path of a file in it.
    [[nodiscard]] std::string file(const std::string& name) const {
        return (path_ / name).string();
    }

    /// Names of what is in it, hidden files included.
    [[nodiscard]] std::vector<std::string> names() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(path_))
            names.push_back(entry.path().filename().string());
        return names;
    }

 private:
    std::filesystem::path path_;
};

}  // namespace golanes::test

#include "tests/app/cli/program.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <sys/wait.h>
#include <unistd.h>

namespace golanes::test {
namespace {

struct Folder {
    Folder()
        : path(std::filesystem::temp_directory_path() /
               ("golanes-cli-" + std::to_string(getpid()))) {
        std::filesystem::create_directories(path);
    }

    ~Folder() { std::filesystem::remove_all(path); }

    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::filesystem::path path;
};

std::string contents(const std::string& path) {
    const std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

}  // namespace

std::string temporary_path(const std::string& name) {
    static const Folder folder;
    return (folder.path / name).string();
}

Said golanes(const std::string& arguments, const std::string& input) {
    const std::string in = temporary_path("stdin");
    std::ofstream(in) << input;
    const std::string out = temporary_path("stdout");
    const std::string err = temporary_path("stderr");
    const std::string command =
        std::string(GOLANES_PROGRAM) + " " + arguments + " >" + out + " 2>" + err + " <" + in;
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : 128, contents(out), contents(err)};
}

}  // namespace golanes::test

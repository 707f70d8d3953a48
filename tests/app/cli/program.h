#pragma once
// Runs the real golanes program and keeps what it says.
#include <string>

namespace golanes::test {

struct Said {
    int code = -1;
    std::string out;
    std::string err;
};

/// Runs `golanes arguments` through the shell, with `input` on its stdin.
Said golanes(const std::string& arguments, const std::string& input = {});

/// A path in a folder of this test process, which is removed at its end.
std::string temporary_path(const std::string& name);

}  // namespace golanes::test

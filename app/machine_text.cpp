#include "app/machine_text.h"

#include <fstream>

#include <fmt/format.h>
#include <sys/utsname.h>

namespace golanes::app {

std::string cpu_model() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);) {
        if (line.rfind("model name", 0) == 0)
            return line.substr(line.find(':') + 2);
    }
    utsname name{};
    uname(&name);
    return name.machine;
}

std::string kernel_text() {
    utsname name{};
    uname(&name);
    return fmt::format("{} {}", name.sysname, name.release);
}

}  // namespace golanes::app

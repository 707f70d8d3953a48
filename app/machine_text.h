#pragma once
// What this machine calls itself.
#include <string>

namespace golanes::app {

/// The CPU's model name, or its architecture.
std::string cpu_model();

/// "Linux 6.1.0".
std::string kernel_text();

}  // namespace golanes::app

#pragma once
// What doctor says of display, graphics and fonts. Two versions are built: with the window and
// without.
#include <string>

namespace golanes::app {

struct DoctorUi {
    std::string display;
    std::string gl;
    std::string fonts;
};

DoctorUi examine_ui();

}  // namespace golanes::app

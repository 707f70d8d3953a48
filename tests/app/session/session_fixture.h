#pragma once
// A client of the window without the window, which starts the real program.
#include <chrono>
#include <thread>

#include <gtest/gtest.h>

#include "app/session_client.h"

namespace golanes::app {

class SessionTest : public ::testing::Test {
 protected:
    // Frames until it is so; a minute without it is a hang.
    template <typename F>
    bool frames_until(F&& it_is_so) {
        for (int i = 0; i < 6000; ++i) {
            if (it_is_so(client_.frame_input()))
                return true;
            std::this_thread::sleep_for(std::chrono::milliseconds(10));
        }
        return false;
    }

    SessionClient client_{{}, ui::Language::English, GOLANES_PROGRAM};
};

}  // namespace golanes::app

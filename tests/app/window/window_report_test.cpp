#include "app/window/window_report.h"

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "app/window/offscreen.h"
#include "app/window/renderer.h"
#include "ui/panels/items.h"

namespace golanes::app {
namespace {

class WindowReportTest : public testing::Test {
 protected:
    void SetUp() override {
        std::filesystem::remove(path_);
        auto screen = Offscreen::create(1280, 800);
        ASSERT_TRUE(screen.ok()) << screen.error().message;
        screen_ = std::move(screen).value();
        auto renderer = Renderer::create();
        ASSERT_TRUE(renderer.ok()) << renderer.error().message;
        renderer_ = std::move(renderer).value();
    }

    void TearDown() override {
        ui::record_items(false);
        std::filesystem::remove(path_);
    }

    void frame() {
        std::vector<ui::Command> commands;
        renderer_->frame(content_, {1280, 800, 1280, 800, 1}, kSecond / 60, commands);
    }

    [[nodiscard]] std::string written() const {
        std::stringstream text;
        text << std::ifstream(path_).rdbuf();
        return text.str();
    }

    std::string path_ = testing::TempDir() + "window_report_test.txt";
    std::unique_ptr<Offscreen> screen_;
    std::unique_ptr<Renderer> renderer_;
    ui::FrameInput content_;
};

TEST_F(WindowReportTest, HoldsTheWordsAndTheNamesOfTheWidgets) {
    renderer_->report().write_to(path_);
    frame();
    EXPECT_NE(written().find("Window CPU"), std::string::npos) << written();
    EXPECT_NE(written().find("\nitem menu.file "), std::string::npos) << written();
}

TEST_F(WindowReportTest, IsWrittenAgainOnlyOnceTheScriptHasRemovedIt) {
    renderer_->report().write_to(path_);
    frame();
    content_.language = ui::Language::Chinese;
    frame();
    EXPECT_NE(written().find("Window CPU"), std::string::npos) << written();
    std::filesystem::remove(path_);
    frame();
    EXPECT_EQ(written().find("Window CPU"), std::string::npos) << written();
    EXPECT_NE(written().find("\nitem menu.file "), std::string::npos) << written();
}

TEST_F(WindowReportTest, IsOffUnlessAPathIsTold) {
    frame();
    EXPECT_FALSE(ui::recording_items());
    EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace golanes::app

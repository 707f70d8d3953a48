#include "app/window/window_report.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>
#include <imgui.h>

#include "ui/panels/items.h"

namespace golanes::app {
namespace {

class WindowReportTest : public testing::Test {
 protected:
    WindowReportTest() {
        ImGui::CreateContext();
        ImGuiIO& io = ImGui::GetIO();
        io.IniFilename = nullptr;
        io.DisplaySize = {200, 100};
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        io.Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
        std::filesystem::remove(path_);
    }

    ~WindowReportTest() override {
        report_.write_to("");
        ImGui::DestroyContext();
        std::filesystem::remove(path_);
    }

    void frame(const char* words) {
        ImGui::NewFrame();
        ui::begin_items();
        report_.begin();
        ImGui::SetNextWindowPos({0, 0});
        ImGui::Begin("root");
        ImGui::TextUnformatted(words);
        ui::tag("words");
        ui::tag_rect("place", {10, 20}, {30, 40});
        ImGui::End();
        report_.end();
        ImGui::Render();
    }

    [[nodiscard]] std::string written() const {
        std::stringstream text;
        text << std::ifstream(path_).rdbuf();
        return text.str();
    }

    std::string path_ = testing::TempDir() + "window_report_test.txt";
    WindowReport report_;
};

TEST_F(WindowReportTest, HoldsTheWordsAndThePlacesOfTheItems) {
    report_.write_to(path_);
    frame("G7 waits");
    EXPECT_NE(written().find("G7 waits\n"), std::string::npos) << written();
    EXPECT_NE(written().find("\nitem words "), std::string::npos) << written();
    EXPECT_NE(written().find("\nitem place 10 20 30 40\n"), std::string::npos) << written();
}

TEST_F(WindowReportTest, IsWrittenAgainOnlyOnceTheScriptHasRemovedIt) {
    report_.write_to(path_);
    frame("first");
    frame("second");
    EXPECT_NE(written().find("first"), std::string::npos) << written();
    std::filesystem::remove(path_);
    frame("third");
    EXPECT_NE(written().find("third"), std::string::npos) << written();
    EXPECT_EQ(written().find("second"), std::string::npos) << written();
}

TEST_F(WindowReportTest, IsOffUnlessAPathIsTold) {
    frame("words");
    EXPECT_FALSE(ui::recording_items());
    EXPECT_FALSE(std::filesystem::exists(path_));
}

}  // namespace
}  // namespace golanes::app

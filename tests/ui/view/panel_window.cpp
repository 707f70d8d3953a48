#include "tests/ui/view/panel_window.h"

#include <gtest/gtest.h>

namespace golanes::ui {

PanelWindow::PanelWindow(model::Timeline timeline) {
    input.timeline = std::move(timeline);
    settle();
}

void PanelWindow::draw(bool log_inspector) {
    if (headless_.shell.prepare(input.language, input.theme, input.scale)) {
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    }
    headless_.queue.pump(ImGui::GetIO());
    ImGui::NewFrame();
    begin_items();
    ImGui::SetNextWindowPos({0, 0});
    ImGui::SetNextWindowSize({900, 700});
    ImGui::Begin("timeline", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    timeline_.draw(input, view, headless_.queue.pressed());
    ImGui::End();
    ImGui::SetNextWindowPos({900, 0});
    ImGui::SetNextWindowSize({380, 700});
    ImGui::Begin("inspector", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
    if (log_inspector)
        ImGui::LogToClipboard(0);
    inspector_.draw(input, view);
    if (log_inspector)
        ImGui::LogFinish();
    ImGui::End();
    ImGui::Render();
}

void PanelWindow::frame() {
    draw(false);
}

void PanelWindow::settle() {
    while (headless_.queue.pending())
        frame();
    for (int i = 0; i < 3; ++i)
        frame();
}

void PanelWindow::move_to(ImVec2 at) {
    headless_.queue.push({.kind = InputEvent::Kind::MousePosition, .x = at.x, .y = at.y});
    settle();
}

void PanelWindow::wheel(float turns) {
    headless_.queue.push({.kind = InputEvent::Kind::Wheel, .y = turns});
    settle();
}

void PanelWindow::press_button(bool down) {
    headless_.queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = down});
    settle();
}

void PanelWindow::hold_key(int code, int mods, bool down) {
    headless_.queue.push({.kind = InputEvent::Kind::Key, .code = code, .down = down, .mods = mods});
    settle();
}

void PanelWindow::key(int code, int mods) {
    hold_key(code, mods, true);
    hold_key(code, mods, false);
}

void PanelWindow::click(ImVec2 at) {
    move_to(at);
    press_button(true);
    press_button(false);
}

ImVec2 PanelWindow::at(const char* item, float part) {
    const auto rect = find_item(item);
    EXPECT_TRUE(rect.has_value()) << "no item named " << item;
    if (!rect)
        return {0, 0};
    return {rect->min.x + part * (rect->max.x - rect->min.x),
            rect->min.y + 0.3F * (rect->max.y - rect->min.y)};
}

ImVec2 PanelWindow::at_time(const char* row, TimeNs t) const {
    return at(row,
              static_cast<float>(static_cast<double>(t - view.view_start) /
                                 static_cast<double>(view_length())));
}

std::string PanelWindow::inspector_text() {
    draw(true);
    return ImGui::GetClipboardText();
}

}  // namespace golanes::ui

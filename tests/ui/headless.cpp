#include "tests/ui/headless.h"

#include <gtest/gtest.h>

namespace golanes::ui {
namespace {

std::string& clipboard() {
    static std::string instance;
    return instance;
}

}  // namespace

Headless::Context::Context(ImVec2 size) {
    IMGUI_CHECKVERSION();
    ImGui::CreateContext();
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.DisplaySize = size;
    io.DeltaTime = 1.0F / 60;
    io.SetClipboardTextFn = [](void*, const char* text) {
        clipboard() = text;
    };
    io.GetClipboardTextFn = [](void*) {
        return clipboard().c_str();
    };
    InputQueue::set_up(io);
    record_items(true);
}

Headless::Context::~Context() {
    record_items(false);
    ImGui::DestroyContext();
}

Headless::Headless(ImVec2 size) : context_(size) {}

Headless::~Headless() = default;

void Headless::frame() {
    if (shell.prepare(input.language, input.theme, input.scale)) {
        unsigned char* pixels = nullptr;
        int width = 0;
        int height = 0;
        ImGui::GetIO().Fonts->GetTexDataAsAlpha8(&pixels, &width, &height);
    }
    queue.pump(ImGui::GetIO());
    ImGui::NewFrame();
    shell.draw(input, queue.pressed(), commands);
    ImGui::Render();
    ++frames;
}

void Headless::settle() {
    while (queue.pending())
        frame();
    for (int i = 0; i < 3; ++i)
        frame();
}

void Headless::move_to(ImVec2 at) {
    queue.push({.kind = InputEvent::Kind::MousePosition, .x = at.x, .y = at.y});
    settle();
}

void Headless::click_at(ImVec2 at) {
    move_to(at);
    queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = true});
    queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = false});
    settle();
}

void Headless::click(std::string_view item) {
    const auto rect = find_item(item);
    ASSERT_TRUE(rect.has_value()) << "no item named " << item;
    click_at(rect->center());
}

void Headless::drag_to(std::string_view item, float part) {
    const auto rect = find_item(item);
    ASSERT_TRUE(rect.has_value()) << "no item named " << item;
    move_to(rect->center());
    queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = true});
    settle();
    const float x = rect->min.x + part * (rect->max.x - rect->min.x);
    move_to({x, rect->center().y});
    queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = false});
    settle();
}

void Headless::press(int key, int mods) {
    queue.push({.kind = InputEvent::Kind::Key, .code = key, .down = true, .mods = mods});
    queue.push({.kind = InputEvent::Kind::Key, .code = key, .down = false, .mods = mods});
    settle();
}

void Headless::type(std::string_view ascii) {
    for (const char c : ascii)
        queue.push({.kind = InputEvent::Kind::Character, .code = static_cast<unsigned char>(c)});
    settle();
}

std::string Headless::text() {
    move_to({-1, -1});  // a tooltip is a window of its own and would end the log
    shell.prepare(input.language, input.theme, input.scale);
    queue.pump(ImGui::GetIO());
    ImGui::NewFrame();
    ImGui::LogToClipboard(0);
    shell.draw(input, queue.pressed(), commands);
    ImGui::LogFinish();
    ImGui::Render();
    return clipboard();
}

}  // namespace golanes::ui

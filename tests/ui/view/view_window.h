#pragma once
// ViewWindow: one of the views below the timeline alone in a window without a screen, with the view
// state in the test's hands.
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "ui/panels/frame.h"
#include "ui/panels/view_state.h"

namespace golanes::ui {

/// Panel has draw(const FrameInput&, ViewState&).
template <typename Panel>
class ViewWindow {
 public:
    explicit ViewWindow(model::Timeline timeline) {
        input.timeline = std::move(timeline);
        view.follow = false;
        view.view_start = input.timeline.start();
        view.view_end = std::max(input.timeline.end(), view.view_start + 1);
        settle();
    }

    void settle() {
        while (headless_.queue.pending())
            frame(false);
        for (int i = 0; i < 3; ++i)
            frame(false);
    }

    void click(const std::string& item) {
        const auto rect = find_item(item);
        ASSERT_TRUE(rect.has_value()) << "no item named " << item;
        const ImVec2 at = rect->center();
        headless_.queue.push({.kind = InputEvent::Kind::MousePosition, .x = at.x, .y = at.y});
        settle();
        headless_.queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = true});
        headless_.queue.push({.kind = InputEvent::Kind::MouseButton, .code = 0, .down = false});
        settle();
    }

    void type(std::string_view ascii) {
        for (const char c : ascii)
            headless_.queue.push(
                {.kind = InputEvent::Kind::Character, .code = static_cast<unsigned char>(c)});
        settle();
    }

    /// Visible text.
    std::string text() {
        headless_.queue.push({.kind = InputEvent::Kind::MousePosition, .x = -1, .y = -1});
        settle();
        frame(true);
        return ImGui::GetClipboardText();
    }

    [[nodiscard]] static bool has(const std::string& item) { return find_item(item).has_value(); }

    FrameInput input;
    ViewState view;

 private:
    void frame(bool log) {
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
        ImGui::SetNextWindowSize({700, 320});
        ImGui::Begin("view", nullptr, ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove);
        if (log)
            ImGui::LogToClipboard(0);
        panel.draw(input, view);
        if (log)
            ImGui::LogFinish();
        ImGui::End();
        ImGui::Render();
    }

    Headless headless_;  // before the panel: it needs its context

 public:
    Panel panel;
};

}  // namespace golanes::ui

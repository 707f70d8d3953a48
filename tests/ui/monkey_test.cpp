// A monkey at mouse and keyboard: random events must never crash the window (ImGui asserts, too).
#include <gtest/gtest.h>

#include "core/base/random.h"
#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

constexpr int kEvents = 2'000;

InputEvent random_event(Random& random, ImVec2 size) {
    const auto pick = [&](std::uint64_t bound) {
        return static_cast<int>(random.uniform(bound));
    };
    const auto x = static_cast<float>(pick(static_cast<std::uint64_t>(size.x)));
    const auto y = static_cast<float>(pick(static_cast<std::uint64_t>(size.y)));
    switch (pick(5)) {
        case 0:
            return {.kind = InputEvent::Kind::MousePosition, .x = x, .y = y};
        case 1:
            return {.kind = InputEvent::Kind::MouseButton, .code = pick(2), .down = pick(2) == 0};
        case 2:
            return {.kind = InputEvent::Kind::Wheel, .y = static_cast<float>(pick(5) - 2)};
        case 3:
            return {.kind = InputEvent::Kind::Character, .code = 32 + pick(90)};
        default:
            return {.kind = InputEvent::Kind::Key,
                    .code = 32 + pick(320),
                    .down = pick(2) == 0,
                    .mods = pick(4)};
    }
}

/// Does what a simple app would do, so that the window goes through its states.
void obey(Headless& window) {
    for (const Command& command : window.commands) {
        if (const auto* scale = std::get_if<command::SetScale>(&command))
            window.input.scale = scale->scale;
        if (const auto* language = std::get_if<command::SetLanguage>(&command))
            window.input.language = language->language;
        if (const auto* theme = std::get_if<command::SetTheme>(&command))
            window.input.theme = theme->theme;
        if (const auto* quit = std::get_if<command::Quit>(&command))
            window.input.quit_asked = !quit->even_unsaved;
        if (std::holds_alternative<command::CancelQuit>(command))
            window.input.quit_asked = false;
        if (const auto* scenario = std::get_if<command::SelectScenario>(&command))
            window.input.run.scenario = scenario->id;
        if (const auto* hold = std::get_if<command::HoldRun>(&command))
            window.input.run.phase = hold->hold ? RunPhase::Held : RunPhase::Running;
        if (std::holds_alternative<command::StopRun>(command))
            window.input.run.phase = RunPhase::Ended;
        if (std::holds_alternative<command::StartRun>(command))
            window.input.run.phase = RunPhase::Running;
    }
    window.commands.clear();
}

class MonkeyTest : public testing::TestWithParam<std::uint64_t> {};

TEST_P(MonkeyTest, TwoThousandRandomEventsDoNotCrash) {
    SCOPED_TRACE(testing::Message() << "seed " << GetParam());
    const ImVec2 size{1280, 720};
    Headless window(size);
    window.input = sample_input();
    Random random(GetParam(), Stream::Scenario);
    for (int i = 0; i < kEvents; ++i) {
        window.queue.push(random_event(random, size));
        if (random.uniform(3) == 0) {
            window.frame();
            obey(window);
        }
    }
    window.settle();
    EXPECT_GT(window.frames, kEvents / 4);
    EXPECT_FALSE(window.queue.pending());
}

INSTANTIATE_TEST_SUITE_P(Seeds, MonkeyTest, testing::Values(1, 2, 3));

}  // namespace
}  // namespace golanes::ui

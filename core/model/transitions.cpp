#include "core/model/transitions.h"

#include <array>

#include "core/base/check.h"

namespace golanes::model {
namespace {

using enum trace::EventType;

constexpr std::array kTransitions{
    Transition{GoCreate, Life::New, Life::Runnable, ""},
    Transition{GoStart, Life::Runnable, Life::Running, ""},
    Transition{
        GoStart,
        Life::Blocking,
        Life::Running,
        "a blocking call that found a free P on its return goes on at once, through no queue"},
    Transition{GoStop, Life::Running, Life::Runnable, ""},
    Transition{GoBlock, Life::Running, Life::Waiting, ""},
    Transition{GoUnblock, Life::Waiting, Life::Runnable, ""},
    Transition{GoUnblock,
               Life::Blocking,
               Life::Runnable,
               "a blocking call that found no free P on its return queues up"},
    Transition{GoEnd, Life::Running, Life::Ended, ""},
    Transition{
        GoEnd, Life::Panicked, Life::Ended, "its function is left all the same after a panic"},
    Transition{GoPanic, Life::Running, Life::Panicked, ""},
    Transition{GoPanic, Life::Blocking, Life::Panicked, "the body of a blocking call may throw"},
    Transition{GoKilled, Life::Runnable, Life::Ended, ""},
    Transition{GoKilled, Life::Running, Life::Ended, ""},
    Transition{GoKilled, Life::Waiting, Life::Ended, ""},
    Transition{GoKilled, Life::Blocking, Life::Ended, ""},
    Transition{
        GoKilled, Life::Panicked, Life::Ended, "the run ends because of the panic and clears up"},
    Transition{BlockingBegin, Life::Running, Life::Blocking, ""},
    Transition{
        BlockingEnd,
        Life::Blocking,
        Life::Blocking,
        "the call is over, yet without a P the goroutine cannot go on: a start or unblock follows"},
};

constexpr std::size_t kLives = static_cast<std::size_t>(Life::Count_);

struct Row {
    std::array<bool, kLives> legal{};
    Life to = Life::New;
    bool known = false;
};

constexpr auto make_rows() {
    std::array<Row, trace::kEventTypeCount> rows{};
    for (const Transition& step : kTransitions) {
        Row& row = rows[static_cast<std::size_t>(step.event)];
        row.legal[static_cast<std::size_t>(step.from)] = true;
        row.to = step.to;
        row.known = true;
    }
    return rows;
}

constexpr auto kRows = make_rows();

const Row& row_of(trace::EventType event) {
    const auto index = static_cast<std::size_t>(event);
    return kRows[index < kRows.size() ? index : 0];
}

}  // namespace

std::span<const Transition> transitions() {
    return kTransitions;
}

bool is_legal(Life from, trace::EventType event) {
    return row_of(event).legal[static_cast<std::size_t>(from)];
}

Life life_after(trace::EventType event) {
    GOLANES_CHECK(row_of(event).known, "life_after() of an event that moves no goroutine");
    return row_of(event).to;
}

bool changes_life(trace::EventType event) {
    return row_of(event).known;
}

std::string_view life_text(Life life) {
    static constexpr std::array<std::string_view, kLives> kTexts{
        "not created", "runnable", "running", "waiting", "in a blocking call", "ended", "panicked"};
    return kTexts[static_cast<std::size_t>(life)];
}

}  // namespace golanes::model

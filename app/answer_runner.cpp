#include "app/answer_runner.h"

#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/measured_answer.h"
#include "ui/panels/tr.h"

namespace golanes::app {
Result<std::unique_ptr<AnswerRunner>> AnswerRunner::start(const std::string& scenario,
                                                          const std::string& program,
                                                          std::function<void()> on_end) {
    const auto lesson = lessons::find_lesson(scenario, "en");
    if (!lesson)
        return Error{fmt::format("the scenario \"{}\" has no lesson", scenario)};
    auto folder = ScratchFolder::make();
    if (!folder.ok())
        return folder.error();
    std::unique_ptr<AnswerRunner> runner(new AnswerRunner(std::move(folder).value()));
    auto process = LineProcess::start(
        program,
        {"__answer", scenario, "--keep", runner->folder_.path() + "/answer.golanes"},
        std::move(on_end));
    if (!process.ok())
        return process.error();
    runner->process_ = std::move(process).value();
    runner->view_.running = true;
    runner->view_.scenario = scenario;
    runner->view_.wanted = static_cast<std::uint32_t>(lesson->question.repeat);
    return runner;
}

void AnswerRunner::stop() {
    if (!view_.running)
        return;
    process_->stop();
    view_.running = false;
    view_.measured.clear();
    view_.error = ui::tr("Stopped before there was an answer.");
}

void AnswerRunner::read_line(const std::string& line) {
    if (const auto answer = read_answer_line(line)) {
        view_.measured = answer->measured;
        view_.token = answer->token;
        view_.file = answer->file;
        view_.timeless = answer->timeless;
        return;
    }
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (json.is_object())
        view_.error = json.value("error", "");
}

// A crash on the way is no answer, even if some runs came through.
void AnswerRunner::look_at_end() {
    view_.running = false;
    const auto end = process_->end();
    const bool complete = view_.measured.size() == view_.wanted;
    if (complete && end && end->exit_code == 0 && end->signal == 0)
        return;
    view_.measured.clear();
    if (view_.error.empty())
        view_.error = fmt::format(fmt::runtime(ui::tr("The run ended without an answer: {}")),
                                  end && end->signal != 0
                                      ? fmt::format("signal {}", end->signal)
                                      : fmt::format("exit {}", end ? end->exit_code : -1));
}

const ui::AnswerView& AnswerRunner::poll() {
    if (view_.running)
        process_->poll([this](const std::string& line) { read_line(line); },
                       [this] { look_at_end(); });
    return view_;
}

}  // namespace golanes::app

#include "app/measured_answer.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "core/recording/file.h"

namespace golanes::app {

using Json = nlohmann::json;

Result<MeasuredAnswer> measure_answer(const lessons::Lesson& lesson,
                                      const std::string& keep,
                                      const std::function<void(const MeasuredAnswer&)>& progress) {
    const lessons::Question& question = lesson.question;
    const auto options = options_from_words(lesson.scenario, question.run);
    if (!options.ok())
        return options.error();
    MeasuredAnswer answer;
    for (int i = 0; i < question.repeat; ++i) {
        const auto run = run_measured(options.value());
        if (!run.ok())
            return run.error();
        auto measured = measure(question.measure, run.value());
        if (!measured.ok())
            return measured.error();
        answer.measured.push_back(std::move(measured).value());
        answer.token = run->report.replay;
        answer.timeless = run->timeline.empty();
        if (i + 1 == question.repeat && answer.token.empty() && !keep.empty()) {
            const Status saved =
                recording::save(run->timeline.recording(), keep, recording::Overwrite::Yes);
            if (!saved)
                return saved.error();
            answer.file = keep;
        }
        progress(answer);
    }
    return answer;
}

std::string answer_line(const MeasuredAnswer& answer) {
    const Json json{{"measured", answer.measured},
                    {"replay", answer.token},
                    {"file", answer.file},
                    {"timeless", answer.timeless}};
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::optional<MeasuredAnswer> read_answer_line(const std::string& line) {
    const Json json = Json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("measured"))
        return std::nullopt;
    MeasuredAnswer answer;
    for (const Json& one : json["measured"])
        answer.measured.push_back(one.is_string() ? one.get<std::string>() : "");
    answer.token = json.value("replay", "");
    answer.file = json.value("file", "");
    answer.timeless = json.value("timeless", false);
    return answer;
}

}  // namespace golanes::app

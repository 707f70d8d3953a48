#include "app/verbs/answer.h"

#include <cstdio>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/measured_answer.h"

namespace golanes::app {
namespace {

struct AnswerVerb {
    std::string scenario;
    std::string keep;
    int descriptor = STDOUT_FILENO;
};

int answer(const AnswerVerb& verb) {
    const auto lesson = lessons::find_lesson(verb.scenario, "en");
    if (!lesson) {
        fmt::print(stderr, "golanes: the scenario \"{}\" has no lesson\n", verb.scenario);
        return 2;
    }
    const auto answered =
        measure_answer(lesson.value(), verb.keep, [&](const MeasuredAnswer& so_far) {
            dprintf(verb.descriptor, "%s\n", answer_line(so_far).c_str());
        });
    if (answered.ok())
        return 0;
    const nlohmann::json error{{"error", answered.error().message}};
    dprintf(verb.descriptor, "%s\n", error.dump().c_str());
    return 1;
}

}  // namespace

void add_answer_verb(CLI::App& root, int& exit_code) {
    auto verb = std::make_shared<AnswerVerb>();
    CLI::App* command = root.add_subcommand("__answer", "a lesson's question");
    command->group("");  // not in the help: nobody types it, and nobody should read answers there
    command->add_option("SCENARIO", verb->scenario)->required();
    command->add_option("--keep", verb->keep);
    command->add_option("--to-descriptor", verb->descriptor);
    command->callback([verb, &exit_code] { exit_code = answer(*verb); });
}

}  // namespace golanes::app

#include "app/verbs/info.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/export/findings.h"
#include "core/export/summary.h"
#include "core/model/builder.h"
#include "core/model/findings/find_all.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

struct InfoOptions {
    std::string file;
    bool json = false;
    bool findings = false;
};

struct Findings {
    std::string text;
    std::string json;
};

Findings findings_of(const recording::Snapshot& snapshot) {
    const model::Timeline timeline = model::build_timeline(snapshot);
    const std::vector<model::Finding> all = model::find_all(timeline);
    return {exporting::findings_text(timeline, all), exporting::findings_json(timeline, all)};
}

int run_info(const InfoOptions& options) {
    const auto snapshot = recording::load(options.file);
    if (!snapshot) {
        fmt::print(stderr, "golanes: {}\n", snapshot.error().message);
        return 2;
    }
    const exporting::Summary summary = exporting::summarize(snapshot.value());
    const Findings found = options.findings ? findings_of(snapshot.value()) : Findings{};
    if (options.json)
        fmt::print("{}\n", exporting::summary_json(summary, found.json));
    else if (options.findings)
        fmt::print("{}", found.text);
    else
        fmt::print("{}", exporting::summary_text(summary));
    return 0;
}

}  // namespace

void add_info_verb(CLI::App& root, int& exit_code) {
    auto options = std::make_shared<InfoOptions>();
    CLI::App* verb = root.add_subcommand("info", "Say what a recording holds");
    verb->add_option("FILE", options->file, "A .golanes file")->required();
    verb->add_flag("--json", options->json, "Print one JSON object");
    verb->add_flag("--findings",
                   options->findings,
                   "Say what is wrong with the program: races, "
                   "lock orders, leaks, starvation, ...");
    verb->callback([options, &exit_code] { exit_code = run_info(*options); });
}

}  // namespace golanes::app

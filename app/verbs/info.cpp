#include "app/verbs/info.h"

#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "core/export/summary.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

struct InfoOptions {
    std::string file;
    bool json = false;
};

int run_info(const InfoOptions& options) {
    const auto snapshot = recording::load(options.file);
    if (!snapshot) {
        fmt::print(stderr, "golanes: {}\n", snapshot.error().message);
        return 2;
    }
    const exporting::Summary summary = exporting::summarize(snapshot.value());
    if (options.json)
        fmt::print("{}\n", exporting::summary_json(summary));
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
    verb->callback([options, &exit_code] { exit_code = run_info(*options); });
}

}  // namespace golanes::app

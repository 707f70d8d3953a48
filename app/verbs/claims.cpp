#include "app/verbs/claims.h"

#include <cstdio>
#include <map>
#include <memory>
#include <string>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/measured_run.h"
#include "core/lessons/claim.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;
using lessons::Claim;

struct Options {
    std::string scenario;
    std::string language = "en";
    bool json = false;
};

struct Measured {
    std::string number;  ///< What was measured; else why not.
    bool holds = false;  ///< Our verdict's expectation.
};

/// Claims that rest on one run share it.
class Runs {
 public:
    Result<std::string> measure_claim(const Claim& claim) {
        const std::string key = fmt::format("{} {}", claim.scenario, claim.run);
        auto found = runs_.find(key);
        if (found == runs_.end()) {
            auto options = options_from_words(claim.scenario, claim.run);
            if (!options.ok())
                return options.error();
            auto run = run_measured(options.value());
            if (!run.ok())
                return run.error();
            found = runs_.emplace(key, std::move(run).value()).first;
        }
        return measure(claim.measure, found->second);
    }

 private:
    std::map<std::string, MeasuredRun> runs_;
};

Measured measured(const Claim& claim, Runs& runs) {
    const auto number = runs.measure_claim(claim);
    if (!number.ok())
        return {number.error().message, false};
    const auto holds = lessons::holds(claim.expected, number.value());
    return holds.ok() ? Measured{number.value(), holds.value()}
                      : Measured{holds.error().message, false};
}

Json claim_json(const Claim& claim, const Measured& result) {
    return Json{{"article", claim.article},
                {"claim", {{"en", claim.en}, {"zh_CN", claim.zh}}},
                {"verdict", lessons::verdict_text(claim.verdict)},
                {"scenario", claim.scenario},
                {"run", claim.run},
                {"measure", claim.measure},
                {"expected", claim.expected},
                {"measured", result.number},
                {"holds", result.holds},
                {"why", {{"en", claim.why_en}, {"zh_CN", claim.why_zh}}}};
}

void print_claim(const Claim& claim, const Measured& result, bool in_chinese) {
    fmt::print(
        "{:<11} {}\n", lessons::verdict_text(claim.verdict), in_chinese ? claim.zh : claim.en);
    fmt::print("            {}\n", in_chinese ? claim.why_zh : claim.why_en);
    fmt::print("            here: {} is {}{}   ({} {}; {})\n",
               claim.measure,
               result.number,
               result.holds ? "" : fmt::format(", and not {}: our verdict fails", claim.expected),
               claim.scenario,
               claim.run,
               claim.article);
}

int claims(const Options& options) {
    const auto all = lessons::parse_claims(lessons::claims_table());
    if (!all.ok()) {
        fmt::print(stderr, "golanes: {}\n", all.error().message);
        return 2;
    }
    if (!options.scenario.empty() && scenarios::find(options.scenario) == nullptr) {
        fmt::print(stderr, "golanes: there is no scenario \"{}\"\n", options.scenario);
        return 2;
    }
    Runs runs;
    Json list = Json::array();
    int failed = 0;
    for (const Claim& claim : all.value()) {
        if (!options.scenario.empty() && claim.scenario != options.scenario)
            continue;
        const Measured result = measured(claim, runs);
        failed += result.holds ? 0 : 1;
        if (options.json)
            list.push_back(claim_json(claim, result));
        else
            print_claim(claim, result, options.language == "zh_CN");
        std::fflush(stdout);
    }
    if (options.json)
        fmt::print("{}\n", Json{{"claims", list}, {"failed", failed}}.dump());
    return failed == 0 ? 0 : 1;
}

}  // namespace

void add_claims_verb(CLI::App& root, int& exit_code) {
    auto options = std::make_shared<Options>();
    CLI::App* command = root.add_subcommand(
        "claims", "What articles say about concurrency, measured on this machine");
    command->add_option("SCENARIO", options->scenario, "Only the claims that it shows");
    command->add_option("--lang", options->language, "en or zh_CN")
        ->check(CLI::IsMember({"en", "zh_CN"}));
    command->add_flag("--json", options->json, "One JSON object on stdout and nothing else");
    command->callback([options, &exit_code] { exit_code = claims(*options); });
}

}  // namespace golanes::app

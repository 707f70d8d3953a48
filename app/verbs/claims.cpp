#include "app/verbs/claims.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "app/measured_claims.h"
#include "core/lessons/claim.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;
using lessons::Claim;

struct Options {
    std::string scenario;
    std::string language = "en";
    bool json = false;
    bool progress = false;
    std::vector<std::size_t> rows;   ///< Empty: all.
    int descriptor = STDOUT_FILENO;  ///< Where the JSON goes: the window reads it from a pipe.
};

Json claim_json(std::size_t row, const Claim& claim, const MeasuredClaim& result) {
    return Json{{"row", row},
                {"article", claim.article},
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

std::string text_of(const Json& json) {
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void print_claim(const Claim& claim, const MeasuredClaim& result, bool in_chinese) {
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

int fail(const std::string& message) {
    fmt::print(stderr, "golanes: {}\n", message);
    return 2;
}

/// The numbers, from 1, of the rows that are asked for.
Result<std::vector<std::size_t>> chosen_rows(const Options& options,
                                             const std::vector<Claim>& all) {
    if (!options.scenario.empty() && scenarios::find(options.scenario) == nullptr)
        return Error{fmt::format("there is no scenario \"{}\"", options.scenario)};
    std::vector<std::size_t> rows = options.rows;
    for (std::size_t row = 1; row <= all.size() && options.rows.empty(); ++row)
        rows.push_back(row);
    for (const std::size_t row : rows) {
        if (row < 1 || row > all.size())
            return Error{fmt::format("--rows: there are rows 1 to {}, not {}", all.size(), row)};
    }
    std::erase_if(rows, [&](std::size_t row) {
        return !options.scenario.empty() && all[row - 1].scenario != options.scenario;
    });
    return rows;
}

int claims(const Options& options) {
    const auto all = lessons::parse_claims(lessons::claims_table());
    if (!all.ok())
        return fail(all.error().message);
    const auto rows = chosen_rows(options, all.value());
    if (!rows.ok())
        return fail(rows.error().message);
    ClaimMeter meter;
    Json list = Json::array();
    int failed = 0;
    for (const std::size_t row : rows.value()) {
        const Claim& claim = all.value()[row - 1];
        const MeasuredClaim result = meter.measure(claim);
        failed += result.holds ? 0 : 1;
        if (options.json)
            list.push_back(claim_json(row, claim, result));
        else
            print_claim(claim, result, options.language == "zh_CN");
        if (options.json && options.progress)
            dprintf(options.descriptor, "%s\n", text_of(list.back()).c_str());
        std::fflush(stdout);
    }
    if (options.json)
        dprintf(options.descriptor,
                "%s\n",
                text_of(Json{{"claims", list}, {"failed", failed}}).c_str());
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
    command->add_flag(
        "--progress", options->progress, "With --json: a line for each claim, as it comes");
    command->add_option("--rows", options->rows, "Only these rows of the table, like 1,2,7")
        ->delimiter(',');
    command->add_option("--to-descriptor", options->descriptor)->group("");  // not for people
    command->callback([options, &exit_code] { exit_code = claims(*options); });
}

}  // namespace golanes::app

// Where the measured costs are kept between two starts of the program.
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "app/calibrate.h"
#include "app/machine_text.h"
#include "app/run_policies.h"
#include "core/base/sanitizer.h"
#include "core/recording/output_file.h"
#include "core/runtime/real_engine.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kFileVersion = 1;

// Debug builds and sanitizers cost many times more.
constexpr const char* build_kind() {
#if defined(GOLANES_TSAN) || defined(GOLANES_ASAN)
    return "sanitizer";
#elif defined(__OPTIMIZE__)
    return "optimized";
#else
    return "debug";
#endif
}

Error useless(const std::string& path, const char* why) {
    return {fmt::format("{}: {}; the costs are measured anew", path, why)};
}

rt::Costs load_or_measure() {
    const std::string path = costs_path();
    const std::string identity = costs_identity();
    if (auto kept = load_costs(path, identity); kept.ok())
        return kept.value();
    const rt::Costs costs = measure_costs();
    // A cache that cannot be written is none: the next start measures again.
    static_cast<void>(save_costs(path, identity, costs));
    return costs;
}

}  // namespace

std::string costs_path() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache != nullptr && *cache == '/')  // a relative one is to be ignored, says the standard
        return std::string(cache) + "/golanes/costs.json";
    const char* home = std::getenv("HOME");
    return home != nullptr && *home == '/' ? std::string(home) + "/.cache/golanes/costs.json" : "";
}

std::string costs_identity() {
    return fmt::format(
        "{}, {}, {} CPUs, {} build", cpu_model(), kernel_text(), rt::usable_cpus(), build_kind());
}

Result<rt::Costs> load_costs(const std::string& path, const std::string& identity) {
    const std::ifstream file(path);
    std::ostringstream text;
    text << file.rdbuf();
    const Json json = Json::parse(text.str(), nullptr, false);
    if (!json.is_object() || json.value("version", Json()) != kFileVersion)
        return useless(path, "no file of measured costs");
    if (json.value("machine", Json()) != identity)
        return useless(path, "measured on another machine or build");
    const Json figures = json.value("ns", Json::object());
    rt::Costs costs;
    for (std::size_t i = 0; i < rt::kOpCount; ++i) {
        const Json figure =
            figures.is_object() ? figures.value(std::string(kOpNames[i]), Json()) : Json();
        if (!figure.is_number_unsigned() || figure.get<std::uint64_t>() > kSecond)
            return useless(path, "a figure is missing or no number of nanoseconds");
        costs.ns[i] = figure.get<DurationNs>();
    }
    return costs;
}

Status save_costs(const std::string& path, const std::string& identity, const rt::Costs& costs) {
    if (path.empty())
        return Error{"no cache folder: neither XDG_CACHE_HOME nor HOME is set"};
    std::error_code ignored;  // OutputFile says what is wrong with the folder
    std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
    Json figures = Json::object();
    for (std::size_t i = 0; i < rt::kOpCount; ++i)
        figures[std::string(kOpNames[i])] = costs.ns[i];
    const std::string text =
        Json{{"version", kFileVersion}, {"machine", identity}, {"ns", figures}}.dump(2) + "\n";
    auto file = recording::OutputFile::create(path, recording::Overwrite::Yes);
    if (!file.ok())
        return file.error();
    const recording::Bytes bytes(text.begin(), text.end());
    if (auto written = file.value()->write(bytes); !written.ok())
        return written;
    return file.value()->commit();
}

const rt::Costs& machine_costs() {
    static const rt::Costs kCosts = load_or_measure();
    return kCosts;
}

}  // namespace golanes::app

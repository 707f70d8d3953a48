#include "core/export/findings.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace golanes::exporting {
namespace {

std::string indented(const std::string& text) {
    std::string result;
    bool at_start = true;
    for (const char c : text) {
        if (at_start && c != '\n')
            result += "    ";
        result += c;
        at_start = c == '\n';
    }
    return result;
}

nlohmann::ordered_json json_of(const model::Timeline& timeline, const model::Finding& finding) {
    nlohmann::ordered_json goroutines = nlohmann::ordered_json::array();
    for (const GoroutineId id : finding.goroutines)
        goroutines.push_back({{"id", id}, {"name", timeline.goroutine_name(finding.run, id)}});
    return {{"kind", model::finding_name(finding.kind)},
            {"sentence", finding.sentence},
            {"run", finding.run},
            {"runs", finding.runs},
            {"from_ns", finding.from},
            {"to_ns", finding.to},
            {"goroutines", goroutines},
            {"object", finding.object},
            {"events", finding.events},
            {"words", finding.words},
            {"report", finding.report}};
}

}  // namespace

std::string findings_text(const model::Timeline& timeline,
                          std::span<const model::Finding> findings) {
    if (findings.empty())
        return "no findings\n";
    std::string text;
    for (const model::Finding& finding : findings) {
        const TimeNs begin = timeline.start();
        text += fmt::format("{}: {}\n", model::finding_name(finding.kind), finding.sentence);
        text += fmt::format("    from {} ns to {} ns after the start, run {}",
                            finding.from - begin,
                            finding.to - begin,
                            finding.run);
        text += finding.runs > 1 ? fmt::format(" and {} more\n", finding.runs - 1) : "\n";
        text += indented(finding.report);
    }
    return text;
}

std::string findings_json(const model::Timeline& timeline,
                          std::span<const model::Finding> findings) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const model::Finding& finding : findings)
        json.push_back(json_of(timeline, finding));
    return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace golanes::exporting

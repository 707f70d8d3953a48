#include "ui/view/run_differences.h"

#include <algorithm>

namespace golanes::view {
namespace {

using Values = std::vector<recording::ParameterValue>;

/// What `mine` says that `theirs` does not say or says otherwise.
void add_settings(const Values& mine, const Values& theirs, std::vector<std::string>& out) {
    for (const recording::ParameterValue& one : mine) {
        const bool alike = std::ranges::any_of(theirs, [&](const recording::ParameterValue& other) {
            return other.name == one.name && other.value == one.value;
        });
        if (!alike)
            out.push_back(one.name + "=" + one.value);
    }
}

RunTraits traits(const model::Timeline& mine,
                 const model::RunInfo& run,
                 const model::Timeline& theirs,
                 const model::RunInfo& other) {
    const recording::Meta& meta = *mine.recording().meta;
    const recording::Meta& its = *theirs.recording().meta;
    RunTraits told;
    told.procs = mine.procs_at((run.end >= 0 ? run.end : mine.end()) - 1);
    told.is_virtual = run.is_virtual;
    told.tells_engine = run.is_virtual != other.is_virtual;
    if (meta.scenario != its.scenario)
        told.scenario = meta.scenario;
    if (meta.source != its.source)
        told.source = meta.source;
    const bool one_a_proc = run.is_virtual && meta.cpus == meta.procs;
    if (meta.cpus != its.cpus && !one_a_proc)
        told.cpus = meta.cpus;
    if (meta.scenario == its.scenario)
        add_settings(meta.parameters, its.parameters, told.settings);
    add_settings(meta.policies, its.policies, told.settings);
    return told;
}

}  // namespace

std::pair<RunTraits, RunTraits> differences(const model::Timeline& first,
                                            const model::RunInfo& first_run,
                                            const model::Timeline& second,
                                            const model::RunInfo& second_run) {
    return {traits(first, first_run, second, second_run),
            traits(second, second_run, first, first_run)};
}

}  // namespace golanes::view

// Timeline's runs, goroutines and objects.
#include <algorithm>

#include <fmt/format.h>

#include "core/model/timeline_data.h"

namespace golanes::model {

const RunTable* TimelineData::run(std::uint32_t number) const {
    if (current_run && current_run->info.number == number)
        return current_run.get();
    for (std::size_t i = filled.runs; i-- > 0;) {
        if (open->runs[i]->info.number == number)
            return open->runs[i].get();
    }
    for (auto segment = sealed.rbegin(); segment != sealed.rend(); ++segment) {
        const auto& runs_here = (*segment)->runs;
        if (runs_here.empty() || runs_here.front()->info.number > number ||
            runs_here.back()->info.number < number)
            continue;
        const auto at = std::find_if(runs_here.begin(), runs_here.end(), [&](const auto& table) {
            return table->info.number == number;
        });
        if (at != runs_here.end())
            return at->get();
    }
    return nullptr;
}

GoroutineInfo TimelineData::info_at_end(const GoroutineRecord& record) const {
    GoroutineInfo info = record.info;
    if (record.lane.open)
        account(info, record.lane.state, end - record.lane.start);
    return info;
}

std::span<const RunInfo> Timeline::runs() const {
    std::call_once(data_->runs_once, [this] {
        data_->for_each_run_backwards([this](const RunTable& table) {
            data_->runs.push_back(table.info);
            return true;
        });
        std::reverse(data_->runs.begin(), data_->runs.end());
    });
    return data_->runs;
}

const RunInfo* Timeline::run_at(TimeNs t) const {
    const RunInfo* found = nullptr;
    data_->for_each_run_backwards([&](const RunTable& table) {
        if (table.info.begin <= t)
            found = &table.info;
        return found == nullptr;
    });
    return found;
}

std::vector<GoroutineInfo> Timeline::goroutines(std::uint32_t run) const {
    std::vector<GoroutineInfo> result;
    const RunTable* table = data_->run(run);
    if (table == nullptr)
        return result;
    table->goroutines.for_each([&](std::size_t, const GoroutineRecord& record) {
        if (record.info.id != 0)
            result.push_back(data_->info_at_end(record));
    });
    return result;
}

std::optional<GoroutineInfo> Timeline::goroutine(std::uint32_t run, GoroutineId id) const {
    const RunTable* table = data_->run(run);
    const GoroutineRecord* record = table == nullptr ? nullptr : table->goroutines.find(id);
    if (record == nullptr || record->info.id == 0)
        return std::nullopt;
    return data_->info_at_end(*record);
}

std::optional<ObjectInfo> Timeline::object(std::uint32_t run, ObjectId id) const {
    const RunTable* table = data_->run(run);
    const ObjectInfo* object = table == nullptr ? nullptr : table->objects.find(id);
    if (object == nullptr || object->id == 0)
        return std::nullopt;
    return *object;
}

std::string Timeline::goroutine_name(std::uint32_t run, GoroutineId id) const {
    if (id == 1)
        return "main";
    if (const auto info = goroutine(run, id)) {
        const std::string& label = recording().names->place(info->made_at).label;
        if (!label.empty())
            return label;
    }
    return fmt::format("G{}", id);
}

}  // namespace golanes::model

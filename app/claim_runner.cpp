#include "app/claim_runner.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "ui/panels/tr.h"

namespace golanes::app {

ClaimRunner::ClaimRunner(std::string program, std::function<void()> on_end)
    : program_(std::move(program)), on_end_(std::move(on_end)) {}

Status ClaimRunner::start(std::vector<std::size_t> rows) {
    stop();
    rows_ = std::move(rows);
    view_.wanted = rows_.size();
    view_.done = 0;
    return go_on();
}

// The verb counts rows from 1.
Status ClaimRunner::go_on() {
    if (rows_.empty())
        return Done{};
    std::vector<std::size_t> numbers;
    for (const std::size_t row : rows_)
        numbers.push_back(row + 1);
    auto process = LineProcess::start(
        program_,
        {"claims", "--json", "--progress", "--rows", fmt::format("{}", fmt::join(numbers, ","))},
        on_end_);
    if (!process.ok())
        return process.error();
    process_ = std::move(process).value();
    view_.running = true;
    return Done{};
}

void ClaimRunner::stop() {
    process_.reset();
    rows_.clear();
    view_.running = false;
}

void ClaimRunner::set(std::size_t row, ui::ClaimResult result) {
    const auto found = std::find(rows_.begin(), rows_.end(), row);
    if (found == rows_.end())
        return;
    rows_.erase(found);
    ++view_.done;
    if (view_.results.size() <= row)
        view_.results.resize(row + 1);
    view_.results[row] = std::move(result);
}

void ClaimRunner::read_line(const std::string& line) {
    const auto json = nlohmann::json::parse(line, nullptr, false);
    if (!json.is_object() || !json.contains("row"))
        return;
    set(json.value("row", std::size_t{0}) - 1,
        {json.value("measured", ""), json.value("holds", false)});
}

// A process that ends too early was ended by the row that it was at: the others get a new one.
void ClaimRunner::look_at_end() {
    view_.running = false;
    if (rows_.empty())
        return;
    const auto end = process_->end();
    set(rows_.front(),
        {end && end->signal != 0
             ? fmt::format(fmt::runtime(ui::tr("the run crashed: signal {}")), end->signal)
             : std::string(ui::tr("the run gave no number")),
         false});
    if (const Status next = go_on(); !next)
        stop();
}

const ui::ClaimsView& ClaimRunner::poll() {
    if (view_.running)
        process_->poll([this](const std::string& line) { read_line(line); },
                       [this] { look_at_end(); });
    return view_;
}

}  // namespace golanes::app

#include "ui/panels/claims_panel.h"

#include <string>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/fonts.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

using lessons::Claim;
using lessons::Verdict;

template <typename... T>
std::string say(const char* form, const T&... values) {
    return fmt::format(fmt::runtime(form), values...);
}

std::string in_language(std::string_view english, std::string_view chinese) {
    return std::string(language() == Language::Chinese ? chinese : english);
}

const char* verdict_words(Verdict verdict) {
    switch (verdict) {
        case Verdict::True:
            return tr("true");
        case Verdict::Partly:
            return tr("partly");
        case Verdict::False:
            return tr("false");
        case Verdict::Definition:
            return tr("definition");
    }
    return "";
}

ImU32 verdict_color(Verdict verdict) {
    switch (verdict) {
        case Verdict::True:
            return palette().good;
        case Verdict::Partly:
            return palette().warning;
        case Verdict::False:
            return palette().error;
        case Verdict::Definition:
            break;
    }
    return palette().text;
}

const ClaimResult* result_of(const FrameInput& input, std::size_t row) {
    const auto& results = input.claims.results;
    return row < results.size() && results[row] ? &*results[row] : nullptr;
}

std::string item_name(const char* what, std::size_t row) {
    return fmt::format("claims.{}{}", what, row);
}

void set_up_columns() {
    const auto stretch = [](const char* title, float weight) {
        ImGui::TableSetupColumn(title, ImGuiTableColumnFlags_WidthStretch, weight);
    };
    ImGui::TableSetupScrollFreeze(0, 1);
    stretch(tr("what articles say"), 3.2F);
    ImGui::TableSetupColumn(tr("verdict"),
                            ImGuiTableColumnFlags_WidthFixed,
                            ImGui::CalcTextSize(tr("definition")).x + 6 * ui_scale());
    stretch(tr("here"), 1.7F);
    stretch(tr("why"), 3);
    ImGui::TableHeadersRow();
}

}  // namespace

ClaimsPanel::ClaimsPanel() {
    auto claims = lessons::parse_claims(lessons::claims_table());
    if (claims.ok())  // else the tests of the table say what is wrong with it
        claims_ = std::move(claims).value();
}

void ClaimsPanel::want_glyphs(const Context& context) {
    if (std::exchange(has_glyphs_, true))
        return;
    for (const Claim& claim : claims_) {
        for (const std::string_view text : {claim.en, claim.zh, claim.why_en, claim.why_zh})
            context.fonts.want(text);
    }
}

bool ClaimsPanel::is_shown(const Context& context, std::size_t row) const {
    return !of_scenario_ || claims_[row].scenario == context.input.run.scenario;
}

std::vector<std::size_t> ClaimsPanel::shown_rows(const Context& context) const {
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < claims_.size(); ++row) {
        if (is_shown(context, row))
            rows.push_back(row);
    }
    return rows;
}

void ClaimsPanel::draw_controls(const Context& context) {
    const std::vector<std::size_t> rows = shown_rows(context);
    if (context.input.claims.running) {
        if (button("claims.stop", tr("Stop")))
            context.emit(command::StopClaims{});
    } else if (button_if(!rows.empty(), "claims.measure", tr("Measure these"))) {
        context.emit(command::MeasureClaims{rows});
    }
    hint(tr("Makes the run behind each row, unseen and in a process of its own."));
    const char* all = tr("all");
    flow_on(button_width(all) + 20 * ui_scale());
    if (radio("claims.all", all, !of_scenario_))
        of_scenario_ = false;
    const char* own = tr("of the chosen scenario");
    flow_on(button_width(own) + 20 * ui_scale());
    if (radio("claims.own", own, of_scenario_))
        of_scenario_ = true;
    draw_progress(context);
}

void ClaimsPanel::draw_progress(const Context& context) const {
    const ClaimsView& view = context.input.claims;
    std::size_t measured = 0;
    std::size_t other = 0;
    for (const auto& result : view.results) {
        measured += result ? 1 : 0;
        other += result && !result->holds ? 1 : 0;
    }
    if (view.running)
        flow_text(palette().dim_text, say(tr("{0} of {1} rows"), view.done, view.wanted));
    else if (measured == 0)
        flow_text(palette().dim_text, tr("Nothing is measured yet."));
    else
        flow_text(other == 0 ? palette().dim_text : palette().warning,
                  say(tr("{0} measured here, {1} not as we expect"), measured, other));
    tag("claims.progress");
}

// A click on a claim chooses its scenario.
void ClaimsPanel::draw_claim(const Context& context, std::size_t row) const {
    const Claim& claim = claims_[row];
    const std::string text = in_language(claim.en, claim.zh);
    const ImVec2 at = ImGui::GetCursorPos();
    const float width = ImGui::GetContentRegionAvail().x;
    const float height = ImGui::CalcTextSize(text.c_str(), nullptr, false, width).y;
    const bool chosen = claim.scenario == context.input.run.scenario;
    const std::string name = item_name("row", row);
    if (chosen)
        ImGui::TableSetBgColor(ImGuiTableBgTarget_RowBg0, palette().selection);
    if (ImGui::Selectable(("##" + name).c_str(), false, 0, {0, height}))
        context.emit(command::SelectScenario{std::string(claim.scenario)});
    tag(name);
    hint(say(tr("Click to run {0}, which shows it. Said in {1}"), claim.scenario, claim.article)
             .c_str());
    ImGui::SetCursorPos(at);
    colored_text(palette().text, text.c_str());
}

void ClaimsPanel::draw_here(const Context& context, std::size_t row) const {
    const Claim& claim = claims_[row];
    const ClaimResult* result = result_of(context.input, row);
    const float right = ImGui::GetCursorScreenPos().x + ImGui::GetContentRegionAvail().x;
    const auto same_line_if_fits = [&](const char* text) {
        if (ImGui::GetItemRectMax().x + 2 * ui_scale() + button_width(text) <= right)
            ImGui::SameLine(0, 8 * ui_scale());
    };
    const char* verb = result == nullptr ? tr("Measure") : tr("Again");
    if (result != nullptr) {
        colored_text(result->holds ? palette().text : palette().warning, result->measured.c_str());
        tag(item_name("here", row));
        const std::string says =
            result->holds ? tr("as we expect") : say(tr("we expect {}"), claim.expected);
        ImGui::PushFont(fonts().small);
        same_line_if_fits(says.c_str());
        colored_text(result->holds ? palette().dim_text : palette().warning, says.c_str());
        same_line_if_fits(verb);
        ImGui::PopFont();
    }
    ImGui::PushFont(fonts().small);
    const std::string name = item_name("measure", row);
    if (button_if(!context.input.claims.running, name.c_str(), verb))
        context.emit(command::MeasureClaims{{row}});
    ImGui::PopFont();
    hint(fmt::format("{} {}: {} {}", claim.scenario, claim.run, claim.measure, claim.expected)
             .c_str());
}

void ClaimsPanel::draw_row(const Context& context, std::size_t row) const {
    const Claim& claim = claims_[row];
    ImGui::PushID(static_cast<int>(row));
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    draw_claim(context, row);
    ImGui::TableNextColumn();
    colored_text(verdict_color(claim.verdict), verdict_words(claim.verdict));
    ImGui::TableNextColumn();
    draw_here(context, row);
    ImGui::TableNextColumn();
    ImGui::PushFont(fonts().small);
    colored_text(palette().dim_text, in_language(claim.why_en, claim.why_zh).c_str());
    ImGui::PopFont();
    ImGui::PopID();
}

void ClaimsPanel::draw_table(const Context& context) const {
    constexpr ImGuiTableFlags kFlags =
        ImGuiTableFlags_ScrollY | ImGuiTableFlags_BordersInnerH | ImGuiTableFlags_Resizable;
    if (!ImGui::BeginTable("##claims", 4, kFlags))
        return;
    set_up_columns();
    for (const std::size_t row : shown_rows(context))
        draw_row(context, row);
    ImGui::EndTable();
    tag("claims.table");
}

void ClaimsPanel::draw(const Context& context) {
    want_glyphs(context);
    draw_controls(context);
    if (shown_rows(context).empty())
        colored_text(palette().dim_text, tr("No article speaks of this scenario. Choose all."));
    else
        draw_table(context);
}

}  // namespace golanes::ui

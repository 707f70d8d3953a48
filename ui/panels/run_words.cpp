#include "ui/panels/run_words.h"

#include <algorithm>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

ImU32 status_color(trace::RunStatus status) {
    switch (status) {
        case trace::RunStatus::Running:
        case trace::RunStatus::Ok:
            return palette().good;
        case trace::RunStatus::Stopped:
            return palette().dim_text;
        default:
            return palette().error;
    }
}

/// Puts pieces of text side by side; what does not fit goes to the next line.
class PieceFlow {
 public:
    explicit PieceFlow(float right) : right_(right) {}

    void add(const std::string& text, ImU32 color) {
        const float gap = 16 * ui_scale();
        const float width = ImGui::CalcTextSize(text.c_str()).x;
        if (!first_ && ImGui::GetItemRectMax().x + gap + width <= right_)
            ImGui::SameLine(0, gap);
        else
            ImGui::SetCursorPosX(ImGui::GetCursorPosX() + 8 * ui_scale());
        first_ = false;
        ImGui::PushStyleColor(ImGuiCol_Text, color);
        ImGui::TextUnformatted(text.c_str());
        ImGui::PopStyleColor();
    }

 private:
    float right_;
    bool first_ = true;
};

std::string run_number_words(const model::Timeline& timeline,
                             const ViewState& state,
                             const model::RunInfo& run) {
    const auto runs = timeline.runs();
    const auto in_view = std::count_if(runs.begin(), runs.end(), [&](const model::RunInfo& other) {
        const TimeNs end = other.end >= 0 ? other.end : timeline.end();
        return end > state.view_start && other.begin < state.view_end;
    });
    if (in_view > 1)
        return fmt::format(
            fmt::runtime(tr("{} runs in view, the last is run {}")), in_view, run.number);
    return fmt::format(fmt::runtime(tr("run {}")), run.number);
}

void add_pieces(PieceFlow& flow,
                const FrameInput& input,
                const model::Timeline& timeline,
                const ViewState& state) {
    flow.add(fmt::format(fmt::runtime(tr("view: {}")),
                         format_duration(state.view_end - state.view_start)),
             palette().text);
    const model::RunInfo* run = shown_run(timeline, state);
    const TimeNs at =
        run != nullptr && run->end >= 0 ? std::min(state.view_end, run->end) : state.view_end;
    const bool is_virtual = run != nullptr ? run->is_virtual : input.run.is_virtual;
    flow.add(machine_words(timeline, input.meters, at - 1),
             is_virtual ? palette().accent : palette().dim_text);
    if (run == nullptr)
        return;
    flow.add(run_number_words(timeline, state, *run), palette().dim_text);
    const trace::RunStatus status = status_of(*run, input);
    flow.add(status_words(status), status_color(status));
    if (!run->outcome.empty())
        flow.add(fmt::format(fmt::runtime(tr("outcome: {}")), run->outcome), palette().text);
}

void draw_back_to_live(ViewState& state, float right, ImVec2 line_start) {
    const char* text = tr("Back to live");
    const ImVec2 after = ImGui::GetCursorScreenPos();
    const float width = ImGui::CalcTextSize(text).x + 2 * ImGui::GetStyle().FramePadding.x;
    ImGui::SetCursorScreenPos({right - width - 8 * ui_scale(), line_start.y});
    ImGui::PushStyleColor(ImGuiCol_Button, palette().accent);
    ImGui::PushStyleColor(ImGuiCol_Text, palette().accent_text);
    if (ImGui::SmallButton(with_id(text, "back_to_live").c_str())) {
        state.follow = true;
        state.frozen = false;
        state.frozen_timeline = model::Timeline();
    }
    ImGui::PopStyleColor(2);
    tag("timeline.back_to_live");
    ImGui::SetCursorScreenPos(after);
}

}  // namespace

trace::RunStatus status_of(const model::RunInfo& run, const FrameInput& input) {
    const bool cut_short = run.status == trace::RunStatus::Running && !input.live;
    return cut_short ? trace::RunStatus::Crashed : run.status;
}

const char* status_words(trace::RunStatus status) {
    switch (status) {
        case trace::RunStatus::Running:
            return tr("still running");
        case trace::RunStatus::Ok:
            return tr("finished");
        case trace::RunStatus::Deadlock:
            return tr("deadlock");
        case trace::RunStatus::Panic:
            return tr("panic");
        case trace::RunStatus::Starved:
            return tr("starved");
        case trace::RunStatus::Stopped:
            return tr("stopped");
        case trace::RunStatus::Timeout:
            return tr("time was up");
        case trace::RunStatus::Overflow:
            return tr("stack overflow");
        case trace::RunStatus::CheckFailed:
            return tr("a check failed");
        case trace::RunStatus::Crashed:
            return tr("crashed");
        case trace::RunStatus::Count_:
            break;
    }
    return "";
}

std::string machine_words(const model::Timeline& timeline, const Meters& meters, TimeNs t) {
    const recording::Meta& meta = *timeline.recording().meta;
    const model::RunInfo* run = timeline.run_at(t);
    const bool is_virtual = run != nullptr ? run->is_virtual : meta.engine == "virtual";
    const int known = timeline.cpus_at(t);
    const int cpus = known > 0 ? known : meters.cpus;
    const char* form = is_virtual ? tr("P = {} on {} VIRTUAL cores") : tr("P = {} on {} CPU cores");
    return fmt::format(fmt::runtime(form), timeline.procs_at(t), cpus);
}

void draw_facts_line(const FrameInput& input, const model::Timeline& timeline, ViewState& state) {
    const ImVec2 start = ImGui::GetCursorScreenPos();
    const float right = start.x + ImGui::GetContentRegionAvail().x;
    const bool offer_live = input.live && (!state.follow || state.frozen);
    const float button =
        offer_live ? ImGui::CalcTextSize(tr("Back to live")).x + 40 * ui_scale() : 0;
    ImGui::BeginGroup();
    PieceFlow flow(right - button);
    add_pieces(flow, input, timeline, state);
    ImGui::EndGroup();
    tag("timeline.facts");
    ImGui::Dummy({0, 4 * ui_scale()});
    if (offer_live)
        draw_back_to_live(state, right, start);
}

}  // namespace golanes::ui

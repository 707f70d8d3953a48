#include "ui/panels/status_bar.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
#include "ui/panels/policies_panel.h"
#include "ui/panels/theme.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"

namespace golanes::ui {
namespace {

struct Figure {
    const char* name;  ///< For tests.
    const char* title;
    std::string value;
    const char* meaning;
    ImU32 color;
};

std::vector<Figure> figures_of(const FrameInput& input) {
    const Meters& meters = input.meters;
    const Palette& p = palette();
    const std::string parallelism =
        meters.parallelism > 0 ? fmt::format("{:.2f}", meters.parallelism) : "-";
    return {
        {"status.events",
         tr("Events"),
         grouped(meters.events),
         tr("Events in this recording. Every pixel comes from them."),
         p.text},
        {"status.lost",
         tr("Lost"),
         grouped(meters.lost),
         tr("Events that did not fit into a ring. They are counted and drawn as lost."),
         meters.lost > 0 ? p.warning : p.text},
        {"status.procs",
         "P",
         std::to_string(meters.procs),
         tr("Ps: lanes on which goroutines run."),
         p.text},
        {"status.cpus",
         input.run.is_virtual ? tr("Virtual cores") : tr("Cores"),
         std::to_string(meters.cpus),
         tr("CPU cores the run may use."),
         p.text},
        {"status.parallelism",
         tr("Parallelism"),
         parallelism,
         tr("Measured: CPU time of the last run divided by its wall time."),
         p.text},
        {"status.window",
         tr("Window CPU"),
         fmt::format("{:.0f} %", 100 * meters.window_cpu),
         tr("What this window itself costs. 100 % is one core."),
         p.text},
    };
}

void draw_figure(const Figure& figure) {
    ImGui::BeginGroup();
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(figure.title);
    ImGui::PopStyleColor();
    ImGui::SameLine(0, ImGui::GetStyle().ItemInnerSpacing.x);
    ImGui::PushStyleColor(ImGuiCol_Text, figure.color);
    ImGui::TextUnformatted(figure.value.c_str());
    ImGui::PopStyleColor();
    ImGui::EndGroup();
    tag(figure.name);
    hint(figure.meaning);
}

/// So that nobody takes virtual cores for this machine's.
void draw_virtual_badge(const Context& context) {
    if (!context.input.run.is_virtual)
        return;
    colored_text(palette().accent, tr("VIRTUAL"));
    tag("status.virtual");
    hint(tr(
        "The same scheduler on virtual cores with virtual time: the same seed, the same picture."));
    ImGui::SameLine(0, ImGui::GetFontSize());
}

/// The replay token of the run in view: in every picture, and copied by a click.
void draw_token(const Context& context) {
    const std::string token = token_in_view(context);
    if (token.empty())
        return;
    ImGui::PushFont(fonts().small);
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::AlignTextToFramePadding();
    ImGui::TextUnformatted(token.c_str());
    ImGui::PopStyleColor();
    ImGui::PopFont();
    tag("status.replay");
    if (ImGui::IsItemClicked())
        copy_token(context);
    hint(tr("The replay token of this run: golanes run --replay makes it again. Click to copy."));
    ImGui::SameLine(0, ImGui::GetFontSize());
}

}  // namespace

void draw_status_bar(const Context& context, bool language_missing) {
    ImGui::AlignTextToFramePadding();
    draw_virtual_badge(context);
    for (const Figure& figure : figures_of(context.input)) {
        draw_figure(figure);
        ImGui::SameLine(0, ImGui::GetFontSize());
    }
    if (context.view.frozen) {
        colored_text(palette().warning, tr("View paused"));
        ImGui::SameLine(0, ImGui::GetFontSize());
    }
    draw_token(context);
    if (!language_missing)
        return;
    colored_text(palette().warning, tr("No Chinese font"));
    tag("status.no_chinese");
    hint(tr("No Chinese font on this machine. Install fonts-noto-cjk or fonts-wqy-microhei."));
}

}  // namespace golanes::ui

#include "ui/panels/status_bar.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/items.h"
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

}  // namespace

void draw_status_bar(const Context& context, bool language_missing) {
    ImGui::AlignTextToFramePadding();
    for (const Figure& figure : figures_of(context.input)) {
        draw_figure(figure);
        ImGui::SameLine(0, ImGui::GetFontSize());
    }
    if (context.view.frozen) {
        colored_text(palette().warning, tr("View paused"));
        ImGui::SameLine(0, ImGui::GetFontSize());
    }
    if (!language_missing)
        return;
    colored_text(palette().warning, tr("No Chinese font"));
    tag("status.no_chinese");
    hint(tr("No Chinese font on this machine. Install fonts-noto-cjk or fonts-wqy-microhei."));
}

}  // namespace golanes::ui

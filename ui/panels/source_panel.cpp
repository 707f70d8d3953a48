#include "ui/panels/source_panel.h"

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/go_twin.h"
#include "ui/panels/goroutine_link.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"
#include "ui/view/stands.h"

namespace golanes::ui {
namespace {

constexpr std::size_t kTokensInLine = 3;
constexpr double kRefreshSeconds = 0.15;  ///< A followed run is looked at this often.
constexpr float kLeastForBothPx = 880;    ///< At scale 1: C++ and Go beside each other.

enum class Text { Cpp, Go };

}  // namespace

struct SourcePanel::State {
    MomentWatch watch{kRefreshSeconds};
    std::uint32_t run = 0;
    TimeNs moment = 0;
    std::string file;
    std::vector<std::string_view> lines;
    std::map<std::uint32_t, std::vector<GoroutineId>> standing;  ///< By line, from 1.
    std::uint32_t wanted_line = 0;                               ///< To be brought into sight.
    std::uint32_t pointed_line = 0;                              ///< Under the mouse; 0: none.
    GoTwin go;
    Text language = Text::Cpp;  ///< Where there is room for one.

    bool read(const FrameInput& input, const model::Timeline& timeline, const ViewState& view);
    void choose_file(const FrameInput& input,
                     const trace::Names& names,
                     const std::vector<view::Stand>& stands,
                     GoroutineId selected);
    void draw_title(const model::Timeline& timeline);
    void draw_both(const model::Timeline& timeline, ViewState& view);
    void draw_twin_line(bool both);
    void draw_lines(const model::Timeline& timeline, ViewState& view, float width);
    void draw_line(const model::Timeline& timeline,
                   ViewState& view,
                   std::uint32_t number,
                   float margin_px) const;
    void draw_token(const model::Timeline& timeline,
                    ViewState& view,
                    GoroutineId g,
                    ImVec2 at,
                    ImVec2 size) const;
};

// The selected goroutine's file; else the one in which most stand; else the scenario's own.
void SourcePanel::State::choose_file(const FrameInput& input,
                                     const trace::Names& names,
                                     const std::vector<view::Stand>& stands,
                                     GoroutineId selected) {
    std::map<std::string, std::size_t> votes;
    for (const view::Stand& stand : stands) {
        const std::string& path = names.place(stand.place).file;
        if (!input.source(path).empty())
            votes[path] += stand.g == selected ? stands.size() : 1;
    }
    const auto most =
        std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) {
            return a.second < b.second;
        });
    std::string chosen =
        most != votes.end() ? most->first : "scenarios/" + input.run.scenario + ".cpp";
    if (std::exchange(file, chosen) == chosen && !lines.empty())
        return;
    lines = lines_of(input.source(file));
    go.choose(input.source, file);
    for (const trace::Place& place : names.places) {  // where the program begins to do something
        if (place.file == file && (wanted_line == 0 || place.line < wanted_line))
            wanted_line = place.line;
    }
}

bool SourcePanel::State::read(const FrameInput& input,
                              const model::Timeline& timeline,
                              const ViewState& view) {
    const model::RunInfo* at = run_of_moment(timeline, view);
    if (at == nullptr || input.source == nullptr)
        return false;
    if (!watch.is_due(timeline, view, *at))
        return true;
    run = at->number;
    moment = watch.moment();
    const trace::Names& names = *timeline.recording().names;
    const auto stands = view::stands_at(timeline, *at, moment);
    wanted_line = 0;
    choose_file(input, names, stands, view.selected);
    standing.clear();
    if (!stands.empty())
        wanted_line = 0;
    for (const view::Stand& stand : stands) {
        const trace::Place& place = names.place(stand.place);
        if (place.file != file)
            continue;
        standing[place.line].push_back(stand.g);
        if (stand.g == view.selected)
            wanted_line = place.line;
    }
    if (wanted_line == 0 && !standing.empty())
        wanted_line = standing.begin()->first;
    return true;
}

void SourcePanel::State::draw_token(
    const model::Timeline& timeline, ViewState& view, GoroutineId g, ImVec2 at, ImVec2 size) const {
    ImGui::SetCursorScreenPos(at);
    const std::string name = fmt::format("source.G{}", g);
    if (ImGui::InvisibleButton(name.c_str(), size))
        select_goroutine(view, run, g);
    tag(name);
    const ImVec2 max{at.x + size.x, at.y + size.y};
    const view::Rgba fill = view::goroutine_color(g, ground());
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(at, max, packed(fill));
    const bool lit = ImGui::IsItemHovered() || ImGui::IsItemFocused();
    if (lit || view.selected == g)
        draw->AddRect(at, max, lit ? palette().text : palette().accent, 0, 0, 2 * ui_scale());
    ImFont* font = fonts().small;
    const std::string text = fmt::format("G{}", g);
    const ImVec4 clip{at.x, at.y, max.x, max.y};
    draw->AddText(font,
                  font->FontSize,
                  {at.x + 3 * ui_scale(), at.y + (size.y - font->FontSize) / 2},
                  packed(view::text_on(fill)),
                  text.c_str(),
                  nullptr,
                  0,
                  &clip);
    hint(fmt::format("{}  (G{})", timeline.goroutine_name(run, g), g).c_str());
}

void SourcePanel::State::draw_line(const model::Timeline& timeline,
                                   ViewState& view,
                                   std::uint32_t number,
                                   float margin_px) const {
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float height = ImGui::GetTextLineHeight();
    const float token_px = 36 * ui_scale();
    const auto here = standing.find(number);
    if (here != standing.end()) {
        const float right = ImGui::GetWindowPos().x + ImGui::GetWindowWidth();
        ImGui::GetWindowDrawList()->AddRectFilled(at, {right, at.y + height}, palette().selection);
        const std::vector<GoroutineId>& crowd = here->second;
        const bool all_fit = crowd.size() <= kTokensInLine;
        const std::size_t shown = all_fit ? crowd.size() : kTokensInLine - 1;
        for (std::size_t i = 0; i < shown; ++i)
            draw_token(timeline,
                       view,
                       crowd[i],
                       {at.x + static_cast<float>(i) * (token_px + 2 * ui_scale()), at.y},
                       {token_px, height - 1});
        if (!all_fit)
            ImGui::GetWindowDrawList()->AddText(
                fonts().small,
                fonts().small->FontSize,
                {at.x + static_cast<float>(shown) * (token_px + 2 * ui_scale()), at.y},
                palette().text,
                fmt::format("+{}", crowd.size() - shown).c_str());
    }
    ImGui::SetCursorScreenPos({at.x + margin_px, at.y});
    ImGui::PushStyleColor(ImGuiCol_Text, palette().dim_text);
    ImGui::TextUnformatted(fmt::format("{:>4}", number).c_str());
    ImGui::PopStyleColor();
    ImGui::SameLine(0, 12 * ui_scale());
    const std::string_view text = lines[number - 1];
    ImGui::TextUnformatted(text.data(), text.data() + text.size());
    if (recording_items() && here != standing.end())
        tag(fmt::format("source.line.{}", number));
}

void SourcePanel::State::draw_lines(const model::Timeline& timeline, ViewState& view, float width) {
    ImGui::BeginChild("##source.lines",
                      {width, 0},
                      false,
                      ImGuiWindowFlags_NavFlattened | ImGuiWindowFlags_HorizontalScrollbar);
    ImGui::PushFont(fonts().mono);
    ImGui::PushStyleVar(ImGuiStyleVar_ItemSpacing, ImVec2(0, 0));
    const float line_px = ImGui::GetTextLineHeight();
    const float margin_px = (static_cast<float>(kTokensInLine) * 38 + 4) * ui_scale();
    if (wanted_line != 0)
        scroll_to_line(wanted_line);
    pointed_line = 0;
    if (ImGui::IsWindowHovered()) {
        const float y = ImGui::GetIO().MousePos.y - ImGui::GetCursorScreenPos().y;
        const auto line = static_cast<std::size_t>(std::max(0.0F, y / line_px)) + 1;
        pointed_line = line <= lines.size() ? static_cast<std::uint32_t>(line) : 0;
    }
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(lines.size()), line_px);
    while (clipper.Step()) {
        for (int i = clipper.DisplayStart; i < clipper.DisplayEnd; ++i)
            draw_line(timeline, view, static_cast<std::uint32_t>(i) + 1, margin_px);
    }
    ImGui::PopStyleVar();
    ImGui::PopFont();
    ImGui::EndChild();
}

void SourcePanel::State::draw_twin_line(bool both) {
    const std::string words = fmt::format(
        fmt::runtime(tr("The same program in Go: {}. What is lit there is the same call.")),
        go.file());
    if (both)
        return colored_text(palette().dim_text, words.c_str());
    if (radio("source.cpp", "C++", language == Text::Cpp))
        language = Text::Cpp;
    ImGui::SameLine();
    if (radio("source.in_go", "Go", language == Text::Go))
        language = Text::Go;
    flow_text(palette().dim_text, words);
}

// Beside each other where there is room, else one of them.
void SourcePanel::State::draw_both(const model::Timeline& timeline, ViewState& view) {
    const float width = ImGui::GetContentRegionAvail().x;
    const bool both = !go.empty() && width >= kLeastForBothPx * ui_scale();
    if (!go.empty())
        draw_twin_line(both);
    std::vector<std::uint32_t> lit;
    for (const auto& [line, crowd] : standing)
        lit.push_back(line);
    const std::uint32_t wanted = wanted_line;
    if (go.empty() || both || language == Text::Cpp)
        draw_lines(timeline, view, both ? width * 0.54F : 0);
    if (both)
        ImGui::SameLine(0, 10 * ui_scale());
    if (both || (!go.empty() && language == Text::Go))
        go.draw(lit, both ? pointed_line : 0, wanted);
    wanted_line = 0;
}

void SourcePanel::State::draw_title(const model::Timeline& timeline) {
    colored_text(palette().text,
                 fmt::format(fmt::runtime(tr("{0} at {1}: a token stands at the line of its "
                                             "goroutine's last event")),
                             file,
                             time_words(timeline, moment))
                     .c_str());
    tag("source.title");
}

SourcePanel::SourcePanel() : state_(std::make_unique<State>()) {}

SourcePanel::~SourcePanel() = default;

void SourcePanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (timeline.empty() || !s.read(input, timeline, view)) {
        colored_text(palette().dim_text, tr("No run is in view. Press F to see all."));
        return;
    }
    if (s.lines.empty()) {
        colored_text(palette().dim_text,
                     tr("The source of this recording is not part of the program. Open one of its "
                        "own scenarios."));
        return;
    }
    s.draw_title(timeline);
    s.draw_both(timeline, view);
}

}  // namespace golanes::ui

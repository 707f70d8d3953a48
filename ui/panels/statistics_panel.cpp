#include "ui/panels/statistics_panel.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <imgui.h>

#include "core/model/statistics.h"
#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/goroutine_shares.h"
#include "ui/view/palette.h"

namespace golanes::ui {
namespace {

constexpr double kRefreshSeconds = 0.5;  ///< What changes by itself is counted this often.
constexpr float kNumbersPx = 280;        // at scale 1
constexpr float kSharesPx = 340;

/// One number: its name, what it means, and how it is read from the statistics.
struct Figure {
    const char* id;
    const char* title;
    const char* meaning;
    std::string (*text)(const model::Statistics&);
};

std::string count_text(std::uint64_t count) {
    return grouped(count);
}

constexpr std::array kFigures{
    Figure{"length",
           tr_later("length"),
           tr_later("Wall-clock time in which a run was going on"),
           [](const model::Statistics& s) {
               return format_duration(s.wall_ns);
           }},
    Figure{"cpu",
           tr_later("CPU time"),
           tr_later("Time that goroutines ran, of all Ps together"),
           [](const model::Statistics& s) {
               return format_duration(s.cpu_ns);
           }},
    Figure{"parallelism",
           tr_later("parallelism"),
           tr_later("CPU time divided by length: how many ran at once on average"),
           [](const model::Statistics& s) {
               return fmt::format("{:.2f}", s.parallelism);
           }},
    Figure{"at_once",
           tr_later("at once, at most"),
           tr_later("The most goroutines that ran at one instant"),
           [](const model::Statistics& s) {
               return fmt::format("{}", s.max_running);
           }},
    Figure{"overlap",
           tr_later("two or more ran"),
           tr_later("Time during which two or more goroutines ran at once"),
           [](const model::Statistics& s) {
               return format_duration(s.overlap_ns);
           }},
    Figure{"off_cpu",
           tr_later("off CPU"),
           tr_later("Time the operating system ran something else on a P's thread"),
           [](const model::Statistics& s) {
               return format_duration(s.off_cpu_ns);
           }},
    Figure{"created",
           tr_later("goroutines made"),
           tr_later("go statements"),
           [](const model::Statistics& s) {
               return count_text(s.goroutines);
           }},
    Figure{"switches",
           tr_later("switches"),
           tr_later("How often a P began to run a goroutine"),
           [](const model::Statistics& s) {
               return count_text(s.switches);
           }},
    Figure{"steals",
           tr_later("steals"),
           tr_later("How often a P without work took from another P's queue"),
           [](const model::Statistics& s) {
               return count_text(s.steals);
           }},
    Figure{"preemptions",
           tr_later("preemptions"),
           tr_later("How often a goroutine had to give way because its time slice was over"),
           [](const model::Statistics& s) {
               return count_text(s.preemptions);
           }},
};

struct Key {
    RecordingKey recording;
    TimeNs start = 0;
    TimeNs end = 0;
    std::uint32_t run = 0;

    friend bool operator==(const Key&, const Key&) = default;
};

/// One column of the table of goroutines, and the number it shows.
struct ShareColumn {
    const char* title;
    DurationNs view::GoroutineShare::*member;
};

constexpr std::array kShareColumns{
    ShareColumn{tr_later("ran"), &view::GoroutineShare::running},
    ShareColumn{tr_later("was ready"), &view::GoroutineShare::runnable},
    ShareColumn{tr_later("waited"), &view::GoroutineShare::waiting},
    ShareColumn{tr_later("in calls"), &view::GoroutineShare::blocking},
};

bool is_less(const view::GoroutineShare& a, const view::GoroutineShare& b, int column) {
    if (column == 0)
        return a.g < b.g;
    if (column <= static_cast<int>(kShareColumns.size())) {
        const auto member = kShareColumns[static_cast<std::size_t>(column - 1)].member;
        return a.*member != b.*member ? a.*member < b.*member : a.g > b.g;
    }
    return a.slices != b.slices ? a.slices < b.slices : a.g > b.g;
}

/// What was selected by hand, else what is in view.
view::TimeRange counted_range(const ViewState& view) {
    return view.range.value_or(view::TimeRange{view.view_start, view.view_end});
}

void right_text(const std::string& text) {
    const float room = ImGui::GetContentRegionAvail().x;
    const float width = ImGui::CalcTextSize(text.c_str()).x;
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + std::max(0.0F, room - width));
    ImGui::TextUnformatted(text.c_str());
}

}  // namespace

struct StatisticsPanel::State {
    Key key;
    double made_at = -1;
    bool has_run = false;
    bool is_selected = false;  ///< The range selected by hand is counted.
    model::Statistics in_view;
    model::Statistics of_run;
    std::vector<view::GoroutineShare> shares;
    int sorted_by = 1;  ///< Column; most running first.
    bool ascending = false;

    void count(const model::Timeline& timeline, const ViewState& view);
    void sort();
    void draw_numbers() const;
    void draw_shares(const model::Timeline& timeline, ViewState& view);
    void read_sorting();
    void draw_share(const model::Timeline& timeline,
                    ViewState& view,
                    const view::GoroutineShare& share) const;
};

void StatisticsPanel::State::count(const model::Timeline& timeline, const ViewState& view) {
    const model::RunInfo* run = shown_run(timeline, view);
    const view::TimeRange range = counted_range(view);
    const Key now{key_of(timeline), range.start, range.end, run != nullptr ? run->number : 0};
    const bool was_selected = std::exchange(is_selected, view.range.has_value());
    const double time = ImGui::GetTime();
    const bool same = key.recording.recording == now.recording.recording && key.run == now.run &&
                      was_selected == is_selected;
    if (now == key || (same && made_at >= 0 && time - made_at < kRefreshSeconds))
        return;
    key = now;
    made_at = time;
    in_view = model::statistics(timeline, range.start, range.end);
    has_run = run != nullptr;
    if (has_run)
        of_run = model::statistics(
            timeline, run->begin, run->end >= 0 ? run->end + 1 : timeline.end() + 1);
    shares = view::goroutine_shares(timeline, range);
    sort();
}

void StatisticsPanel::State::sort() {
    std::stable_sort(shares.begin(), shares.end(), [&](const auto& a, const auto& b) {
        return ascending ? is_less(a, b, sorted_by) : is_less(b, a, sorted_by);
    });
}

void StatisticsPanel::State::draw_numbers() const {
    constexpr ImGuiTableFlags kFlags =
        ImGuiTableFlags_RowBg | ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_NoSavedSettings;
    if (!ImGui::BeginTable("##numbers", 3, kFlags))
        return;
    ImGui::TableSetupColumn("", 0, 1.3F);
    ImGui::TableSetupColumn(is_selected ? tr("selected") : tr("in view"), 0, 1);
    ImGui::TableSetupColumn(tr("whole run"), 0, 1);
    ImGui::TableHeadersRow();
    for (const Figure& figure : kFigures) {
        ImGui::TableNextRow();
        ImGui::TableNextColumn();
        ImGui::TextUnformatted(tr(figure.title));
        hint(tr(figure.meaning));
        ImGui::TableNextColumn();
        right_text(figure.text(in_view));
        tag(std::string("statistics.view.") + figure.id);
        ImGui::TableNextColumn();
        right_text(has_run ? figure.text(of_run) : std::string());
        tag(std::string("statistics.run.") + figure.id);
    }
    ImGui::EndTable();
}

void StatisticsPanel::State::read_sorting() {
    ImGuiTableSortSpecs* specs = ImGui::TableGetSortSpecs();
    if (specs == nullptr || !specs->SpecsDirty || specs->SpecsCount == 0)
        return;
    sorted_by = specs->Specs[0].ColumnIndex;
    ascending = specs->Specs[0].SortDirection == ImGuiSortDirection_Ascending;
    specs->SpecsDirty = false;
    sort();
}

void StatisticsPanel::State::draw_share(const model::Timeline& timeline,
                                        ViewState& view,
                                        const view::GoroutineShare& share) const {
    ImGui::TableNextRow();
    ImGui::TableNextColumn();
    const float size = ImGui::GetTextLineHeight() * 0.7F;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const float top = at.y + (ImGui::GetTextLineHeight() - size) / 2;
    ImGui::GetWindowDrawList()->AddRectFilled(
        {at.x, top}, {at.x + size, top + size}, packed(view::goroutine_color(share.g, ground())));
    ImGui::SetCursorPosX(ImGui::GetCursorPosX() + size + 6 * ui_scale());
    const std::string label =
        fmt::format("{}###share{}", timeline.goroutine_name(share.run, share.g), share.g);
    const bool chosen = view.selected == share.g;
    if (ImGui::Selectable(label.c_str(), chosen, ImGuiSelectableFlags_SpanAllColumns))
        select_goroutine(view, share.run, share.g);
    if (recording_items())
        tag(fmt::format("statistics.G{}", share.g));
    for (const ShareColumn& column : kShareColumns) {
        ImGui::TableNextColumn();
        const DurationNs time = share.*column.member;
        right_text(time == 0 ? std::string("-") : format_duration(time));
    }
    ImGui::TableNextColumn();
    right_text(grouped(share.slices));
}

void StatisticsPanel::State::draw_shares(const model::Timeline& timeline, ViewState& view) {
    constexpr ImGuiTableFlags kFlags =
        ImGuiTableFlags_RowBg | ImGuiTableFlags_ScrollY | ImGuiTableFlags_Sortable |
        ImGuiTableFlags_SizingStretchProp | ImGuiTableFlags_NoSavedSettings;
    const int columns = static_cast<int>(kShareColumns.size()) + 2;
    if (!ImGui::BeginTable("##shares", columns, kFlags, ImGui::GetContentRegionAvail()))
        return;
    ImGui::TableSetupScrollFreeze(0, 1);
    ImGui::TableSetupColumn(is_selected ? tr("selected") : tr("in view"), 0, 1.8F);
    for (const ShareColumn& column : kShareColumns) {
        const bool first = &column == kShareColumns.data();
        ImGui::TableSetupColumn(tr(column.title),
                                ImGuiTableColumnFlags_PreferSortDescending |
                                    (first ? ImGuiTableColumnFlags_DefaultSort : 0),
                                1);
    }
    ImGui::TableSetupColumn(tr("turns"), ImGuiTableColumnFlags_PreferSortDescending, 0.7F);
    ImGui::TableHeadersRow();
    read_sorting();
    ImGuiListClipper clipper;
    clipper.Begin(static_cast<int>(shares.size()));
    while (clipper.Step()) {
        for (int row = clipper.DisplayStart; row < clipper.DisplayEnd; ++row)
            draw_share(timeline, view, shares[static_cast<std::size_t>(row)]);
    }
    ImGui::EndTable();
    tag("statistics.shares");
}

StatisticsPanel::StatisticsPanel() : state_(std::make_unique<State>()) {}

StatisticsPanel::~StatisticsPanel() = default;

void StatisticsPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (timeline.empty())
        return;
    s.count(timeline, view);
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const bool beside = room.x >= (kNumbersPx + kSharesPx) * ui_scale();
    const float numbers_px = beside ? std::min(kNumbersPx * ui_scale(), room.x * 0.43F) : room.x;
    ImGui::PushFont(fonts().small);
    if (!beside) {
        s.draw_numbers();
        ImGui::BeginChild(
            "##shares.below", {0, room.y * 0.8F}, false, ImGuiWindowFlags_NavFlattened);
        s.draw_shares(timeline, view);
        ImGui::EndChild();
    } else {
        ImGui::BeginChild("##numbers.left", {numbers_px, 0}, false, ImGuiWindowFlags_NavFlattened);
        s.draw_numbers();
        ImGui::EndChild();
        ImGui::SameLine(0, 10 * ui_scale());
        ImGui::BeginChild("##shares.right", {0, 0}, false, ImGuiWindowFlags_NavFlattened);
        s.draw_shares(timeline, view);
        ImGui::EndChild();
    }
    ImGui::PopFont();
}

}  // namespace golanes::ui

#include "ui/panels/queues_panel.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include <fmt/format.h>

#include <imgui.h>

#include "ui/panels/gantt_paint.h"
#include "ui/panels/items.h"
#include "ui/panels/moment.h"
#include "ui/panels/theme.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"
#include "ui/panels/widgets.h"
#include "ui/view/palette.h"
#include "ui/view/queue_board.h"

namespace golanes::ui {
namespace {

constexpr double kMoveSeconds = 0.25;
constexpr double kRefreshSeconds = 0.1;  ///< A followed run's queues are read this often.
constexpr double kSearchSeconds = 0.5;   ///< And the fullest moment of one that grows.

/// How the moment was chosen.
enum class Chosen { Cursor, Now, Fullest };

/// What the board depends on: an unchanged key keeps the queues read.
struct BoardKey {
    RecordingKey recording;
    TimeNs cursor = -1;
    std::optional<std::uint64_t> event;
    TimeNs view_start = 0;
    TimeNs view_end = 0;
    bool follow = false;

    friend bool operator==(const BoardKey&, const BoardKey&) = default;
};

BoardKey board_key(const model::Timeline& timeline, const ViewState& view) {
    BoardKey key{key_of(timeline), view.cursor, view.event, 0, 0, view.follow};
    if (view.cursor < 0) {
        key.view_start = view.view_start;
        key.view_end = view.view_end;
    }
    return key;
}

void text_in(ImVec2 min, ImVec2 max, ImFont* font, ImU32 color, const std::string& text) {
    const ImVec2 size = font->CalcTextSizeA(font->FontSize, FLT_MAX, 0, text.c_str());
    const ImVec2 at{std::max(min.x + 2, (min.x + max.x - size.x) / 2),
                    (min.y + max.y - size.y) / 2};
    const ImVec4 clip{min.x, min.y, max.x, max.y};
    ImGui::GetWindowDrawList()->AddText(
        font, font->FontSize, at, color, text.c_str(), nullptr, 0, &clip);
}

/// An outline of dashes: nobody stands here.
void empty_slot(ImVec2 min, ImVec2 max, const char* text) {
    ImGui::GetWindowDrawList()->AddRect(min, max, palette().grid);
    text_in(min, max, fonts().small, palette().dim_text, text);
}

float small_width(const char* text) {
    return fonts().small->CalcTextSizeA(fonts().small->FontSize, FLT_MAX, 0, text).x;
}

float slot_width(const char* text) {
    return small_width(text) + 8 * ui_scale();
}

std::string place_text(const view::Token& token) {
    switch (token.slot) {
        case view::Slot::Running:
            return fmt::format(fmt::runtime(tr("runs on P{}")), token.p);
        case view::Slot::Runnext:
            return fmt::format(fmt::runtime(tr("in runnext of P{}: it runs next there")), token.p);
        case view::Slot::Ring:
            return fmt::format(
                fmt::runtime(tr("number {0} in the ring of P{1}")), token.place + 1, token.p);
        case view::Slot::Global:
            return fmt::format(fmt::runtime(tr("number {} in the global queue")), token.place + 1);
    }
    return {};
}

std::string item_name(const view::Token& token) {
    switch (token.slot) {
        case view::Slot::Running:
            return fmt::format("queues.P{}.running", token.p);
        case view::Slot::Runnext:
            return fmt::format("queues.P{}.runnext", token.p);
        case view::Slot::Ring:
            return fmt::format("queues.P{}.{}", token.p, token.place);
        case view::Slot::Global:
            return fmt::format("queues.global.{}", token.place);
    }
    return {};
}

}  // namespace

struct QueuesPanel::State {
    BoardKey key;
    double read_at = -1;
    Chosen chosen = Chosen::Cursor;
    TimeNs moment = 0;
    std::uint32_t run = 0;
    model::Queues queues;
    view::QueueBoard board;
    std::map<GoroutineId, ImVec2> places;  ///< Of the tokens of the last frame, in the board.
    std::map<GoroutineId, ImVec2> from;    ///< Where the tokens that move come from.
    double moved_at = -1;

    void read(const FrameInput& input, const model::Timeline& timeline, const ViewState& view);
    void choose_moment(const model::Timeline& timeline, const ViewState& view, bool live);
    void draw_title(const model::Timeline& timeline) const;
    void lay_out();
    void draw_headings(ImVec2 origin) const;
    void draw_row(const view::BoardRow& row, ImVec2 origin, const view::BoardStyle& style) const;
    void draw_token(const model::Timeline& timeline,
                    const view::Token& token,
                    ImVec2 origin,
                    ViewState& view);
    [[nodiscard]] ImVec2 place_now(const view::Token& token) const;
    view::BoardStyle style;
};

void QueuesPanel::State::choose_moment(const model::Timeline& timeline,
                                       const ViewState& view,
                                       bool live) {
    if (view.cursor >= 0) {
        chosen = Chosen::Cursor;
        moment = view.cursor;
    } else if (live && view.follow && !view.frozen) {
        chosen = Chosen::Now;
        moment = timeline.end() - 1;
    } else {
        chosen = Chosen::Fullest;
        moment = view::fullest_moment(timeline, {view.view_start, view.view_end});
    }
}

void QueuesPanel::State::read(const FrameInput& input,
                              const model::Timeline& timeline,
                              const ViewState& view) {
    const BoardKey now = board_key(timeline, view);
    const double time = ImGui::GetTime();
    const bool same_view =
        now.recording.recording == key.recording.recording && now.cursor == key.cursor &&
        now.event == key.event && now.follow == key.follow &&
        (now.follow || (now.view_start == key.view_start && now.view_end == key.view_end));
    const double refresh = now.follow ? kRefreshSeconds : kSearchSeconds;
    if (now == key || (same_view && read_at >= 0 && time - read_at < refresh))
        return;
    const bool stepped = read_at >= 0 && now.cursor >= 0 && key.cursor >= 0 &&
                         key.recording.recording == now.recording.recording;
    key = now;
    read_at = time;
    choose_moment(timeline, view, input.live);
    const bool at_event =
        view.event && chosen == Chosen::Cursor &&
        *view.event >= timeline.recording().first_index() &&
        *view.event < timeline.recording().end_index() &&
        static_cast<TimeNs>(timeline.recording().event(*view.event).time) == view.cursor;
    queues = at_event ? timeline.queues_after(*view.event) : timeline.queues_at(moment);
    const model::RunInfo* at = timeline.run_at(moment);
    run = at != nullptr ? at->number : 0;
    from = stepped ? places : std::map<GoroutineId, ImVec2>();
    moved_at = time;
}

void QueuesPanel::State::draw_title(const model::Timeline& timeline) const {
    const char* form = tr("At the cursor, {}");
    if (chosen == Chosen::Now)
        form = tr("Now, {}");
    else if (chosen == Chosen::Fullest)
        form =
            tr("At {}, when most goroutines stood in queues. Click the picture for another time.");
    colored_text(palette().text,
                 fmt::format(fmt::runtime(form), time_words(timeline, moment)).c_str());
    tag("queues.title");
}

void QueuesPanel::State::lay_out() {
    const ImVec2 room = ImGui::GetContentRegionAvail();
    const float scale = ui_scale();
    style.token_px = 44 * scale;
    style.line_px = 24 * scale;
    style.gap_px = 4 * scale;
    style.label_px = std::max(72 * scale, small_width(tr("global queue")) + 16 * scale);
    style.slot_px = 16 * scale + std::max({style.token_px,
                                           small_width(tr("running")),
                                           small_width("runnext"),
                                           slot_width(tr("idle"))});
    style.width = room.x;
    style.height = room.y - fonts().small->FontSize - 4 * scale;
    view::build_queue_board(queues, style, board);
}

void QueuesPanel::State::draw_headings(ImVec2 origin) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    ImFont* font = fonts().small;
    const auto heading_at = [&](float x, const char* text) {
        draw->AddText(font, font->FontSize, {origin.x + x, origin.y}, palette().dim_text, text);
    };
    heading_at(board.running_x, tr("running"));
    heading_at(board.runnext_x, "runnext");
    const char* whole = tr("queue: the left one is taken first");
    const bool fits = board.queue_x + small_width(whole) <= style.width;
    heading_at(board.queue_x, fits ? whole : tr("queue"));
}

void QueuesPanel::State::draw_row(const view::BoardRow& row,
                                  ImVec2 origin,
                                  const view::BoardStyle& lengths) const {
    ImDrawList* draw = ImGui::GetWindowDrawList();
    const float top = origin.y + row.top;
    draw->AddRectFilled({origin.x, top}, {origin.x + lengths.width, top + 1}, palette().grid);
    const float line_top = top + lengths.gap_px;
    const auto box = [&](float x, const char* text) {
        empty_slot({origin.x + x, line_top},
                   {origin.x + x + std::max(lengths.token_px, slot_width(text)),
                    line_top + lengths.line_px},
                   text);
    };
    const bool is_global = row.p == kNoProc;
    const std::string label =
        is_global ? std::string(tr("global queue")) : fmt::format("P{}", row.p);
    ImFont* font = is_global ? fonts().small : fonts().normal;
    const float text_top = line_top + (lengths.line_px - font->FontSize) / 2;
    draw->AddText(font, font->FontSize, {origin.x, text_top}, palette().text, label.c_str());
    if (row.machine != 0)
        draw->AddText(fonts().small,
                      fonts().small->FontSize,
                      {origin.x + 34 * ui_scale(), text_top + 2 * ui_scale()},
                      palette().dim_text,
                      fmt::format("M{}", row.machine).c_str());
    if (!is_global && row.running == 0)
        box(board.running_x, tr("idle"));
    if (!is_global && row.runnext == 0)
        box(board.runnext_x, "-");
    if (row.length == 0)
        box(board.queue_x, tr("empty"));
    if (row.hidden > 0) {
        const float right = origin.x + lengths.width;
        const float bottom = top + row.height - 2 * lengths.gap_px;
        text_in({right - lengths.token_px - 8 * ui_scale(), bottom - lengths.line_px},
                {right, bottom},
                fonts().small,
                palette().text,
                fmt::format("+{}", row.hidden));
    }
    tag_rect(is_global ? "queues.global" : fmt::format("queues.P{}", row.p).c_str(),
             {origin.x, top},
             {origin.x + lengths.width, top + row.height});
}

ImVec2 QueuesPanel::State::place_now(const view::Token& token) const {
    const auto start = from.find(token.g);
    const double share = (ImGui::GetTime() - moved_at) / kMoveSeconds;
    if (start == from.end() || share >= 1)
        return {token.x0, token.y0};
    const auto eased = static_cast<float>(share * (2 - share));
    return {start->second.x + (token.x0 - start->second.x) * eased,
            start->second.y + (token.y0 - start->second.y) * eased};
}

void QueuesPanel::State::draw_token(const model::Timeline& timeline,
                                    const view::Token& token,
                                    ImVec2 origin,
                                    ViewState& view) {
    const ImVec2 place = place_now(token);
    const ImVec2 min{origin.x + place.x, origin.y + place.y};
    const ImVec2 size{token.x1 - token.x0, token.y1 - token.y0};
    const ImVec2 max{min.x + size.x, min.y + size.y};
    ImGui::SetCursorScreenPos({origin.x + token.x0, origin.y + token.y0});
    const std::string name = item_name(token);
    if (ImGui::InvisibleButton(name.c_str(), size))
        select_goroutine(view, run, token.g);
    tag(name);
    const view::Rgba fill = view::goroutine_color(token.g, ground());
    ImDrawList* draw = ImGui::GetWindowDrawList();
    draw->AddRectFilled(min, max, packed(fill));
    text_in(min, max, fonts().small, packed(view::text_on(fill)), fmt::format("G{}", token.g));
    const bool focused = ImGui::IsItemFocused() && ImGui::GetIO().NavVisible;
    const bool lit = ImGui::IsItemHovered() || focused;
    if (view.selected == token.g || lit)
        draw->AddRect({min.x - 2, min.y - 2},
                      {max.x + 2, max.y + 2},
                      lit ? palette().text : palette().accent,
                      0,
                      0,
                      2 * ui_scale());
    if (ImGui::IsItemHovered())
        hint(fmt::format(
                 "{}  (G{})\n{}", timeline.goroutine_name(run, token.g), token.g, place_text(token))
                 .c_str());
}

QueuesPanel::QueuesPanel() : state_(std::make_unique<State>()) {}

QueuesPanel::~QueuesPanel() = default;

void QueuesPanel::draw(const FrameInput& input, ViewState& view) {
    State& s = *state_;
    const model::Timeline& timeline = shown_timeline(input, view);
    if (timeline.empty())
        return;
    s.read(input, timeline, view);
    s.draw_title(timeline);
    if (s.queues.procs.empty()) {
        colored_text(palette().dim_text,
                     tr("No P exists at this time. Click the picture inside a run."));
        return;
    }
    s.lay_out();
    const ImVec2 top = ImGui::GetCursorScreenPos();
    const ImVec2 origin{top.x, top.y + fonts().small->FontSize + 4 * ui_scale()};
    s.draw_headings(top);
    for (const view::BoardRow& row : s.board.rows)
        s.draw_row(row, origin, s.style);
    for (const view::Token& token : s.board.tokens)
        s.draw_token(timeline, token, origin, view);
    s.places.clear();
    for (const view::Token& token : s.board.tokens)
        s.places[token.g] = s.place_now(token);
    ImGui::SetCursorScreenPos({origin.x, origin.y + s.board.height});
    ImGui::Dummy({1, 1});
}

bool QueuesPanel::moving() const {
    return !state_->from.empty() && ImGui::GetTime() - state_->moved_at < kMoveSeconds;
}

}  // namespace golanes::ui

#include "ui/panels/shell.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "ui/panels/actions.h"
#include "ui/panels/banners.h"
#include "ui/panels/context.h"
#include "ui/panels/dialogs.h"
#include "ui/panels/fonts.h"
#include "ui/panels/items.h"
#include "ui/panels/layout.h"
#include "ui/panels/menu_bar.h"
#include "ui/panels/moment.h"
#include "ui/panels/step_state.h"
#include "ui/panels/text_scan.h"
#include "ui/panels/theme.h"
#include "ui/panels/tour.h"
#include "ui/panels/tr.h"

namespace golanes::ui {

struct Shell::State {
    /// What prepare() was asked for last.
    struct Look {
        Language language = Language::English;
        Theme theme = Theme::Dark;
        float scale = 0;

        friend bool operator==(const Look&, const Look&) = default;
    };

    Look look;
    bool language_missing = false;
    FontLoader fonts;
    TextScan text_scan;
    ViewState view;
    Layout layout;
    Dialogs dialogs;
    LayoutPanels panels;
    Tour tour;
    ImVec4 clear_color;
    bool moving = false;
    std::string scenario;             ///< Of the last frame.
    bool fitted = false;              ///< fit() was called: the next frame keeps its view.
    const void* recording = nullptr;  ///< Identity of the recording of the last frame.

    void notice_new_subject(const FrameInput& input);
};

namespace {

/// Tells one recording from another: the address of its oldest chunk.
const void* identity_of(const model::Timeline& timeline) {
    const auto& chunks = timeline.recording().chunks;
    return chunks.empty() ? nullptr : chunks.front().get();
}

void reset_view(ViewState& view) {
    view.follow = true;
    view.frozen = false;
    view.frozen_timeline = model::Timeline();
    view.selected = 0;
    view.range.reset();
    view.rows.pinned.clear();
    view.rows.filter.clear();
    adopt_new_recording(view);
    view.hovered.reset();
}

}  // namespace

/// Another scenario, run or file: what was frozen, selected and zoomed belongs to the old one.
void Shell::State::notice_new_subject(const FrameInput& input) {
    const void* now = identity_of(input.timeline);
    const bool shed_only = input.live && input.timeline.recording().first_index() > 0;
    const bool other_recording = now != nullptr && now != recording && !shed_only;
    const bool other_scenario = scenario != input.run.scenario;
    scenario = input.run.scenario;
    recording = now;
    if (std::exchange(fitted, false) || (!other_recording && !other_scenario))
        return;
    reset_view(view);
    if (other_recording && !input.live)
        TimelinePanel::fit(input.timeline, view);
}

Shell::Shell() : state_(std::make_unique<State>()) {
    state_->fonts.want("简体中文 — · ’“”…→");
    for_each_translation([this](const char*, const char* chinese) { state_->fonts.want(chinese); });
}

Shell::~Shell() = default;

bool Shell::prepare(Language language, Theme theme, float scale) {
    State& s = *state_;
    ImGui::GetIO().ConfigFlags |= ImGuiConfigFlags_NavEnableKeyboard;
    const State::Look wanted{language, theme, scale};
    const bool other_look = !(s.look == wanted);
    const bool rebuild = s.fonts.dirty() || s.look.scale != scale;
    if (!other_look && !rebuild)
        return false;
    s.look = wanted;
    s.language_missing = language == Language::Chinese && !FontLoader::has_chinese();
    set_language(s.language_missing ? Language::English : language);
    apply_theme(theme, scale);
    s.clear_color = ImGui::ColorConvertU32ToFloat4(palette().background);
    if (rebuild)
        s.fonts.build(*ImGui::GetIO().Fonts, scale);
    return rebuild;
}

void Shell::draw(const FrameInput& input,
                 const std::vector<KeyPress>& keys,
                 std::vector<Command>& commands) {
    State& s = *state_;
    begin_items();
    s.text_scan.scan(input, s.fonts);
    s.notice_new_subject(input);
    const Context context{input, keys, commands, s.view, s.layout, s.dialogs, s.fonts};
    act_on_shortcuts(context);
    draw_layout(context, s.panels, s.language_missing);
    s.tour.draw();
    s.dialogs.draw(context);
    s.moving = (input.live && s.view.follow && !s.view.frozen) || s.panels.moving(s.view.shown) ||
               input.trials.running || input.answer.running || input.claims.running ||
               is_under_way(input.twin.phase);
}

const float* Shell::clear_color() const {
    return &state_->clear_color.x;
}

bool Shell::animating() const {
    return state_->moving || state_->fonts.dirty();
}

void Shell::fit(const model::Timeline& timeline) {
    TimelinePanel::fit(timeline, state_->view);
    state_->fitted = true;
}

void Shell::start_tour() {
    state_->tour.start();
}

bool Shell::touring() const {
    return state_->tour.active();
}

void Shell::finish_searches() {
    state_->panels.findings.wait();
}

void Shell::show(view::ViewKind kind) {
    state_->view.shown = kind;
}

void Shell::predict(const std::string& words) {
    state_->panels.lesson.predict(words);
}

void Shell::stand_at(const model::Timeline& timeline, TimeNs time) {
    const auto runs = timeline.runs();
    jump_to(timeline, state_->view, (runs.empty() ? timeline.start() : runs.back().begin) + time);
}

void Shell::select_range(const model::Timeline& timeline, view::TimeRange range) {
    const auto runs = timeline.runs();
    const TimeNs begin = runs.empty() ? timeline.start() : runs.back().begin;
    state_->view.range = view::TimeRange{begin + range.start, begin + range.end};
}

void Shell::select(const model::Timeline& timeline, GoroutineId g) {
    const auto runs = timeline.runs();
    select_goroutine(state_->view, runs.empty() ? 0 : runs.back().number, g);
}

}  // namespace golanes::ui

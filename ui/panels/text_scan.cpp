#include "ui/panels/text_scan.h"

#include <utility>

#include <imgui.h>

#include "ui/panels/fonts.h"

namespace golanes::ui {
namespace {

void scan_scenario(const catalog::Scenario& scenario, FontLoader& fonts) {
    for (const std::string_view text :
         {scenario.title.en, scenario.title.zh, scenario.summary.en, scenario.summary.zh})
        fonts.want(text);
    for (const catalog::Parameter& parameter : scenario.parameters) {
        fonts.want(parameter.title.en);
        fonts.want(parameter.title.zh);
    }
}

}  // namespace

void TextScan::scan(const FrameInput& input, FontLoader& fonts) {
    if (std::exchange(scenarios_, input.scenarios.size()) != input.scenarios.size()) {
        for (const catalog::Scenario* scenario : input.scenarios)
            scan_scenario(*scenario, fonts);
    }
    if (file_ != input.file) {
        file_ = input.file;
        fonts.want(file_);
    }
    for (const Notice& notice : input.notices)
        fonts.want(notice.text);
    fonts.want(input.run.ended_text);
    for (const ImWchar typed : ImGui::GetIO().InputQueueCharacters)
        fonts.want(static_cast<unsigned>(typed));
    scan_names(input, fonts);
}

void TextScan::scan_names(const FrameInput& input, FontLoader& fonts) {
    const recording::Snapshot& recording = input.timeline.recording();
    const trace::Names& names = *recording.names;
    const void* identity = recording.meta.get();
    const bool shrank = names.strings.size() < strings_ || names.places.size() < places_;
    if (std::exchange(recording_, identity) != identity || shrank) {
        strings_ = places_ = 0;
        fonts.want(recording.meta->title);
    }
    for (; strings_ < names.strings.size(); ++strings_)
        fonts.want(names.strings[strings_]);
    for (; places_ < names.places.size(); ++places_) {
        fonts.want(names.places[places_].label);
        fonts.want(names.places[places_].function);
        fonts.want(names.places[places_].file);
    }
}

}  // namespace golanes::ui

#include "ui/panels/lesson_links.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/lessons/link.h"
#include "ui/panels/moment.h"
#include "ui/panels/timeline_panel.h"
#include "ui/panels/tr.h"

namespace golanes::ui {
namespace {

using lessons::Link;
using lessons::LinkKind;

std::string say(const char* form, const std::string& value) {
    return fmt::format(fmt::runtime(form), value);
}

std::string to_view(const Context& context, const Link& link) {
    const auto kind = view::view_named(link.name);
    if (!kind)
        return say(tr("There is no view {}."), link.name);
    context.view.shown = *kind;
    return {};
}

GoroutineId goroutine_of(const model::Timeline& timeline, std::uint32_t run, const Link& link) {
    if (link.number != 0)
        return timeline.goroutine(run, link.number) ? link.number : 0;
    for (const model::GoroutineInfo& info : timeline.goroutines(run)) {
        if (timeline.goroutine_name(run, info.id) == link.name)
            return info.id;
    }
    return 0;
}

std::string to_goroutine(const Context& context, const Link& link) {
    const model::Timeline& timeline = shown_timeline(context.input, context.view);
    const model::RunInfo* run = run_of_moment(timeline, context.view);
    const std::string name = link.number == 0 ? link.name : fmt::format("G{}", link.number);
    const GoroutineId g = run == nullptr ? 0 : goroutine_of(timeline, run->number, link);
    if (g == 0)
        return say(tr("There is no goroutine {} in the run in view."), name);
    select_goroutine(context.view, run->number, g);
    return {};
}

std::string to_time(const Context& context, const Link& link) {
    const model::Timeline& timeline = shown_timeline(context.input, context.view);
    const model::RunInfo* run = run_of_moment(timeline, context.view);
    if (run == nullptr || run->begin + link.time > moment_of_ending(timeline, *run))
        return say(tr("The run in view is not {} long."), format_duration(link.time));
    jump_to(timeline, context.view, run->begin + link.time);
    return {};
}

std::string to_run(const Context& context, const Link& link) {
    const auto& all = context.input.scenarios;
    const bool exists = std::any_of(all.begin(), all.end(), [&](const catalog::Scenario* each) {
        return each->id == link.name;
    });
    if (!exists)
        return say(tr("There is no scenario {}."), link.name);
    context.emit(command::RunWords{link.name, link.words});
    return {};
}

}  // namespace

std::string follow_link(const Context& context, std::string_view text) {
    const auto link = lessons::parse_link(text);
    if (!link.ok())
        return say(tr("This link leads nowhere: {}"), std::string(text));
    switch (link->kind) {
        case LinkKind::View:
            return to_view(context, link.value());
        case LinkKind::Goroutine:
            return to_goroutine(context, link.value());
        case LinkKind::Time:
            return to_time(context, link.value());
        case LinkKind::Run:
            return to_run(context, link.value());
        case LinkKind::Procs:
            context.emit(command::SetProcs{static_cast<int>(link->number)});
            return {};
    }
    return {};
}

}  // namespace golanes::ui

#include "app/verbs/shot.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/window/locale.h"
#include "app/window/offscreen.h"
#include "core/base/time.h"
#include "core/recording/output_file.h"

namespace golanes::app {
namespace {

constexpr int kMinWidth = 320;
constexpr int kMinHeight = 200;
constexpr float kMinScale = 0.5F;
constexpr float kMaxScale = 4;

template <typename T>
std::optional<T> number_in(std::string_view text, T minimum, T maximum) {
    T value{};
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end || !(value >= minimum && value <= maximum))
        return std::nullopt;
    return value;
}

Status read_size(const std::string& text, ShotOptions& options) {
    const std::size_t cross = std::min(text.find('x'), text.size());
    const std::string_view all = text;
    const auto width = number_in(all.substr(0, cross), kMinWidth, Offscreen::kMaxSide);
    const auto height =
        number_in(all.substr(std::min(cross + 1, all.size())), kMinHeight, Offscreen::kMaxSide);
    if (!width || !height)
        return Error{fmt::format("--size \"{}\": write WIDTHxHEIGHT in pixels, from {}x{} to {}x{}",
                                 text,
                                 kMinWidth,
                                 kMinHeight,
                                 Offscreen::kMaxSide,
                                 Offscreen::kMaxSide)};
    options.width = *width;
    options.height = *height;
    return Done{};
}

Status read_scale(const std::string& text, ShotOptions& options) {
    const auto scale = number_in(text, kMinScale, kMaxScale);
    if (!scale)
        return Error{fmt::format(
            "--scale \"{}\": write a number from {} to {}", text, kMinScale, kMaxScale)};
    options.scale = *scale;
    return Done{};
}

Status read_theme(const std::string& text, ShotOptions& options) {
    if (text != "light" && text != "dark")
        return Error{fmt::format("--theme \"{}\": write light or dark", text)};
    options.theme = text == "light" ? ui::Theme::Light : ui::Theme::Dark;
    return Done{};
}

Status read_language(const std::string& text, ShotOptions& options) {
    if (!text.empty() && text != "en" && text != "zh_CN")
        return Error{fmt::format("--lang \"{}\": write en or zh_CN", text)};
    options.language = language_from_environment();
    if (!text.empty())
        options.language = text == "en" ? ui::Language::English : ui::Language::Chinese;
    return Done{};
}

std::string view_names() {
    return fmt::format("{}", fmt::join(view::kViewNames, ", "));
}

Status read_view(const std::string& text, ShotOptions& options) {
    const auto kind = view::view_named(text);
    if (kind) {
        options.view = *kind;
        return Done{};
    }
    return Error{fmt::format("--view \"{}\": no such view; there are {}", text, view_names())};
}

Status read_at(const std::string& text, ShotOptions& options) {
    if (text.empty())
        return Done{};
    const auto time = parse_duration(text);
    if (!time || time.value() < 0)
        return Error{
            fmt::format("--at \"{}\": write a time since the run began, like 1.5ms", text)};
    options.at = time.value();
    return Done{};
}

Status read_range(const std::string& text, ShotOptions& options) {
    if (text.empty())
        return Done{};
    const std::size_t dots = std::min(text.find(".."), text.size());
    const auto from = parse_duration(text.substr(0, dots));
    const auto to = parse_duration(text.substr(std::min(dots + 2, text.size())));
    if (!from || !to || from.value() < 0 || to.value() <= from.value())
        return Error{fmt::format(
            "--range \"{}\": write two times since the run began, like 1.5ms..2ms", text)};
    options.range = view::TimeRange{from.value(), to.value()};
    return Done{};
}

Status read_select(const std::string& text, ShotOptions& options) {
    if (text.empty())
        return Done{};
    const std::string_view all = text;
    const auto g = number_in<GoroutineId>(all.substr(all.starts_with('G') ? 1 : 0), 1, UINT32_MAX);
    if (!g)
        return Error{fmt::format("--select \"{}\": write a goroutine, like G7", text)};
    options.selected = *g;
    return Done{};
}

int fail(int exit_code, const Error& error) {
    fmt::print(stderr, "golanes: {}\n", error.message);
    return exit_code;
}

/// Whether the picture could be written there: asked before a run takes its time.
Status check_target(const ShotOptions& options) {
    const auto file = recording::OutputFile::create(options.out, options.overwrite);
    return file ? Status(Done{}) : Status(file.error());
}

int run_shot(const ShotArguments& arguments, const ShotSource& source) {
    const auto options = read_shot_options(arguments);
    if (!options)
        return fail(2, options.error());
    if (const Status target = check_target(options.value()); !target)
        return fail(2, target.error());
    const auto content = source(arguments.subject);
    if (!content)
        return fail(2, content.error());
    const Status drawn = render_shot(content.value(), options.value());
    return drawn ? 0 : fail(1, drawn.error());
}

}  // namespace

Result<ShotOptions> read_shot_options(const ShotArguments& arguments) {
    ShotOptions options;
    options.out = arguments.out;
    options.predict = arguments.predict;
    options.overwrite = arguments.force ? recording::Overwrite::Yes : recording::Overwrite::No;
    for (const Status& read : {read_view(arguments.view, options),
                               read_at(arguments.at, options),
                               read_range(arguments.range, options),
                               read_select(arguments.select, options),
                               read_size(arguments.size, options),
                               read_theme(arguments.theme, options),
                               read_language(arguments.language, options),
                               read_scale(arguments.scale, options)}) {
        if (!read)
            return read.error();
    }
    return options;
}

CLI::App& add_shot_verb(CLI::App& root, int& exit_code, ShotSource source) {
    auto typed = std::make_shared<ShotArguments>();
    CLI::App* verb = root.add_subcommand("shot", "Draw the window into a PNG, without a display");
    verb->add_option("FILE|SCENARIO", typed->subject, "A .golanes file, or a scenario to run");
    verb->add_option("-o,--output", typed->out, "The PNG to write")->required();
    verb->add_option("--size", typed->size, "WIDTHxHEIGHT in pixels")->capture_default_str();
    verb->add_option("--view", typed->view, "What to show: " + view_names())->capture_default_str();
    verb->add_option("--at", typed->at, "Put the cursor at a time since the run began, like 1.5ms");
    verb->add_option(
        "--range", typed->range, "Select the time between two since the run began: 1ms..1.5ms");
    verb->add_option("--select", typed->select, "Select a goroutine, like G7");
    verb->add_option(
        "--predict", typed->predict, "Answer the lesson's question, for --view lesson");
    verb->add_option("--theme", typed->theme, "light or dark")->capture_default_str();
    verb->add_option("--lang", typed->language, "en or zh_CN; else as the environment says");
    verb->add_option("--scale", typed->scale, "Size of texts and lines")->capture_default_str();
    verb->add_flag("--force", typed->force, "Overwrite an existing file");
    verb->callback(
        [typed, source = std::move(source), &exit_code] { exit_code = run_shot(*typed, source); });
    return *verb;
}

}  // namespace golanes::app

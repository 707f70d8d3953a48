#include "app/verbs/dump.h"

#include <cstdio>
#include <memory>
#include <string>

#include <fmt/format.h>

#include "core/base/time.h"
#include "core/export/text.h"
#include "core/recording/file.h"

namespace golanes::app {
namespace {

struct DumpOptions {
    std::string file;
    std::string from;
    std::string to;
};

int fail(int exit_code, const std::string& message) {
    fmt::print(stderr, "golanes: {}\n", message);
    return exit_code;
}

/// Leaves `time` alone when no text was given.
Status read_time(const char* option, const std::string& text, TimeNs& time) {
    if (text.empty())
        return Done{};
    const Result<DurationNs> value = parse_duration(text);
    if (!value)
        return Error{fmt::format("{}: {}", option, value.error().message)};
    time = value.value();
    return Done{};
}

Result<exporting::TextRange> range_of(const DumpOptions& options) {
    exporting::TextRange range;
    if (const Status from = read_time("--from", options.from, range.from); !from)
        return from.error();
    if (const Status to = read_time("--to", options.to, range.to); !to)
        return to.error();
    if (range.to < range.from)
        return Error{
            fmt::format("--to {} is before --from {}: exchange them", options.to, options.from)};
    return range;
}

int run_dump(const DumpOptions& options) {
    const auto range = range_of(options);
    if (!range)
        return fail(2, range.error().message);
    const auto snapshot = recording::load(options.file);
    if (!snapshot)
        return fail(2, snapshot.error().message);
    const Status written = exporting::write_text(snapshot.value(), range.value(), stdout);
    return written ? 0 : fail(1, written.error().message);
}

}  // namespace

void add_dump_verb(CLI::App& root, int& exit_code) {
    auto options = std::make_shared<DumpOptions>();
    CLI::App* verb = root.add_subcommand("dump", "Write a recording as text, one event a line");
    verb->add_option("FILE", options->file, "A .golanes file")->required();
    verb->add_option("--from", options->from, "First time to write, for example 1.5ms");
    verb->add_option("--to", options->to, "Time to stop before");
    verb->callback([options, &exit_code] { exit_code = run_dump(*options); });
}

}  // namespace golanes::app

#include "core/export/text.h"

#include <cerrno>
#include <iterator>
#include <system_error>

#include <fmt/format.h>

#include "core/export/event_line.h"

namespace golanes::exporting {
namespace {

using recording::Snapshot;

/// Collects lines and hands them to the stream in large pieces.
class LineWriter {
 public:
    explicit LineWriter(std::FILE* out) : out_(out) {}

    template <typename... T>
    void line(fmt::format_string<T...> format, T&&... values) {
        fmt::format_to(std::back_inserter(buffer_), format, std::forward<T>(values)...);
        end_line();
    }

    [[nodiscard]] fmt::memory_buffer& buffer() { return buffer_; }

    void end_line() {
        buffer_.push_back('\n');
        if (buffer_.size() >= kPieceBytes)
            flush();
    }

    [[nodiscard]] bool ok() const { return code_ == 0; }

    Status finish() {
        flush();
        if (ok() && std::fflush(out_) != 0)
            code_ = errno;
        if (!ok())
            return Error{fmt::format("the text cannot be written ({})",
                                     std::generic_category().message(code_))};
        return Done{};
    }

 private:
    static constexpr std::size_t kPieceBytes = 65'536;

    void flush() {
        if (ok() && std::fwrite(buffer_.data(), 1, buffer_.size(), out_) != buffer_.size())
            code_ = errno == 0 ? EIO : errno;
        buffer_.clear();
    }

    std::FILE* out_;
    int code_ = 0;  ///< errno of the first failure.
    fmt::memory_buffer buffer_;
};

void write_meta(LineWriter& out, const recording::Meta& meta) {
    out.line("meta source={} scenario={} title={} engine={} seed={} procs={} cpus={} level={}",
             quoted_text(meta.source),
             quoted_text(meta.scenario),
             quoted_text(meta.title),
             quoted_text(meta.engine),
             meta.seed,
             meta.procs,
             meta.cpus,
             quoted_text(meta.level));
    out.line("meta machine={} started={}", quoted_text(meta.machine), quoted_text(meta.started));
    for (const recording::ParameterValue& parameter : meta.parameters)
        out.line("parameter name={} value={}",
                 quoted_text(parameter.name),
                 quoted_text(parameter.value));
}

void write_honesty(LineWriter& out, const recording::Honesty& honesty) {
    out.line("honesty lost={} shed={} clamped={} unordered={}",
             honesty.lost,
             honesty.shed,
             honesty.clamped,
             honesty.unordered);
    for (const std::string& warning : honesty.warnings)
        out.line("warning {}", quoted_text(warning));
}

void write_names(LineWriter& out, const trace::Names& names) {
    for (std::size_t i = 1; i < names.strings.size(); ++i)
        out.line("string {} {}", i, quoted_text(names.strings[i]));
    for (std::size_t i = 1; i < names.places.size(); ++i) {
        const trace::Place& place = names.places[i];
        out.line("place {} file={} line={} function={} label={}",
                 i,
                 quoted_text(place.file),
                 place.line,
                 quoted_text(place.function),
                 quoted_text(place.label));
    }
}

void write_head(LineWriter& out, const Snapshot& snapshot) {
    out.line("# golanes text 1: declarations, then one event a line; what follows a # explains");
    write_meta(out, *snapshot.meta);
    write_honesty(out, snapshot.honesty);
    write_names(out, *snapshot.names);
    out.line("events first={} count={}", snapshot.first_index(), snapshot.event_count());
}

void write_events(LineWriter& out, const Snapshot& snapshot, const TextRange& range) {
    EventLines lines(*snapshot.names);
    snapshot.for_each([&](const trace::Event& event) {
        lines.learn(event);
        const auto time = static_cast<TimeNs>(event.time);
        if (time < range.from || time >= range.to || !out.ok())
            return;
        lines.append(out.buffer(), event);
        out.end_line();
    });
}

}  // namespace

Status write_text(const Snapshot& snapshot, const TextRange& range, std::FILE* out) {
    LineWriter writer(out);
    write_head(writer, snapshot);
    write_events(writer, snapshot, range);
    return writer.finish();
}

std::string one_line(std::string_view text) {
    std::string result;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\n')
            result += "\\n";
        else if (byte < 0x20 || byte == 0x7F)
            result += fmt::format("\\x{:02x}", byte);
        else
            result += c;
    }
    return result;
}

std::string quoted_text(std::string_view text) {
    std::string escaped = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            escaped += '\\';
        escaped += c;
    }
    return one_line(escaped) + '"';
}

}  // namespace golanes::exporting

#include "core/runtime/report.h"

#include <algorithm>
#include <tuple>

namespace golanes::rt {
namespace {

constexpr std::size_t kMostGoroutines = 100;

void append_panics(std::string& out, const PanicRecord& record) {
    if (record.link != nullptr) {
        append_panics(out, *record.link);
        if (!record.link->is_goexit)
            out += '\t';
    }
    if (!record.is_goexit)
        out += panic_line(record.text) + (record.recovered ? " [recovered]\n" : "\n");
}

void append_place(std::string& out, const trace::Place& place) {
    if (place.line != 0)
        out += "\n\t" + place.file + ":" + std::to_string(place.line);
}

std::string head(const G& g, std::string_view state) {
    return "goroutine " + std::to_string(g.id) + " [" + std::string(state) + "]:";
}

// Its name, where it stands, and by whom and where it was made: main was made by nobody.
void append_frames(std::string& out, const G& g, PlaceId stands_at, const trace::Names& names) {
    const trace::Place& made_at = names.place(g.made_at);
    if (!made_at.label.empty())
        out += "\n" + made_at.label;
    append_place(out, names.place(stands_at));
    if (g.creator == 0)
        return;
    const std::string& creator = names.place(g.creator_name).label;
    out += "\ncreated by " + (creator.empty() ? "" : creator + " in ") + "goroutine " +
           std::to_string(g.creator);
    append_place(out, made_at);
}

std::string lines_of(const G& g, std::int64_t minutes, const trace::Names& names) {
    const bool waits = g.state == GState::Waiting || g.state == GState::Blocking;
    std::string state = g.has_panicked                ? "running"
                        : g.state == GState::Blocking ? "syscall"
                        : waits ? std::string(trace::wait_reason_text(g.reason))
                                : "runnable";
    if (waits && !g.has_panicked && minutes >= 1)
        state += ", " + std::to_string(minutes) + " minutes";
    if (g.locked_to != nullptr)
        state += ", locked to thread";
    std::string out = head(g, state);
    const bool stands = g.has_panicked || waits;
    append_frames(out, g, stands ? g.waits_at : PlaceId{0}, names);
    return out;
}

}  // namespace

std::string panic_line(std::string_view text) {
    std::string out = "panic: ";
    for (const char c : text) {
        out += c;
        if (c == '\n')
            out += '\t';
    }
    return out;
}

std::string panic_lines(const PanicRecord& newest) {
    std::string out;
    append_panics(out, newest);
    out.pop_back();  // the last line's end
    return out;
}

std::string own_lines(const G& g, PlaceId stands_at, const trace::Names& names) {
    std::string out = head(g, "running");
    append_frames(out, g, stands_at, names);
    return out;
}

std::string all_lines(std::vector<const G*> goroutines,
                      const std::function<std::int64_t(const G&)>& minutes,
                      const trace::Names& names) {
    std::sort(goroutines.begin(), goroutines.end(), [](const G* left, const G* right) {
        return std::tuple(!left->has_panicked, left->id) <
               std::tuple(!right->has_panicked, right->id);
    });
    std::string out;
    for (std::size_t i = 0; i < std::min(goroutines.size(), kMostGoroutines); ++i)
        out += (i == 0 ? "" : "\n\n") + lines_of(*goroutines[i], minutes(*goroutines[i]), names);
    if (goroutines.size() > kMostGoroutines)
        out += "\n\n... and " + std::to_string(goroutines.size() - kMostGoroutines) +
               " more goroutines";
    return out;
}

}  // namespace golanes::rt

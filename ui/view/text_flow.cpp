#include "ui/view/text_flow.h"

#include <algorithm>
#include <utility>

namespace golanes::view {
namespace {

// Marks that may not begin a line, and those that may not end one.
constexpr std::string_view kClosing = "，。、；：？！）》」』”’】…";
constexpr std::string_view kOpening = "（《「『“‘【";

std::size_t length_of_character(char first) {
    const auto byte = static_cast<unsigned char>(first);
    if (byte < 0xC0)
        return 1;
    return byte < 0xE0 ? 2 : byte < 0xF0 ? 3 : 4;
}

bool is_wide(std::string_view character) {
    const auto byte = static_cast<unsigned char>(character.front());
    return character.size() == 3 && ((byte >= 0xE3 && byte <= 0xE9) || byte == 0xEF);
}

bool is_one_of(std::string_view marks, std::string_view character) {
    return character.size() == 3 && marks.find(character) != std::string_view::npos;
}

std::string_view character_at(std::string_view text, std::size_t at) {
    return text.substr(at, length_of_character(text[at]));
}

/// Whether a line may end between two neighbours.
bool breaks_between(std::string_view before, std::string_view after) {
    if (before == " ")
        return after != " ";
    if (after == " " || is_one_of(kClosing, after) || is_one_of(kOpening, before))
        return false;
    return is_wide(before) || is_wide(after) || is_one_of(kOpening, after) ||
           is_one_of(kClosing, before);
}

/// What may not be broken: part of a text up to where a line may end.
struct Unit {
    std::size_t text;
    std::string_view words;
    bool glued;  ///< To the unit before it, which another text ends with.
    bool breaks;
};

void add_units(std::size_t number,
               std::string_view text,
               std::string_view& before,
               std::vector<Unit>& units) {
    std::size_t start = 0;
    bool glued = !before.empty() && !text.empty() && text.front() != '\n' &&
                 !breaks_between(before, character_at(text, 0));
    const auto add = [&](std::size_t end, bool breaks) {
        if (end > start || breaks)
            units.push_back({number, text.substr(start, end - start), glued, breaks});
        glued = false;
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view one = character_at(text, at);
        if (one == "\n") {
            add(at, true);
            start = at + 1;
            before = {};
        } else {
            if (at > start && !before.empty() && breaks_between(before, one)) {
                add(at, false);
                start = at;
            }
            before = one;
        }
        at += one.size();
    }
    add(text.size(), false);
}

/// Puts units one behind the other.
class Lines {
 public:
    Lines(float width, const MeasureText& measure) : width_(width), measure_(measure) {}

    /// Units [first, last) that may not be parted.
    void put(const std::vector<Unit>& units, std::size_t first, std::size_t last) {
        float needed = 0;
        for (std::size_t i = first; i < last; ++i)
            needed += measure_(units[i].text, without_end(units[i].words, i + 1 == last));
        if (x_ > 0 && x_ + needed > width_)
            next_line();
        for (std::size_t i = first; i < last; ++i)
            put_words(units[i].text, units[i].words);
        if (units[last - 1].breaks)
            next_line();
    }

    std::vector<FlowPiece> take() { return std::move(pieces_); }

 private:
    // The space at a line's end needs no room.
    static std::string_view without_end(std::string_view words, bool is_last) {
        while (is_last && words.ends_with(' '))
            words.remove_suffix(1);
        return words;
    }

    void next_line() {
        x_ = 0;
        ++line_;
    }

    // As much of a word as there is room for; one character at least.
    [[nodiscard]] std::size_t fitting(std::size_t text, std::string_view words) const {
        if (x_ + measure_(text, without_end(words, true)) <= width_)
            return words.size();
        std::size_t size = length_of_character(words.front());
        while (size < words.size()) {
            const std::size_t more = size + length_of_character(words[size]);
            if (x_ + measure_(text, words.substr(0, more)) > width_)
                break;
            size = more;
        }
        return std::min(size, words.size());
    }

    void put_words(std::size_t text, std::string_view words) {
        while (x_ == 0 && line_ > 0 && words.starts_with(' '))
            words.remove_prefix(1);
        while (!words.empty()) {
            const std::size_t size = fitting(text, words);
            put_piece(text, words.substr(0, size));
            words.remove_prefix(size);
            if (!words.empty())
                next_line();
        }
    }

    // Pieces of one text on one line are one piece.
    void put_piece(std::size_t text, std::string_view words) {
        const bool goes_on =
            !pieces_.empty() && pieces_.back().text == text && pieces_.back().line == line_ &&
            pieces_.back().words.data() + pieces_.back().words.size() == words.data();
        if (goes_on)
            pieces_.back().words = {pieces_.back().words.data(),
                                    pieces_.back().words.size() + words.size()};
        else
            pieces_.push_back({text, words, x_, 0, line_});
        FlowPiece& piece = pieces_.back();
        piece.width = measure_(text, piece.words);
        x_ = piece.x + piece.width;
    }

    float width_;
    const MeasureText& measure_;
    std::vector<FlowPiece> pieces_;
    float x_ = 0;
    int line_ = 0;
};

}  // namespace

std::vector<FlowPiece> flow_text(const std::vector<std::string_view>& texts,
                                 float width,
                                 const MeasureText& measure) {
    std::vector<Unit> units;
    std::string_view before;
    for (std::size_t i = 0; i < texts.size(); ++i)
        add_units(i, texts[i], before, units);
    Lines lines(width, measure);
    for (std::size_t first = 0; first < units.size();) {
        std::size_t last = first + 1;
        while (last < units.size() && units[last].glued && !units[last - 1].breaks)
            ++last;
        lines.put(units, first, last);
        first = last;
    }
    return lines.take();
}

int line_count(const std::vector<FlowPiece>& pieces) {
    return pieces.empty() ? 0 : pieces.back().line + 1;
}

}  // namespace golanes::view

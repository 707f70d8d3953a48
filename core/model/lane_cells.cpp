#include "core/model/lane_cells.h"

#include <limits>
#include <tuple>

namespace golanes::model {
namespace {

// Sums up what a cell is made of. Few goroutines take turns on most lanes; whoever finds no place
// of its own gives way to those with more time.
class CellMaker {
 public:
    void add(const Span& span) {
        begin(span.start, span.end);
        add_part({span.g, static_cast<float>(span.length()), 1, span.state});
    }

    void add(const LaneCell& cell) {
        begin(cell.start, cell.end);
        for (const CellPart& part : cell.parts) {
            if (part.count > 0)
                add_part(part);
        }
        others_.ns += cell.others.ns;
        others_.count += cell.others.count;
    }

    LaneCell make() {
        LaneCell cell{start_, end_, {}, others_};
        const std::span parts(parts_.data(), count_);
        const std::size_t told = std::min(cell.parts.size(), count_);
        std::partial_sort(parts.begin(),
                          parts.begin() + static_cast<std::ptrdiff_t>(told),
                          parts.end(),
                          comes_first);
        std::copy_n(parts.begin(), told, cell.parts.begin());
        for (const CellPart& part : parts.subspan(told)) {
            cell.others.ns += part.ns;
            cell.others.count += part.count;
        }
        is_new_ = true;
        count_ = 0;
        others_ = {};
        return cell;
    }

 private:
    // Loss first, then what took most time.
    static bool comes_first(const CellPart& a, const CellPart& b) {
        const bool a_lost = a.state == State::Lost;
        const bool b_lost = b.state == State::Lost;
        return a_lost != b_lost ? a_lost : a.ns > b.ns;
    }

    void begin(TimeNs start, TimeNs end) {
        if (is_new_)
            start_ = start;
        is_new_ = false;
        end_ = end;
    }

    // Idle is no part: it leaves the lane bare, as it does between spans.
    void add_part(const CellPart& part) {
        if (part.state == State::Idle || part.state == State::Parked)
            return;
        for (CellPart& known : std::span(parts_.data(), count_)) {
            if (known.g == part.g && known.state == part.state) {
                known.ns += part.ns;
                known.count += part.count;
                return;
            }
        }
        parts_[count_++] = part;
    }

    TimeNs start_ = 0;
    TimeNs end_ = 0;
    bool is_new_ = true;
    /// A cell has room for the spans of the lowest level, or for the parts of the one below.
    std::array<CellPart,
               std::max(kCellSpans, kCellFan* std::tuple_size_v<decltype(LaneCell::parts)>)>
        parts_;
    std::size_t count_ = 0;
    CellPart others_;
};

}  // namespace

CellRange add_cells(std::span<const Span> spans, std::vector<LaneCell>& cells) {
    if (spans.size() < 2 * kCellSpans)
        return {};
    const auto first = static_cast<std::uint32_t>(cells.size());
    CellMaker maker;
    for (std::size_t i = 0; i < spans.size(); i += kCellSpans) {
        for (const Span& span : spans.subspan(i, std::min(kCellSpans, spans.size() - i)))
            maker.add(span);
        cells.push_back(maker.make());
    }
    for (std::size_t below = first; cells.size() - below > 1;) {
        const std::size_t end = cells.size();
        for (std::size_t i = below; i < end; i += kCellFan) {
            for (std::size_t k = i; k < std::min(i + kCellFan, end); ++k)
                maker.add(cells[k]);
            cells.push_back(maker.make());
        }
        below = end;
    }
    return {first, static_cast<std::uint32_t>(spans.size())};
}

}  // namespace golanes::model

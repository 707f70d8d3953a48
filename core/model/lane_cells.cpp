#include "core/model/lane_cells.h"

#include <limits>

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
        std::sort(parts_.begin(), parts_.end(), comes_first);
        LaneCell cell{start_, end_, {}, others_};
        for (std::size_t i = 0; i < parts_.size(); ++i) {
            if (i < cell.parts.size()) {
                cell.parts[i] = parts_[i];
                continue;
            }
            cell.others.ns += parts_[i].ns;
            cell.others.count += parts_[i].count;
        }
        *this = {};
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
        const auto known = std::find_if(parts_.begin(), parts_.end(), [&](const CellPart& one) {
            return one.g == part.g && one.state == part.state;
        });
        if (known == parts_.end())
            return parts_.push_back(part);
        known->ns += part.ns;
        known->count += part.count;
    }

    TimeNs start_ = 0;
    TimeNs end_ = 0;
    bool is_new_ = true;
    std::vector<CellPart> parts_;
    CellPart others_;
};

}  // namespace

CellRange add_cells(std::span<const Span> spans, std::vector<LaneCell>& cells) {
    if (spans.size() < 2 * kCellSpans)
        return {};
    const auto first = static_cast<std::uint32_t>(cells.size());
    CellMaker maker;
    for (std::size_t i = 0; i + kCellSpans <= spans.size(); i += kCellSpans) {
        for (const Span& span : spans.subspan(i, kCellSpans))
            maker.add(span);
        cells.push_back(maker.make());
    }
    std::size_t below = first;
    std::size_t count = cells.size() - first;
    while (count >= kCellFan) {
        for (std::size_t i = 0; i + kCellFan <= count; i += kCellFan) {
            for (std::size_t k = 0; k < kCellFan; ++k)
                maker.add(cells[below + i + k]);
            cells.push_back(maker.make());
        }
        below += count;
        count = cells.size() - below;
    }
    return {first, static_cast<std::uint32_t>(spans.size())};
}

}  // namespace golanes::model

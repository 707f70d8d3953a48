#include "ui/view/event_filter.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

#include "ui/view/event_steps.h"

namespace golanes::view {
namespace {

std::string lowered(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

/// "g7" with the letter g: 7.
std::optional<std::uint32_t> numbered(std::string_view text, char letter) {
    if (text.size() < 2 || text.front() != letter)
        return std::nullopt;
    std::uint32_t number = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data() + 1, end, number);
    if (error != std::errc{} || stop != end)
        return std::nullopt;
    return number;
}

bool is_of_goroutine(const trace::Event& event) {
    return event.a != 0 && trace::info_of(event.type).a.starts_with("goroutine");
}

}  // namespace

void EventFilter::set(EventQuery query) {
    if (query == query_)
        return;
    query_ = std::move(query);
    read_query();
    begin_anew();
}

void EventFilter::read_query() {
    wanted_ = lowered(query_.text);
    wanted_goroutine_ = numbered(wanted_, 'g').value_or(0);
    wanted_proc_ = static_cast<ProcId>(
        std::min<std::uint32_t>(numbered(wanted_, 'p').value_or(kNoProc), kNoProc));
    for (std::size_t i = 0; i < type_matches_.size(); ++i) {
        const auto type = static_cast<trace::EventType>(i);
        type_matches_[i] = trace::info_of(type).name.find(wanted_) != std::string_view::npos;
    }
}

bool EventFilter::filters() const {
    return !query_.text.empty() || query_.mask != kEveryType;
}

void EventFilter::begin_anew() {
    first_ = 0;
    next_ = 0;
    run_ = 0;
    known_names_.clear();
    found_.clear();
}

bool EventFilter::names_match(const model::Timeline& timeline, GoroutineId g) {
    if (g >= known_names_.size())
        known_names_.resize(g + std::size_t{1});
    std::uint8_t& known = known_names_[g];
    if (known == 0) {
        const std::string name = lowered(timeline.goroutine_name(run_, g));
        known = name.find(wanted_) != std::string::npos ? 2 : 1;
    }
    return known == 2;
}

bool EventFilter::matches(const model::Timeline& timeline, const trace::Event& event) {
    if (event.type == trace::EventType::RunBegin) {
        run_ = event.a;
        known_names_.clear();
    }
    if (query_.mask != kEveryType && !in_mask(query_.mask, event.type))
        return false;
    if (wanted_.empty())
        return true;
    if (wanted_goroutine_ != 0)
        return event.a == wanted_goroutine_ && is_of_goroutine(event);
    if (wanted_proc_ != kNoProc)
        return event.p == wanted_proc_;
    const auto type = static_cast<std::size_t>(event.type);
    return (type < type_matches_.size() && type_matches_[type]) ||
           (is_of_goroutine(event) && names_match(timeline, event.a));
}

bool EventFilter::advance(const model::Timeline& timeline, std::uint64_t most) {
    const recording::Snapshot& recording = timeline.recording();
    const void* identity = recording.meta.get();
    if (std::exchange(recording_, identity) != identity || recording.end_index() < next_)
        begin_anew();
    first_ = recording.first_index();
    next_ = std::max(next_, first_);
    if (!filters()) {
        next_ = recording.end_index();
        return true;
    }
    if (!found_.empty() && found_.front() < first_)
        found_.erase(found_.begin(), std::lower_bound(found_.begin(), found_.end(), first_));
    if (run_ == 0 && next_ < recording.end_index()) {
        const auto time = static_cast<TimeNs>(recording.event(next_).time);
        const model::RunInfo* run = timeline.run_at(time);
        run_ = run != nullptr ? run->number : 0;
    }
    const std::uint64_t end = std::min(recording.end_index(), next_ + most);
    for (; next_ < end; ++next_) {
        if (matches(timeline, recording.event(next_)))
            found_.push_back(next_);
    }
    return next_ == recording.end_index();
}

std::uint64_t EventFilter::size() const {
    return filters() ? found_.size() : next_ - first_;
}

std::uint64_t EventFilter::event_of(std::uint64_t row) const {
    return filters() ? found_[row] : first_ + row;
}

std::uint64_t EventFilter::row_of(std::uint64_t event) const {
    if (!filters())
        return event <= first_ ? 0 : event - first_;
    const auto at = std::lower_bound(found_.begin(), found_.end(), event);
    return static_cast<std::uint64_t>(at - found_.begin());
}

}  // namespace golanes::view

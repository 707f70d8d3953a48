#include "core/model/builder.h"

#include <algorithm>

#include "core/model/builder_impl.h"

namespace golanes::model {

TimelineBuilder::TimelineBuilder() : impl_(std::make_unique<Impl>()) {}

TimelineBuilder::~TimelineBuilder() = default;

void TimelineBuilder::advance(const recording::Snapshot& snapshot) {
    impl_->advance(snapshot);
}

Timeline TimelineBuilder::timeline() const {
    return Timeline(impl_->freeze());
}

Timeline build_timeline(const recording::Snapshot& snapshot) {
    TimelineBuilder builder;
    builder.advance(snapshot);
    return builder.timeline();
}

void TimelineBuilder::Impl::advance(const recording::Snapshot& snapshot) {
    snapshot_ = std::make_shared<recording::Snapshot>(snapshot);
    if (snapshot.event_count() == 0)
        return;
    if (!begun_ && snapshot.meta->procs > 0)
        queues_.set_proc_count(snapshot.meta->procs);
    if (!begun_ && (snapshot.first_index() > 0 || snapshot.honesty.shed > 0))
        history_missing_ = true;
    begun_ = true;
    shed(snapshot);
    for (std::size_t i = 0; i < snapshot.chunks.size(); ++i) {
        const std::span<const trace::Event> events = snapshot.events(i);
        const std::uint64_t first = snapshot.chunks[i]->first_index();
        if (first + events.size() <= next_event_ || events.empty())
            continue;
        if (next_event_ <= first)
            begin_segment(*snapshot.chunks[i]);
        for (const trace::Event& event : events.subspan(next_event_ - first))
            read(event);
        next_event_ = first + events.size();
    }
}

void TimelineBuilder::Impl::begin_segment(const recording::Chunk& chunk) {
    const TimeNs begin = std::max(
        now_, static_cast<TimeNs>(std::min<std::uint64_t>(chunk.data()[0].time, INT64_MAX)));
    const bool gap =
        chunk.first_index() > next_event_ || (segments_begun_ == 0 && history_missing_);
    if (open_)
        sealed_.push_back(sealer_.seal(*open_, now_));
    // Fresh memory costs as much as what is written to it.
    if (open_ && !open_is_shared_)
        open_->clear();
    else
        open_ = std::make_shared<OpenSegment>();
    open_is_shared_ = false;
    open_->number = segments_begun_++;
    open_->first_event = chunk.first_index();
    open_->begin = begin;
    most_queued_.assign(most_queued_.size(), 0);
    next_event_ = chunk.first_index();
    if (gap)
        note_missing_history(begin);
    open_->queues = queues_;
    open_->tally = std::make_shared<const Tally>(tally_.freeze());
    levels_.border(begin, tally_.oldest_running(begin));
}

// What was read before stays true up to its last event; from there to the next event all is
// unknown.
void TimelineBuilder::Impl::note_missing_history(TimeNs until) {
    history_missing_ = true;
    ++losses_;
    lose_lanes(LaneKind::Proc, procs_, until);
    lose_lanes(LaneKind::Machine, machines_, until);
    for (std::uint32_t c = 0; c < cpus_.size(); ++c)
        close_lane({LaneKind::Cpu, c}, cpus_[c].head, 0);
    for (std::size_t id = 0; id < goroutines_.id_limit(); ++id) {
        const GoroutineRecord* record = goroutines_.find(id);
        if (record != nullptr && record->lane.open)
            close_goroutine(goroutines_.write(id), 0);
    }
    queues_.forget();
    tally_.forget(&levels_);
    now_ = until;
    if (in_run_)
        set_proc_exists(queues_.proc_count());
}

void TimelineBuilder::Impl::lose_lanes(LaneKind kind, std::vector<Lane>& lanes, TimeNs until) {
    for (std::uint32_t i = 0; i < lanes.size(); ++i) {
        Lane& lane = lanes[i];
        const bool was_open = lane.head.open;
        lane.running = 0;
        close_lane({kind, i}, lane.head, 0);
        if (was_open && until > now_) {
            lane.head.state = State::Lost;
            lane.head.g = 0;
            emit({kind, i}, lane.head, now_, until);
        }
    }
}

void TimelineBuilder::Impl::shed(const recording::Snapshot& snapshot) {
    const std::uint64_t first = snapshot.first_index();
    const auto kept = std::find_if(sealed_.begin(), sealed_.end(), [&](const auto& segment) {
        return segment->first_event >= first;
    });
    const bool any = kept != sealed_.begin();
    levels_.shed(static_cast<std::size_t>(kept - sealed_.begin()));
    sealed_.erase(sealed_.begin(), kept);
    if (open_ && open_->first_event < first) {
        open_.reset();
        levels_.shed(1);
    }
    if (!any)
        return;
    const TimeNs start = snapshot.start_ns();
    goroutines_.drop_blocks_if([&](const GoroutineRecord& record) {
        return record.info.ended >= 0 && record.info.ended < start;
    });
    drop_counts(proc_counts_, start);
    drop_counts(cpu_counts_, start);
}

void TimelineBuilder::Impl::violate(ProcId p, GoroutineId g, std::string text) {
    constexpr std::size_t kKeptTexts = 20;
    ++violations_;
    if (violation_texts_->size() < kKeptTexts) {
        auto texts = std::make_shared<std::vector<std::string>>(*violation_texts_);
        texts->push_back(text);
        violation_texts_ = std::move(texts);
    }
    open_->marks.push_back({now_, MarkKind::Violation, p, g, violations_, std::move(text)});
}

void TimelineBuilder::Impl::mark(const trace::Event& event,
                                 MarkKind kind,
                                 std::uint64_t value,
                                 std::string text) {
    const bool of_goroutine = kind != MarkKind::ProcCount && kind != MarkKind::CpuCount &&
                              kind != MarkKind::WorldStop && kind != MarkKind::Steal &&
                              kind != MarkKind::HandOff && kind != MarkKind::Loss &&
                              kind != MarkKind::Deadlock;
    open_->marks.push_back(
        {now_, kind, event.p, of_goroutine ? event.a : 0, value, std::move(text)});
}

void TimelineBuilder::Impl::note_queues(const trace::Event& event) {
    if (const auto problem = queues_.apply(event))
        violate(event.p, problem->goroutine, problem_text(*problem));
    for (const trace::QueueId queue : queues_.touched())
        push_step(queue);
}

void TimelineBuilder::Impl::push_step(trace::QueueId queue) {
    const std::size_t number = queue_number(queue);
    if (number >= last_lengths_.size()) {
        most_queued_.resize(number + 1, 0);
        last_lengths_.resize(number + 1, 0);
    }
    const std::uint32_t length = queues_.length(queue);
    if (length == last_lengths_[number])
        return;
    last_lengths_[number] = length;
    most_queued_[number] = std::max(most_queued_[number], length);
    log_of(open_->step_logs, number).push_back({now_, queue, length});
}

void TimelineBuilder::Impl::add_lane_ends(TimelineData& data,
                                          LaneKind kind,
                                          const std::vector<Lane>& lanes) const {
    for (std::uint32_t i = 0; i < lanes.size(); ++i) {
        LaneEnd end{{kind, i}, lanes[i].head, nullptr, 0};
        if (open_ && end.head.segment == open_->number) {
            end.log = open_->span_logs[static_cast<std::size_t>(kind)][i].get();
            end.count = end.log->size();
        }
        if (end.head.open || end.log != nullptr)
            data.lane_ends.push_back(end);
    }
}

std::shared_ptr<const RunTable> TimelineBuilder::Impl::freeze_run() {
    auto table = std::make_shared<RunTable>();
    table->info = run_;
    table->goroutines = goroutines_.freeze();
    table->objects = objects_.freeze();
    return table;
}

std::shared_ptr<const TimelineData> TimelineBuilder::Impl::freeze() {
    auto data = std::make_shared<TimelineData>();
    data->recording = snapshot_;
    data->end = now_;
    data->sealed = sealed_;
    data->levels = levels_.settled();
    data->open = open_;
    open_is_shared_ = true;
    data->start = !sealed_.empty() ? sealed_.front()->begin : open_ ? open_->begin : 0;
    if (open_)
        data->filled = {open_->marks.size(), open_->runs.size(), open_->lanes.size()};
    add_lane_ends(*data, LaneKind::Proc, procs_);
    add_lane_ends(*data, LaneKind::Machine, machines_);
    add_lane_ends(*data, LaneKind::Cpu, cpus_);
    for (std::size_t i = 0; open_ && i < open_->step_logs.size(); ++i) {
        const StepLog* log = open_->step_logs[i].get();
        data->step_ends.push_back({log, log == nullptr ? 0 : log->size()});
    }
    data->most_queued = most_queued_;
    if (in_run_)
        data->current_run = freeze_run();
    data->proc_counts = proc_counts_;
    data->cpu_counts = cpu_counts_;
    data->violations = violations_;
    data->violation_texts = violation_texts_;
    return data;
}

}  // namespace golanes::model

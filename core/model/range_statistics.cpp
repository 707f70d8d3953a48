#include "core/model/range_statistics.h"

#include <algorithm>

#include "core/model/levels_in_range.h"
#include "core/model/timeline_data.h"

namespace golanes::model {
namespace {

constexpr std::size_t index_of(State state) {
    return static_cast<std::size_t>(state);
}

// --- The tally of a moment: all that happened before it.

struct Moment {
    TimeNs time = 0;
    Tally tally;
};

struct Kept {
    std::uint64_t first_event = 0;
    TimeNs begin = 0;
    const Tally* tally = nullptr;
};

// The newest segment that begins before t: what came before it is older than t, too.
Kept kept_before(const TimelineData& data, TimeNs t) {
    if (data.open && data.open->tally && (data.open->begin < t || data.sealed.empty()))
        return {data.open->first_event, data.open->begin, data.open->tally.get()};
    auto after = std::partition_point(data.sealed.begin(),
                                      data.sealed.end(),
                                      [&](const auto& segment) { return segment->begin < t; });
    if (after == data.sealed.end() && after == data.sealed.begin())
        return {};
    const auto& segment = after == data.sealed.begin() ? *after : *(after - 1);
    return {segment->first_event, segment->begin, segment->tally.get()};
}

Moment moment_at(const Timeline& timeline, TimeNs t) {
    const TimelineData& data = timeline.data();
    t = std::clamp(t, data.start, data.end + 1);
    const Kept kept = kept_before(data, t);
    if (kept.tally == nullptr)
        return {t, {}};
    Moment moment{t, *kept.tally};
    moment.tally = moment.tally.freeze();  // the kept one's blocks are shared: write copies only
    const recording::Snapshot& recording = timeline.recording();
    const std::uint64_t held = kept.first_event - recording.first_index();
    TimeNs now = kept.begin;
    for (const trace::Event& event : recording.events(held / recording::kChunkEvents)) {
        now = std::max(now, static_cast<TimeNs>(std::min<std::uint64_t>(event.time, INT64_MAX)));
        if (now >= t)
            break;
        moment.tally.read(event, now);
    }
    return moment;
}

// --- Stretches told after the fact that reach up to the moment or over it: the events that tell of
// them are not before it.

struct Correction {
    ProcId p = 0;
    GoroutineId goroutine = 0;
    State state = State::OffCpu;
    DurationNs length = 0;
};

std::vector<Correction> corrections_at(const Timeline& timeline, const Moment& moment) {
    std::vector<Correction> corrections;
    for (std::size_t p = 0; p < moment.tally.procs().size(); ++p) {
        const GoroutineId runs = moment.tally.running_on(static_cast<ProcId>(p));
        if (runs == 0)
            continue;
        const auto span =
            timeline.span_at({LaneKind::Proc, static_cast<std::uint32_t>(p)}, moment.time - 1);
        const bool is_told_later =
            span && (span->state == State::OffCpu || span->state == State::Lost);
        if (is_told_later && span->g == runs && span->start < moment.time)
            corrections.push_back(
                {static_cast<ProcId>(p), runs, span->state, moment.time - span->start});
    }
    return corrections;
}

void correct(std::array<DurationNs, kStates>& times, const std::vector<Correction>& corrections) {
    for (const Correction& one : corrections) {
        times[index_of(State::Running)] -= one.length;
        times[index_of(one.state)] += one.length;
    }
}

DurationNs running_of(const Moment& moment,
                      std::size_t p,
                      const std::vector<Correction>& corrections) {
    if (p >= moment.tally.procs().size())
        return 0;
    const ProcTally& proc = moment.tally.procs()[p];
    DurationNs sum = proc.running + (proc.runs != 0 ? moment.time - proc.since : 0);
    for (const Correction& one : corrections)
        sum -= one.p == p ? one.length : 0;
    return sum;
}

// --- Sums over the range

template <std::size_t N>
std::array<DurationNs, N> difference(std::array<DurationNs, N> a,
                                     const std::array<DurationNs, N>& b) {
    for (std::size_t i = 0; i < N; ++i)
        a[i] -= b[i];
    return a;
}

Histogram difference(Histogram a, const Histogram& b) {
    a.subtract(b);
    return a;
}

struct Ends {
    Moment from;
    Moment to;
    std::vector<Correction> from_corrections;
    std::vector<Correction> to_corrections;
};

Ends ends_of(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    Ends ends{moment_at(timeline, t0), moment_at(timeline, t1), {}, {}};
    ends.from_corrections = corrections_at(timeline, ends.from);
    ends.to_corrections = corrections_at(timeline, ends.to);
    return ends;
}

void add_states(const Ends& ends, RangeStatistics& result) {
    auto before = ends.from.tally.state_times(ends.from.time);
    auto after = ends.to.tally.state_times(ends.to.time);
    correct(before, ends.from_corrections);
    correct(after, ends.to_corrections);
    result.state_ns = difference(after, before);
    result.wait_ns = difference(ends.to.tally.wait_times(ends.to.time),
                                ends.from.tally.wait_times(ends.from.time));
    result.latency = difference(ends.to.tally.latency(), ends.from.tally.latency());
    result.waiting = difference(ends.to.tally.waiting(), ends.from.tally.waiting());
    result.slices = difference(ends.to.tally.slices(), ends.from.tally.slices());
    result.counts = ends.to.tally.counts();
    result.counts.subtract(ends.from.tally.counts());
}

void add_procs(const Ends& ends, RangeStatistics& result) {
    const auto& before = ends.from.tally.procs();
    const auto& after = ends.to.tally.procs();
    for (std::size_t p = 0; p < after.size(); ++p) {
        static const ProcTally kNothing;
        const ProcTally& old = p < before.size() ? before[p] : kNothing;
        ProcStatistics proc;
        proc.p = static_cast<ProcId>(p);
        proc.running_ns = running_of(ends.to, p, ends.to_corrections) -
                          running_of(ends.from, p, ends.from_corrections);
        proc.switches = after[p].switches - old.switches;
        proc.steals = after[p].steals - old.steals;
        proc.preemptions = after[p].preemptions - old.preemptions;
        proc.latency = difference(after[p].latency, old.latency);
        result.procs.push_back(proc);
    }
}

// Wall time of the runs in the range, and of all their Ps together.
void add_wall(const Timeline& timeline, TimeNs t0, TimeNs t1, RangeStatistics& result) {
    for (const RunInfo& run : timeline.runs()) {
        const TimeNs begin = std::max({run.begin, t0, timeline.start()});
        const TimeNs end = std::min(run.end < 0 ? timeline.end() : run.end, t1);
        if (end <= begin)
            continue;
        result.sums.wall_ns += end - begin;
        TimeNs since = begin;
        for (const CountStep& step : timeline.proc_counts()) {
            if (step.time <= since || step.time >= end)
                continue;
            result.procs_ns += (step.time - since) * timeline.procs_at(since);
            since = step.time;
        }
        result.procs_ns += (end - since) * timeline.procs_at(since);
    }
}

double share(DurationNs part, DurationNs whole) {
    return whole > 0 ? static_cast<double>(part) / static_cast<double>(whole) : 0;
}

void add_sums(RangeStatistics& result) {
    Statistics& sums = result.sums;
    sums.cpu_ns = result.state_ns[index_of(State::Running)];
    sums.off_cpu_ns = result.state_ns[index_of(State::OffCpu)];
    for (std::size_t level = 2; level < result.level_ns.size(); ++level)
        sums.overlap_ns += result.level_ns[level];
    for (std::size_t level = 0; level < result.level_ns.size(); ++level)
        sums.max_running = result.level_ns[level] > 0 ? static_cast<int>(level) : sums.max_running;
    sums.goroutines = result.counts.created;
    sums.switches = result.counts.switches;
    sums.steals = result.counts.steals;
    sums.preemptions = result.counts.preemptions;
    sums.parallelism = share(sums.cpu_ns, sums.wall_ns);
    result.utilisation = share(sums.cpu_ns, result.procs_ns);
}

// --- Goroutines

GoroutineStatistics sums_at(const Moment& moment,
                            const GoroutineTally& tally,
                            GoroutineId id,
                            const std::vector<Correction>& corrections) {
    GoroutineStatistics sums{id, tally.time, tally.starts, tally.preemptions};
    if (tally.state != State::Count_ && index_of(tally.state) < sums.time.size())
        sums.time[index_of(tally.state)] += moment.time - tally.since;
    for (const Correction& one : corrections) {
        if (one.goroutine != id)
            continue;
        sums.time[index_of(State::Running)] -= one.length;
        if (index_of(one.state) < sums.time.size())
            sums.time[index_of(one.state)] += one.length;
    }
    return sums;
}

std::vector<GoroutineStatistics> table_at(const Timeline& timeline, TimeNs t) {
    const Moment moment = moment_at(timeline, t);
    const auto corrections = corrections_at(timeline, moment);
    std::vector<GoroutineStatistics> table(moment.tally.goroutines().id_limit());
    moment.tally.goroutines().for_each([&](std::size_t id, const GoroutineTally& tally) {
        table[id] = sums_at(moment, tally, static_cast<GoroutineId>(id), corrections);
    });
    return table;
}

// The end of a run clears the tally: what its goroutines did stands in its table.
std::vector<GoroutineStatistics> table_at_end(const Timeline& timeline, std::uint32_t run) {
    std::vector<GoroutineStatistics> table;
    const auto before_end = table_at(timeline, timeline.data().run(run)->info.end);
    for (const GoroutineInfo& info : timeline.goroutines(run)) {
        table.resize(std::max(table.size(), std::size_t{info.id} + 1));
        GoroutineStatistics& sums = table[info.id];
        sums.id = info.id;
        sums.time[index_of(State::Runnable)] = info.runnable_ns;
        sums.time[index_of(State::Running)] = info.run_ns;
        sums.time[index_of(State::OffCpu)] = info.off_cpu_ns;
        sums.time[index_of(State::Waiting)] = info.waiting_ns;
        sums.time[index_of(State::Blocking)] = info.blocking_ns;
        sums.starts = info.run_slices;
        if (info.id < before_end.size())
            sums.preemptions = before_end[info.id].preemptions;
    }
    return table;
}

}  // namespace

RangeStatistics range_statistics(const Timeline& timeline, TimeNs t0, TimeNs t1) {
    RangeStatistics result;
    t0 = std::max(t0, timeline.start());
    t1 = std::min(t1, timeline.end() + 1);
    if (t1 <= t0)
        return result;
    const Ends ends = ends_of(timeline, t0, t1);
    add_states(ends, result);
    add_procs(ends, result);
    add_wall(timeline, t0, t1, result);
    result.level_ns = levels_in_range(timeline, t0, std::min(t1, timeline.end()));
    add_sums(result);
    return result;
}

std::vector<GoroutineStatistics> goroutine_statistics(const Timeline& timeline,
                                                      std::uint32_t run,
                                                      TimeNs t0,
                                                      TimeNs t1) {
    std::vector<GoroutineStatistics> result;
    const RunTable* table = timeline.data().run(run);
    if (table == nullptr)
        return result;
    const RunInfo& info = table->info;
    const bool has_ended = info.end >= 0 && t1 > info.end;
    const auto after = has_ended ? table_at_end(timeline, run) : table_at(timeline, t1);
    // Whatever began before what is held was counted before it, too.
    const bool whole = t0 <= info.begin;
    const auto before =
        whole ? std::vector<GoroutineStatistics>() : table_at(timeline, std::max(t0, info.begin));
    for (std::size_t id = 1; id < after.size(); ++id) {
        GoroutineStatistics sums = after[id];
        if (sums.id == 0)
            continue;
        if (id < before.size()) {
            sums.time = difference(sums.time, before[id].time);
            sums.starts -= before[id].starts;
            sums.preemptions -= before[id].preemptions;
        }
        const bool did_anything =
            sums.starts > 0 ||
            std::any_of(sums.time.begin(), sums.time.end(), [](DurationNs t) { return t > 0; });
        if (did_anything)
            result.push_back(sums);
    }
    return result;
}

OneGoroutine one_goroutine(
    const Timeline& timeline, std::uint32_t run, GoroutineId id, TimeNs t0, TimeNs t1) {
    OneGoroutine result;
    result.sums.id = id;
    DurationNs slice = 0;
    std::optional<TimeNs> queued;
    timeline.for_each_span({LaneKind::Goroutine, id}, t0, t1, [&](const Span& span) {
        if (span.run != run)
            return;
        const DurationNs inside = std::min(span.end, t1) - std::max(span.start, t0);
        if (index_of(span.state) < result.sums.time.size())
            result.sums.time[index_of(span.state)] += inside;
        if (span.state == State::Waiting)
            result.wait_ns[std::min<std::size_t>(span.detail, kWaitReasons - 1)] += inside;
        const bool ends_here = span.end < t1 && (span.flags & Span::kOpen) == 0;
        if (ends_here && span.state == State::Waiting)
            result.waiting.add(span.length());
        if (ends_here && span.state == State::Runnable)
            result.latency.add(span.length());
        const bool runs = span.state == State::Running || span.state == State::OffCpu;
        if (span.state == State::Running)
            slice += span.length();
        if (!runs && slice > 0)
            result.slices.add(std::exchange(slice, 0));
    });
    for (const GoroutineStatistics& sums : goroutine_statistics(timeline, run, t0, t1)) {
        if (sums.id == id)
            result.sums = sums;
    }
    return result;
}

std::vector<RunningColumn> running_over_time(const Timeline& timeline,
                                             TimeNs t0,
                                             TimeNs t1,
                                             std::size_t columns) {
    std::vector<RunningColumn> result(columns);
    if (t1 <= t0 || columns == 0)
        return result;
    const double width = static_cast<double>(t1 - t0) / static_cast<double>(columns);
    const auto add = [&](double from, double to, double mean, int most) {
        const double a = (from - static_cast<double>(t0)) / width;
        const double b = (to - static_cast<double>(t0)) / width;
        for (auto i = static_cast<std::size_t>(std::max(a, 0.0));
             i < columns && static_cast<double>(i) < b;
             ++i) {
            const auto left = static_cast<double>(i);
            result[i].mean += mean * (std::min(b, left + 1) - std::max(a, left));
            result[i].most = std::max(result[i].most, most);
        }
    };
    for (const LevelPart& part : level_parts(timeline, t0, t1, true)) {
        const double bucket = part.summary == nullptr
                                  ? 0
                                  : static_cast<double>(part.summary->end - part.summary->begin) /
                                        static_cast<double>(LevelSummary::kBuckets);
        if (part.summary == nullptr || bucket > width) {
            sweep_lanes(timeline, part.begin, part.end, [&](TimeNs from, TimeNs to, int level) {
                add(static_cast<double>(from), static_cast<double>(to), level, level);
            });
            continue;
        }
        for (std::size_t i = 0; i < LevelSummary::kBuckets; ++i) {
            const LevelSummary::Bucket& one = part.summary->buckets[i];
            const double from =
                static_cast<double>(part.summary->begin) + bucket * static_cast<double>(i);
            if (one.most > 0)
                add(from, from + bucket, static_cast<double>(one.mean), one.most);
        }
    }
    return result;
}

}  // namespace golanes::model

#pragma once
// Writes recordings for tests in a few words: run().create(1).start(1).at(10).block(1, ...). Queue
// indices are counted here, so that a schedule written in order is a legal one.
#include <map>
#include <memory>
#include <string>

#include "core/model/builder.h"
#include "core/recording/recording.h"

namespace golanes::model::test {

using trace::EventType;
using trace::QueueKind;

class EventBuilder {
 public:
    explicit EventBuilder(recording::Meta meta = {}, std::size_t budget_bytes = 0)
        : recording_(std::move(meta), budget_bytes) {}

    // Where and when the next events happen.
    EventBuilder& at(TimeNs time) { return now_ = time, *this; }

    EventBuilder& after(DurationNs step) { return now_ += step, *this; }

    EventBuilder& on(ProcId p, CpuId cpu = kNoCpu) { return p_ = p, cpu_ = cpu, *this; }

    EventBuilder& place(PlaceId where) { return where_ = where, *this; }

    [[nodiscard]] TimeNs now() const { return now_; }

    EventBuilder& raw(EventType type,
                      std::uint32_t a,
                      std::uint8_t flags = 0,
                      std::uint64_t arg = 0,
                      std::uint32_t seq = 0) {
        const trace::Event event{
            static_cast<std::uint64_t>(now_), a, seq, type, flags, cpu_, p_, where_, arg};
        recording_.append({&event, 1});
        return *this;
    }

    // The run.
    EventBuilder& run(std::uint32_t number = 1, std::uint64_t seed = 0) {
        indices_.clear();
        return raw(EventType::RunBegin, number, 0, seed);
    }

    EventBuilder& end_run(trace::RunStatus status = trace::RunStatus::Ok,
                          std::uint32_t number = 1,
                          StringId message = 0) {
        return raw(EventType::RunEnd, number, static_cast<std::uint8_t>(status), message);
    }

    EventBuilder& procs(std::uint32_t now, std::uint32_t before = 0) {
        return raw(EventType::ProcCount, now, 0, before);
    }

    // A goroutine's life; queues of the present P.
    EventBuilder& create(GoroutineId g, QueueKind to = QueueKind::Ring, GoroutineId creator = 0) {
        return put(EventType::GoCreate, g, to, 0, creator);
    }

    EventBuilder& start(GoroutineId g, QueueKind from = QueueKind::Ring) {
        const std::uint32_t index = has_index(from) ? head(queue(from))++ : 0;
        return raw(EventType::GoStart, g, static_cast<std::uint8_t>(from), index);
    }

    EventBuilder& stop(GoroutineId g,
                       QueueKind to = QueueKind::Global,
                       trace::StopReason reason = trace::StopReason::Gosched) {
        return put(EventType::GoStop,
                   g,
                   to,
                   static_cast<std::uint8_t>(static_cast<unsigned>(reason)
                                             << trace::put_flag::kReasonShift),
                   0);
    }

    EventBuilder& block(GoroutineId g,
                        trace::WaitReason reason = trace::WaitReason::ChanReceive,
                        ObjectId object = 0) {
        return raw(EventType::GoBlock, g, static_cast<std::uint8_t>(reason), object);
    }

    EventBuilder& unblock(GoroutineId g, QueueKind to = QueueKind::Ring, GoroutineId waker = 0) {
        return put(EventType::GoUnblock, g, to, 0, waker);
    }

    EventBuilder& end(GoroutineId g) { return raw(EventType::GoEnd, g); }

    EventBuilder& kill(GoroutineId g) { return raw(EventType::GoKilled, g); }

    /// Puts into runnext what pushes the old one to the ring.
    EventBuilder& displace(EventType type, GoroutineId g) {
        const auto flags = static_cast<std::uint8_t>(static_cast<unsigned>(QueueKind::Runnext) |
                                                     trace::put_flag::kDisplacedToRing);
        return raw(type, g, flags, trace::pack_pair(0, tail(queue(QueueKind::Ring))++));
    }

    /// A Move of n goroutines with the indices counted here.
    EventBuilder& move(trace::MoveReason reason,
                       trace::QueueId from,
                       trace::QueueId to,
                       std::uint32_t n) {
        const bool in_hand =
            reason == trace::MoveReason::Steal || reason == trace::MoveReason::GlobalBatch;
        const std::uint32_t from_head = head(from);
        const std::uint32_t to_tail = tail(to);
        head(from) += n;
        if (reason == trace::MoveReason::ProcRemoved) {
            const std::uint32_t length = to_tail - head(to);
            head(to) = to_tail;
            tail(to) = to_tail + n + length;
        } else {
            tail(to) += n - (in_hand ? 1 : 0);
        }
        return raw(EventType::Move,
                   (std::uint32_t{trace::pack(from)} << 16) | trace::pack(to),
                   static_cast<std::uint8_t>(reason),
                   trace::pack_pair(from_head, to_tail),
                   n);
    }

    EventBuilder& names(trace::Names names) {
        recording_.set_names(std::make_shared<trace::Names>(std::move(names)));
        return *this;
    }

    [[nodiscard]] recording::Snapshot snapshot() {
        recording_.publish();
        return recording_.snapshot();
    }

    [[nodiscard]] Timeline timeline() { return build_timeline(snapshot()); }

 private:
    static bool has_index(QueueKind kind) {
        return kind == QueueKind::Ring || kind == QueueKind::Global;
    }

    [[nodiscard]] trace::QueueId queue(QueueKind kind) const {
        return {kind, kind == QueueKind::Global ? ProcId{0} : p_};
    }

    std::uint32_t& head(trace::QueueId queue) { return indices_[trace::pack(queue)].first; }

    std::uint32_t& tail(trace::QueueId queue) { return indices_[trace::pack(queue)].second; }

    EventBuilder& put(
        EventType type, GoroutineId g, QueueKind to, std::uint8_t flags, GoroutineId other) {
        const std::uint32_t index = has_index(to) ? tail(queue(to))++ : 0;
        return raw(type,
                   g,
                   static_cast<std::uint8_t>(flags | static_cast<unsigned>(to)),
                   trace::pack_pair(other, index));
    }

    recording::Recording recording_;
    TimeNs now_ = 0;
    ProcId p_ = 0;
    CpuId cpu_ = kNoCpu;
    PlaceId where_ = 0;
    std::map<std::uint16_t, std::pair<std::uint32_t, std::uint32_t>>
        indices_;  ///< Head and tail by packed queue.
};

inline constexpr LaneId proc_lane(std::uint32_t p) {
    return {LaneKind::Proc, p};
}

inline constexpr LaneId goroutine_lane(std::uint32_t g) {
    return {LaneKind::Goroutine, g};
}

inline constexpr LaneId machine_lane(std::uint32_t m) {
    return {LaneKind::Machine, m};
}

inline constexpr LaneId cpu_lane(std::uint32_t c) {
    return {LaneKind::Cpu, c};
}

/// "runnable 0-5, running 5-9" of one lane, for readable expectations.
inline std::string lane_text(const Timeline& timeline, LaneId lane) {
    static constexpr const char* kStates[] = {"runnable",
                                              "running",
                                              "offcpu",
                                              "waiting",
                                              "blocking",
                                              "idle",
                                              "spinning",
                                              "parked",
                                              "stopped",
                                              "lost"};
    std::string text;
    timeline.for_each_span(lane, INT64_MIN, INT64_MAX, [&](const Span& span) {
        text += text.empty() ? "" : ", ";
        text += kStates[static_cast<std::size_t>(span.state)];
        if (lane.kind != LaneKind::Goroutine && span.g != 0)
            text += " g" + std::to_string(span.g);
        text += " " + std::to_string(span.start) + "-" + std::to_string(span.end);
        if ((span.flags & Span::kOpen) != 0)
            text += " open";
    });
    return text;
}

}  // namespace golanes::model::test

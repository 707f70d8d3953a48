#pragma once
// The inside of TimelineBuilder. build_events.cpp reads events, build_lanes.cpp opens and closes
// stretches, build_runs.cpp keeps runs and objects, builder.cpp keeps segments.
#include <string>
#include <vector>

#include "core/model/builder.h"
#include "core/model/run_levels.h"
#include "core/model/timeline_data.h"

namespace golanes::model {

/// Greater numbers are damage.
inline constexpr CpuId kMaxCpus = 4096;

/// Threads: one at a time.
struct TimelineBuilder::Impl {
    void advance(const recording::Snapshot& snapshot);
    std::shared_ptr<const TimelineData> freeze();

 private:
    struct Lane {
        LaneHead head;
        GoroutineId running = 0;  ///< P: the goroutine on it, even while the world is stopped.
        GoroutineId in_call = 0;  ///< P: the goroutine whose blocking call keeps it.
        bool exists = false;      ///< P: it is one of the Ps there are now.
    };

    // builder.cpp: segments, snapshots, violations.
    void begin_segment(const recording::Chunk& chunk);
    void shed(const recording::Snapshot& snapshot);
    void note_missing_history(TimeNs until);
    void lose_lanes(LaneKind kind, std::vector<Lane>& lanes, TimeNs until);
    void push_step(trace::QueueId queue);
    void add_lane_ends(TimelineData& data, LaneKind kind, const std::vector<Lane>& lanes) const;
    [[nodiscard]] std::shared_ptr<const RunTable> freeze_run();
    void violate(ProcId p, GoroutineId g, std::string text);
    void mark(const trace::Event& event, MarkKind kind, std::uint64_t value, std::string text = {});
    void note_queues(const trace::Event& event);

    // build_events.cpp: one handler per kind of event.
    void read(const trace::Event& event);
    void read_goroutine(const trace::Event& event);
    void read_proc(const trace::Event& event);
    void read_machine(const trace::Event& event);
    void read_mark(const trace::Event& event);
    GoroutineRecord* step(const trace::Event& event);
    void go_create(GoroutineRecord& record, const trace::Event& event);
    void ensure_proc(const trace::Event& event);
    void go_start(GoroutineRecord& record, const trace::Event& event);
    void go_stop(GoroutineRecord& record, const trace::Event& event);
    void go_block(GoroutineRecord& record, const trace::Event& event);
    void go_end(GoroutineRecord& record, const trace::Event& event);
    void go_unblock(GoroutineRecord& record, const trace::Event& event);
    void blocking_begin(GoroutineRecord& record, const trace::Event& event);
    void blocking_end(GoroutineRecord& record);
    void off_cpu(const trace::Event& event);
    void stack_size(const trace::Event& event);
    void loss(const trace::Event& event);
    void world(const trace::Event& event);
    void proc_count(const trace::Event& event);
    void cpu_count(const trace::Event& event);

    // build_lanes.cpp: stretches.
    void leave_proc(GoroutineRecord& record, std::uint8_t detail);
    void enter(GoroutineRecord& record, State state, const trace::Event& event) const;
    void switch_lane(LaneId id, LaneHead& head, const LaneHead& next, std::uint8_t detail);
    void close_lane(LaneId id, LaneHead& head, std::uint8_t detail);
    void cut_lane(LaneId id, LaneHead& head, TimeNs from, State piece);
    void emit(LaneId id, LaneHead& head, TimeNs start, TimeNs end);
    void close_goroutine(GoroutineRecord& record, std::uint8_t detail);
    void cut_goroutine(GoroutineRecord& record, TimeNs from, State piece);
    void off_cpu_lanes(const GoroutineRecord& record, TimeNs from, CpuId cpu_now);
    void open_cpu(const GoroutineRecord& record);
    void close_cpu(const GoroutineRecord& record, TimeNs end);
    [[nodiscard]] MachineId machine_of(ProcId p) const;
    void refresh_proc(ProcId p, CpuId cpu, PlaceId where, std::uint8_t detail);
    void set_machine(MachineId m, State state, GoroutineId g, ProcId p, CpuId cpu);
    void set_proc_exists(int procs);
    void close_all();
    static Lane& lane(std::vector<Lane>& lanes, std::size_t number);

    // build_runs.cpp: runs, objects.
    void run_begin(const trace::Event& event);
    void run_end(const trace::Event& event);
    void open_run(std::uint32_t number, std::uint64_t seed, bool is_virtual);
    void finish_run();
    void object_make(const trace::Event& event);
    void outcome(const trace::Event& event);
    [[nodiscard]] const std::string& string_of(std::uint64_t id) const;

    // What was read.
    std::shared_ptr<const recording::Snapshot> snapshot_ = std::make_shared<recording::Snapshot>();
    std::uint64_t next_event_ = 0;
    TimeNs now_ = 0;
    bool begun_ = false;            ///< advance() saw a first chunk.
    bool history_missing_ = false;  ///< Events were shed unread, and no run began since.

    // Segments.
    std::vector<std::shared_ptr<const SealedSegment>> sealed_;
    std::shared_ptr<OpenSegment> open_;
    bool open_is_shared_ = false;  ///< A Timeline may be reading it.
    std::uint64_t segments_begun_ = 0;
    Sealer sealer_;
    std::vector<std::uint32_t> most_queued_;
    std::vector<std::uint32_t> last_lengths_;

    // The present.
    QueueState queues_;
    Tally tally_;
    RunLevels levels_;
    std::vector<Lane> procs_;
    std::vector<Lane> machines_;
    std::vector<Lane> cpus_;
    bool world_stopped_ = false;

    // The run.
    bool in_run_ = false;
    bool any_run_ = false;
    RunInfo run_;
    GoroutineTable goroutines_;
    ObjectTable objects_;
    std::uint32_t losses_ = 0;  ///< Gaps in this run so far.

    CountSteps proc_counts_ = no_count_steps();
    CountSteps cpu_counts_ = no_count_steps();
    std::uint64_t violations_ = 0;
    std::shared_ptr<const std::vector<std::string>> violation_texts_ =
        std::make_shared<std::vector<std::string>>();
};

}  // namespace golanes::model

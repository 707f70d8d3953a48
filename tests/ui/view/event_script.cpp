#include "tests/ui/view/event_script.h"

#include "core/model/builder.h"
#include "core/recording/recording.h"

namespace golanes::view {
namespace {

using trace::EventType;

constexpr auto kRing = static_cast<std::uint8_t>(trace::QueueKind::Ring);
constexpr auto kGlobal = static_cast<std::uint8_t>(trace::QueueKind::Global);

}  // namespace

EventScript& EventScript::at(TimeNs time) {
    time_ = time;
    return *this;
}

trace::Event& EventScript::add(EventType type, std::uint32_t a, ProcId p) {
    trace::Event event;
    event.time = static_cast<std::uint64_t>(time_);
    event.type = type;
    event.a = a;
    event.p = p;
    event.cpu = p == kNoProc ? kNoCpu : p;
    events_.push_back(event);
    return events_.back();
}

trace::Event& EventScript::add_counted(EventType type, std::uint32_t a, ProcId p) {
    trace::Event& event = add(type, a, p);
    event.seq = trace::is_proc_event(type) ? ++proc_seq_[p] : ++goroutine_seq_[a];
    return event;
}

EventScript& EventScript::begin_run(int procs) {
    goroutine_seq_.clear();
    proc_seq_.clear();
    ring_head_.clear();
    ring_tail_.clear();
    global_head_ = 0;
    global_tail_ = 0;
    procs_ = 0;
    add(EventType::RunBegin, ++run_, kNoProc);
    return set_procs(procs);
}

EventScript& EventScript::end_run(trace::RunStatus status) {
    add(EventType::RunEnd, run_, kNoProc).flags = static_cast<std::uint8_t>(status);
    return *this;
}

EventScript& EventScript::set_procs(int procs) {
    add(EventType::ProcCount, static_cast<std::uint32_t>(procs), kNoProc).arg =
        static_cast<std::uint64_t>(procs_);
    procs_ = procs;
    return *this;
}

EventScript& EventScript::stop_world() {
    add(EventType::WorldStop, 0, kNoProc).flags =
        static_cast<std::uint8_t>(trace::StopWorldReason::ProcCount);
    return *this;
}

EventScript& EventScript::start_world() {
    add(EventType::WorldStart, 0, kNoProc).flags =
        static_cast<std::uint8_t>(trace::StopWorldReason::ProcCount);
    return *this;
}

EventScript& EventScript::start_proc(ProcId p) {
    add_counted(EventType::ProcStart, p + 1U, p);
    return *this;
}

EventScript& EventScript::stop_proc(ProcId p, trace::ProcStopReason reason) {
    add_counted(EventType::ProcStop, p + 1U, p).flags = static_cast<std::uint8_t>(reason);
    return *this;
}

EventScript& EventScript::create(GoroutineId g, ProcId p, const std::string& name) {
    trace::Event& event = add_counted(EventType::GoCreate, g, p);
    event.flags = kRing;
    event.arg = trace::pack_pair(g == 1 ? 0 : 1, ring_tail_[p]++);
    if (!name.empty()) {
        event.where = static_cast<PlaceId>(names_.places.size());
        names_.places.push_back({"made_up.cpp", 7, "main", name});
    }
    return *this;
}

EventScript& EventScript::create_globally(GoroutineId g, ProcId p) {
    trace::Event& event = add_counted(EventType::GoCreate, g, p);
    event.flags = kGlobal;
    event.arg = trace::pack_pair(1, global_tail_++);
    return *this;
}

EventScript& EventScript::start(GoroutineId g, ProcId p) {
    trace::Event& event = add_counted(EventType::GoStart, g, p);
    event.flags = kRing;
    event.arg = trace::pack_pair(0, ring_head_[p]++);
    return *this;
}

EventScript& EventScript::start_from_global(GoroutineId g, ProcId p) {
    trace::Event& event = add_counted(EventType::GoStart, g, p);
    event.flags = kGlobal;
    event.arg = trace::pack_pair(0, global_head_++);
    return *this;
}

EventScript& EventScript::stop(GoroutineId g, ProcId p, trace::StopReason reason) {
    trace::Event& event = add_counted(EventType::GoStop, g, p);
    event.flags = static_cast<std::uint8_t>(
        kRing | (static_cast<unsigned>(reason) << trace::put_flag::kReasonShift));
    event.arg = trace::pack_pair(0, ring_tail_[p]++);
    return *this;
}

EventScript& EventScript::block(GoroutineId g,
                                ProcId p,
                                trace::WaitReason reason,
                                ObjectId object) {
    trace::Event& event = add_counted(EventType::GoBlock, g, p);
    event.flags = static_cast<std::uint8_t>(reason);
    event.arg = object;
    return *this;
}

EventScript& EventScript::unblock(GoroutineId g, ProcId p, GoroutineId waker) {
    trace::Event& event = add_counted(EventType::GoUnblock, g, p);
    event.flags = kRing;
    event.arg = trace::pack_pair(waker, ring_tail_[p]++);
    return *this;
}

EventScript& EventScript::steal(GoroutineId g, ProcId victim, ProcId thief) {
    const std::uint32_t from = trace::pack({trace::QueueKind::Ring, victim});
    const std::uint32_t to = trace::pack({trace::QueueKind::Ring, thief});
    trace::Event& move = add(EventType::Move, (from << 16) | to, thief);
    move.seq = 1;
    move.flags = static_cast<std::uint8_t>(trace::MoveReason::Steal);
    move.arg = trace::pack_pair(ring_head_[victim]++, ring_tail_[thief]);
    add_counted(EventType::GoStart, g, thief);
    return *this;
}

EventScript& EventScript::print(GoroutineId g,
                                ProcId p,
                                const std::string& file,
                                std::uint32_t line) {
    add(EventType::Log, g, p).where = static_cast<PlaceId>(names_.places.size());
    names_.places.push_back({file, line, "main", ""});
    return *this;
}

EventScript& EventScript::make_variable(ObjectId object, ProcId p, const std::string& name) {
    make_lock(object, p, name);
    events_.back().flags = static_cast<std::uint8_t>(trace::ObjectKind::Shared);
    return *this;
}

EventScript& EventScript::write(
    GoroutineId g, ProcId p, ObjectId object, const std::string& file, std::uint32_t line) {
    trace::Event& event = add(EventType::SharedWrite, g, p);
    event.arg = trace::pack_pair(object, 7);
    event.where = static_cast<PlaceId>(names_.places.size());
    names_.places.push_back({file, line, "main", ""});
    return *this;
}

EventScript& EventScript::make_lock(ObjectId object, ProcId p, const std::string& name) {
    trace::Event& event = add(EventType::ObjectMake, 1, p);
    event.flags = static_cast<std::uint8_t>(trace::ObjectKind::Mutex);
    event.arg = trace::pack_pair(object, 0);
    event.where = static_cast<PlaceId>(names_.places.size());
    names_.places.push_back({"made_up.cpp", 9, "main", name});
    return *this;
}

EventScript& EventScript::lock(GoroutineId g, ProcId p, ObjectId object) {
    add(EventType::LockAcquire, g, p).arg = trace::pack_pair(object, 0);
    return *this;
}

EventScript& EventScript::end(GoroutineId g, ProcId p) {
    add_counted(EventType::GoEnd, g, p);
    return *this;
}

EventScript& EventScript::kill(GoroutineId g) {
    add_counted(EventType::GoKilled, g, kNoProc);
    return *this;
}

EventScript& EventScript::off_cpu(GoroutineId g, ProcId p, DurationNs length) {
    add(EventType::OffCpu, g, p).arg = static_cast<std::uint64_t>(length);
    return *this;
}

EventScript& EventScript::grow_stack(GoroutineId g,
                                     ProcId p,
                                     std::uint32_t before,
                                     std::uint32_t now) {
    add(trace::EventType::StackSize, g, p).arg = trace::pack_pair(before, now);
    return *this;
}

EventScript& EventScript::lose(ProcId p, std::uint32_t events, DurationNs gap) {
    trace::Event& event = add(EventType::Loss, p + 1U, p);
    event.seq = events;
    event.arg = static_cast<std::uint64_t>(gap);
    return *this;
}

model::Timeline EventScript::timeline() const {
    recording::Recording recording({});
    recording.set_names(std::make_shared<const trace::Names>(names_));
    recording.append(events_);
    recording.publish();
    return model::build_timeline(recording.snapshot());
}

model::Timeline alternating(int slices, DurationNs slice) {
    EventScript script;
    script.begin_run(1).start_proc(0).create(1, 0).create(2, 0, "worker");
    for (int i = 0; i < slices; ++i) {
        const GoroutineId g = i % 2 == 0 ? 1 : 2;
        script.at(i * slice).start(g, 0);
        script.at((i + 1) * slice).stop(g, 0);
    }
    script.end_run();
    return script.timeline();
}

}  // namespace golanes::view

// The builder's runs: where they begin and end, their objects, outcomes and numbers of Ps.
#include <fmt/format.h>

#include "core/model/builder_impl.h"

namespace golanes::model {
namespace {

constexpr std::uint32_t kMaxObjects = 1U << 24;

}  // namespace

const std::string& TimelineBuilder::Impl::string_of(std::uint64_t id) const {
    return snapshot_->names->string(static_cast<StringId>(id));
}

void TimelineBuilder::Impl::run_begin(const trace::Event& event) {
    if (in_run_) {
        if (losses_ == 0)
            violate(kNoProc,
                    0,
                    fmt::format("run {} begins before run {} has ended", event.a, run_.number));
        finish_run();
    }
    history_missing_ = false;
    note_queues(event);
    open_run(event.a, event.arg, (event.flags & 1) != 0);
}

void TimelineBuilder::Impl::open_run(std::uint32_t number, std::uint64_t seed, bool is_virtual) {
    run_ = RunInfo{};
    run_.number = number;
    run_.seed = seed;
    run_.is_virtual = is_virtual;
    run_.begin = now_;
    in_run_ = any_run_ = true;
    world_stopped_ = false;
    losses_ = history_missing_ ? 1 : 0;
    set_proc_exists(queues_.proc_count());
    if (queues_.proc_count() > 0)
        note_count(proc_counts_, now_, queues_.proc_count());
}

void TimelineBuilder::Impl::run_end(const trace::Event& event) {
    if (!in_run_) {
        if (any_run_)
            return violate(kNoProc, 0, fmt::format("run {} ends twice", event.a));
        open_run(event.a, 0, false);
    }
    run_.status = event.flags < static_cast<std::uint8_t>(trace::RunStatus::Count_)
                      ? static_cast<trace::RunStatus>(event.flags)
                      : trace::RunStatus::Crashed;
    run_.message = string_of(event.arg);
    if (run_.status == trace::RunStatus::Deadlock)
        mark(event, MarkKind::Deadlock, event.arg);
    finish_run();
    note_queues(event);
}

void TimelineBuilder::Impl::finish_run() {
    close_all();
    run_.end = now_;
    auto table = std::make_shared<RunTable>();
    table->info = std::move(run_);
    table->goroutines = std::move(goroutines_);
    table->objects = std::move(objects_);
    open_->runs.push_back(std::move(table));
    goroutines_ = GoroutineTable();
    objects_ = ObjectTable();
    run_ = RunInfo{};
    in_run_ = world_stopped_ = false;
    // Queues empty at once: whoever was in one was killed.
    queues_.clear();
    for (std::size_t number = 0; number < last_lengths_.size(); ++number) {
        const auto p = static_cast<ProcId>(number == 0 ? 0 : number - 1);
        push_step({number == 0 ? trace::QueueKind::Global : trace::QueueKind::Ring, p});
    }
}

void TimelineBuilder::Impl::object_make(const trace::Event& event) {
    const ObjectId id = trace::high_half(event.arg);
    if (id == 0 || id >= kMaxObjects)
        return violate(event.p, event.a, fmt::format("object {} is out of range", id));
    objects_.write(id) = {id,
                          run_.number,
                          static_cast<trace::ObjectKind>(event.flags),
                          trace::low_half(event.arg),
                          event.where};
}

void TimelineBuilder::Impl::outcome(const trace::Event& event) {
    const bool is_text = (event.flags & 1) != 0;
    run_.outcome =
        is_text ? string_of(event.arg) : fmt::format("{}", static_cast<std::int64_t>(event.arg));
}

}  // namespace golanes::model

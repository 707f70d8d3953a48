#include "app/live_run.h"

#include <fmt/format.h>
#include <unistd.h>

#include "app/crash.h"
#include "app/run_loop.h"
#include "core/base/clock.h"
#include "ui/panels/tr.h"

namespace golanes::app {
namespace {

constexpr DurationNs kStopPatience = 3 * kSecond;

}  // namespace

Result<std::unique_ptr<LiveRun>> LiveRun::start(const RunPlan& plan,
                                                std::function<void()> on_news,
                                                const std::function<void(trace::Control&)>& prepare,
                                                const std::string& program) {
    trace::RegionOptions options;
    options.ring_events = plan.ring_events;
    const TickClock clock = plan.settings.is_virtual ? TickClock{} : process_tick_clock();
    auto region = trace::RunRegion::create_shared(options, clock);
    if (!region.ok())
        return region.error();
    store_values(plan, region->control());
    if (prepare)
        prepare(region->control());
    std::unique_ptr<LiveRun> run(new LiveRun(plan, std::move(region).value(), std::move(on_news)));
    std::vector<std::string> arguments{"__child", "--parent", fmt::format("{}", getpid())};
    for (const std::string& word : arguments_of(plan))
        arguments.push_back(word);
    if (plan.same_seed)
        arguments.emplace_back("--same-seed");
    auto child = ChildProcess::start(program, arguments, run->region_.fd(), run->on_news_);
    if (!child.ok())
        return child.error();
    run->child_ = std::move(child).value();
    run->recorder_->start();
    return run;
}

LiveRun::LiveRun(const RunPlan& plan, trace::RunRegion region, std::function<void()> on_news)
    : region_(std::move(region)), on_news_(std::move(on_news)) {
    RecorderOptions options;
    options.on_news = on_news_;
    recorder_ = std::make_unique<Recorder>(region_, meta_of(plan), std::move(options));
}

LiveRun::~LiveRun() {
    child_.reset();  // first the writer, then the reader, then the memory
    recorder_.reset();
}

void LiveRun::ask_to_stop() {
    if (stop_asked_ >= 0)
        return;
    stop_asked_ = monotonic_ns();
    rt::request_stop(control());
}

bool LiveRun::poll_end() {
    if (is_over_)
        return true;
    if (!child_->end()) {
        if (stop_asked_ >= 0 && monotonic_ns() - stop_asked_ > kStopPatience)
            child_->kill();
        return false;
    }
    recorder_->stop();
    is_over_ = true;
    return true;
}

bool LiveRun::has_crashed() const {
    const auto end = child_->end();
    return end && (end->signal != 0 || end->exit_code != 0) && stop_asked_ < 0;
}

std::string LiveRun::end_text() const {
    const auto end = child_->end();
    if (!end || stop_asked_ >= 0)
        return {};
    const trace::Control& page = control();
    // Acquire pairs with the crash handler's release: the goroutine and the address are written.
    if (const std::uint32_t signal = page.crash_signal.load(std::memory_order_acquire);
        signal != 0) {
        const bool is_overflow = page.crash_address.load(std::memory_order_relaxed) != 0;
        return fmt::format(
            fmt::runtime(ui::tr("{0} in goroutine {1}. Its last events are still here.")),
            crash_words(static_cast<int>(signal), is_overflow),
            page.crash_goroutine.load(std::memory_order_relaxed));
    }
    if (end->signal != 0)
        return fmt::format(
            fmt::runtime(ui::tr(
                "The process of the run was ended by signal {0}. Its last events are still here.")),
            end->signal);
    return fmt::format(
        fmt::runtime(ui::tr("The process of the run ended by itself with code {0}.")),
        end->exit_code);
}

}  // namespace golanes::app

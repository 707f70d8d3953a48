#pragma once
// SessionClient: what stands behind the window: the live run or the opened file, the person's
// wishes, and the numbers of the status bar. Where all parts meet.
#include <atomic>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/answer_runner.h"
#include "app/claim_runner.h"
#include "app/live_run.h"
#include "app/step_options.h"
#include "app/trial_counter.h"
#include "app/twin_run.h"
#include "app/window/client.h"
#include "ui/panels/frame.h"

namespace golanes::app {

/// Threads: the UI thread only. It never waits on a run: files are loaded by another thread.
class SessionClient final : public WindowClient {
 public:
    /// Starts with these files, or without any with the first scenario running. `program`: see
    /// LiveRun::start.
    SessionClient(std::vector<std::string> files,
                  ui::Language language,
                  std::string program = "/proc/self/exe");
    ~SessionClient() override;

    ui::FrameInput frame_input() override;
    void act(const ui::Command& command) override;

    bool wants_to_quit() override { return quits_; }

    std::uint64_t data_version() override { return news_.load(std::memory_order_relaxed); }

    void files_dropped(std::vector<std::string> paths) override;
    void close_requested() override;

 private:
    struct Loaded {
        std::string path;
        Result<model::Timeline> timeline = Error{};
    };

    // What the person wants; one function a command.
    void on(const ui::command::SelectScenario& c);
    void on(const ui::command::SetParameter& c);
    void on(const ui::command::SetProcs& c);
    void on(const ui::command::SetCpus& c);
    void on(const ui::command::SetEngine& c);
    void on(const ui::command::SetPolicy& c);
    void on(const ui::command::SetSeed& c);
    void on(const ui::command::RunAgain& c);
    void on(const ui::command::RunToken& c);
    void on(const ui::command::HoldRun& c);
    void on(const ui::command::StepRun& c);
    void on(const ui::command::RunTo& c);
    void on(const ui::command::Branch& c);
    void on(const ui::command::SetPace& c);
    void on(const ui::command::StartRun& c);
    void on(const ui::command::StopRun& c);
    void on(const ui::command::Open& c);
    void on(const ui::command::Save& c);
    void on(const ui::command::CountOutcomes& c);
    void on(const ui::command::StopCounting& c);
    void on(const ui::command::CompareRun& c);
    void on(const ui::command::CompareFile& c);
    void on(const ui::command::StopComparing& c);
    void on(const ui::command::MeasureAnswer& c);
    void on(const ui::command::StopMeasuring& c);
    void on(const ui::command::MeasureClaims& c);
    void on(const ui::command::StopClaims& c);
    void on(const ui::command::RunWords& c);
    void on(const ui::command::DismissNotice& c);
    void on(const ui::command::SetLanguage& c);
    void on(const ui::command::SetTheme& c);
    void on(const ui::command::SetScale& c);
    void on(const ui::command::Quit& c);
    void on(const ui::command::CancelQuit& c);
    void on(const ui::command::Replace& c);

    /// Whether the person is asked before this is done; then it waits.
    bool must_wait(const ui::Command& command);
    void adopt_knobs();
    void start_run();
    void set_live_pace();
    void start_plan(const std::optional<StepRequest>& first = std::nullopt);
    void show_plan();
    void show_changes();
    void arrive_at_branch();
    void end_live_run();
    void begin_twin();
    void end_twin();
    void fail_twin(std::string why);
    [[nodiscard]] Result<RunPlan> plan_of_first(const model::RunInfo& run) const;
    void look_after_twin();
    void look_after_run();
    void look_after_loader();
    void look_after_lessons();
    void open_next();
    void adopt_recorded_values(const recording::Meta& meta);
    void refresh_meters();
    [[nodiscard]] std::uint64_t event_count() const;
    void notify(ui::Notice::Kind kind, std::string text);
    void news();
    [[nodiscard]] model::Timeline timeline() const;
    [[nodiscard]] bool is_unsaved() const;

    std::string program_;
    ui::FrameInput frame_;
    RunPlan plan_;
    std::unique_ptr<LiveRun> live_;         ///< The run watched now, or the last one watched.
    std::unique_ptr<TrialCounter> trials_;  ///< Null: nothing was counted yet.
    std::unique_ptr<TwinRun> twin_;         ///< The second run of a comparison.
    std::optional<ui::command::CompareRun> wanted_twin_;  ///< Waits for the first to end.
    std::unique_ptr<AnswerRunner> answer_;  ///< Null: no lesson's question was answered yet.
    std::unique_ptr<ClaimRunner> claims_;   ///< Null: no claim was measured yet.
    model::Timeline opened_;                ///< Shown while live_ is null.
    std::vector<std::string> to_open_;
    std::future<Loaded> loading_;
    std::vector<ui::Command> waiting_;  ///< For the answer to "unsaved recording".
    std::uint64_t saved_version_ = 0;
    bool is_saved_ = false;
    bool quits_ = false;
    bool branches_ = false;  ///< The run is on its way to where it branches.
    TimeNs meters_at_ = 0;
    DurationNs cpu_at_ = 0;
    std::atomic<std::uint64_t> news_{1};
};

}  // namespace golanes::app

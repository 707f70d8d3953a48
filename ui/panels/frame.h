#pragma once
// What a frame shows and what it asks for. The app fills a FrameInput, the Shell (shell.h) draws it
// and appends Commands; only the app acts on them. Panels know nothing of processes, files or GLFW.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/catalog/policy.h"
#include "core/model/statistics.h"
#include "core/model/timeline.h"
#include "ui/panels/measured.h"

namespace golanes::ui {

enum class Language { English, Chinese };
enum class Theme { Light, Dark };
enum class RunPhase { None, Starting, Running, Held, Ended, Crashed };

/// The run (or the opened recording) as the controls show it.
struct RunView {
    std::string scenario;              ///< Id; empty: none chosen.
    std::vector<std::int64_t> values;  ///< Parameter values, in the scenario's order.
    int procs = 1;
    int cpus = 0;   ///< Real runs: the first so many of the machine's; 0: all.
    int cores = 0;  ///< Virtual runs: 0: one a P.
    bool is_virtual = false;
    std::int64_t pace_per_million = 1'000'000;  ///< Virtual: see command::SetPace.
    catalog::PolicyValues policies = catalog::watched_policies();
    std::uint64_t seed = 0;  ///< Of the last run; virtual runs only.
    TimeNs virtual_now = 0;  ///< Held: where the virtual run stands, since it began.
    RunPhase phase = RunPhase::None;
    std::string ended_text;  ///< Ended, Crashed: what happened, in one sentence; may be empty.
};

/// Numbers of the status bar. The app changes them at most once a second.
struct Meters {
    std::uint64_t events = 0;
    std::uint64_t lost = 0;
    int procs = 0;
    int cpus = 0;            ///< CPUs the threads may use, or virtual cores.
    double parallelism = 0;  ///< CPU time / wall time of the last run.
    double window_cpu = 0;   ///< CPU of the window itself, 1.0 = one core.
};

/// One line for the person: a file that could not be opened, a run that crashed.
struct Notice {
    enum class Kind { Info, Error };
    Kind kind = Kind::Info;
    std::string text;
};

/// One result of a scenario that was run many times, and how often it came.
struct TrialResult {
    std::string text;
    std::uint32_t count = 0;
    std::string token;      ///< Makes the first run that gave it again; empty: a real run.
    std::string recording;  ///< The file with that run; empty: it was not kept.
};

/// The runs of one number of Ps on one engine.
struct TrialGroup {
    int procs = 1;
    bool is_virtual = false;
    std::uint32_t trials = 0;  ///< Made so far.
    std::optional<double> mean;
    std::vector<TrialResult> results;  ///< Numbers in their order, then words.
};

/// A scenario counted many times, as the outcomes view shows it.
struct TrialsView {
    bool running = false;
    std::string scenario;           ///< Empty: nothing was counted.
    std::uint32_t wanted = 0;       ///< Runs of each group.
    std::size_t wanted_groups = 0;  ///< What is compared.
    std::vector<TrialGroup> groups;
};

/// A second run, to be compared with one of the timeline.
struct TwinView {
    enum class Phase {
        None,
        Waiting,    ///< For the run of the timeline to end: it is the first.
        Recording,  ///< The second goes on.
        Loading,
        Ready,
        Failed
    };
    Phase phase = Phase::None;
    std::uint32_t first_run = 0;  ///< Its number in FrameInput::timeline.
    model::Timeline second;
    std::uint32_t second_run = 0;
    std::string file;   ///< The second was opened from it; empty: it was made.
    std::string error;  ///< Failed: why, in one sentence.
};

/// Whether the second run is still to come.
constexpr bool is_under_way(TwinView::Phase phase) {
    return phase == TwinView::Phase::Waiting || phase == TwinView::Phase::Recording ||
           phase == TwinView::Phase::Loading;
}

/// The text of a file of the program by its path in the tree; empty: unknown.
using SourceLookup = std::string_view (*)(std::string_view path);

struct FrameInput {
    std::vector<const catalog::Scenario*> scenarios;
    RunView run;
    int machine_cpus = 1;  ///< How many CPUs of this machine a real run may use.
    Meters meters;
    model::Timeline timeline;
    bool live =
        false;  ///< The timeline grows while a run goes on; false: an opened file or an ended run.
    bool unsaved = false;  ///< Live data nobody has saved: closing asks.
    bool quit_asked =
        false;  ///< The person wants to close the window while something is unsaved: ask.
    bool replace_asked = false;  ///< The same for another scenario, file or token.
    std::uint64_t saves = 0;     ///< Grows with every file saved.
    std::string file;            ///< Path of the opened or saved recording; empty: none.
    TrialsView trials;
    TwinView twin;
    AnswerView answer;
    ClaimsView claims;
    SourceLookup source = nullptr;
    std::vector<Notice> notices;
    Language language = Language::English;
    Theme theme = Theme::Dark;
    float scale = 1.0F;
};

namespace command {
struct SelectScenario {
    std::string id;
};  ///< Stop the present run, start this one.

struct SetParameter {
    std::size_t index;
    std::int64_t value;
};

struct SetProcs {
    int procs;
};

/// Real runs: the first so many CPUs of the machine, at once.
struct SetCpus {
    int cpus;
};

struct SetEngine {
    bool is_virtual;
};

/// Acts when the next run begins; in a virtual run that goes on at once, if the policy can.
struct SetPolicy {
    std::size_t index;
    std::int64_t value;
};

/// Starts again with this seed, and with it again and again.
struct SetSeed {
    std::uint64_t seed;
};

/// Starts again with the seed of the last run.
struct RunAgain {};

/// Makes the run of a replay token.
struct RunToken {
    std::string token;
};

struct HoldRun {
    bool hold;
};  ///< Stop the world of the run; start it again.

/// A virtual run goes on to the next event of a type in the mask, then stands (phase Held).
struct StepRun {
    std::uint64_t mask;
};

/// A virtual run goes on to that time since it began, then stands (phase Held).
struct RunTo {
    TimeNs time;
};

/// Makes the run of a token again, up to its event of that number (0: up to the time, since it
/// began), and lets it stand there: what is turned then is a live change of the new run.
struct Branch {
    std::string token;
    std::uint64_t event_number;
    TimeNs time;
};

/// Virtual nanoseconds per million real ones; 0: as fast as possible.
struct SetPace {
    std::int64_t per_million;
};

struct StartRun {};

struct StopRun {};

struct Open {
    std::string path;
};

struct Save {
    std::string path;
    bool overwrite;
};

/// Runs the chosen scenario so often for each number of Ps, unseen, and counts its results.
struct CountOutcomes {
    std::uint32_t trials;
    std::vector<int> procs;
    bool both_engines = false;  ///< Else that of the run.
};

struct StopCounting {};

/// Makes a second run like the one of the timeline but for this, and compares them.
struct CompareRun {
    int procs = 0;  ///< 0: as many.
    std::optional<catalog::PolicySetting> policy;
};

/// Compares with a run of another recording.
struct CompareFile {
    std::string path;
};

struct StopComparing {};

/// Makes the runs that the question of this scenario's lesson asks for, unseen.
struct MeasureAnswer {
    std::string scenario;
};

struct StopMeasuring {};

/// Measures rows of the table of claims, unseen.
struct MeasureClaims {
    std::vector<std::size_t> rows;
};

struct StopClaims {};

/// Stop the present run, start this one: words of the command line behind the scenario.
struct RunWords {
    std::string scenario;
    std::string words;
};

struct DismissNotice {
    std::size_t index;
};

struct SetLanguage {
    Language language;
};

struct SetTheme {
    Theme theme;
};

struct SetScale {
    float scale;
};

struct Quit {
    bool even_unsaved;
};

/// Neither close nor replace.
struct CancelQuit {};

/// Replace what is unsaved by what was asked for (see FrameInput::replace_asked).
struct Replace {};
}  // namespace command

using Command = std::variant<command::SelectScenario,
                             command::SetParameter,
                             command::SetProcs,
                             command::SetCpus,
                             command::SetEngine,
                             command::SetPolicy,
                             command::SetSeed,
                             command::RunAgain,
                             command::RunToken,
                             command::HoldRun,
                             command::StepRun,
                             command::RunTo,
                             command::Branch,
                             command::SetPace,
                             command::StartRun,
                             command::StopRun,
                             command::Open,
                             command::Save,
                             command::CountOutcomes,
                             command::StopCounting,
                             command::CompareRun,
                             command::CompareFile,
                             command::StopComparing,
                             command::MeasureAnswer,
                             command::StopMeasuring,
                             command::MeasureClaims,
                             command::StopClaims,
                             command::RunWords,
                             command::DismissNotice,
                             command::SetLanguage,
                             command::SetTheme,
                             command::SetScale,
                             command::Quit,
                             command::CancelQuit,
                             command::Replace>;

}  // namespace golanes::ui

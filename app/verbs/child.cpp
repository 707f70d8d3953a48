#include "app/verbs/child.h"

#include <csignal>
#include <cstdio>
#include <memory>

#include <CLI/CLI.hpp>
#include <sys/prctl.h>
#include <unistd.h>

#include "app/child_process.h"
#include "app/crash.h"
#include "app/live_run.h"
#include "app/run_loop.h"
#include "app/run_options.h"

namespace golanes::app {
namespace {

[[noreturn]] void leave(int code) {
    std::fflush(nullptr);
    _exit(code);
}

[[noreturn]] void refuse(const std::string& message) {
    std::fprintf(stderr, "golanes: %s\n", message.c_str());
    leave(2);
}

[[noreturn]] void play(const RunOptions& options, pid_t parent, bool same_seed) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        leave(0);                  // the window died before we could ask to die with it
    std::signal(SIGINT, SIG_IGN);  // Ctrl+C in the terminal is for the window, which then ends us
    auto region = trace::RunRegion::attach(ChildProcess::kRegionFd);
    if (!region.ok())
        refuse(region.error().message);
    auto plan = plan_run(options);
    if (!plan.ok())
        refuse(plan.error().message);
    install_crash_handler(region->control(), AfterCrash::Reraise);
    plan->settings.pace = 1.0;
    run_loop(plan.value(),
             region.value(),
             {.forever = true, .same_seed = same_seed, .pause = kPauseBetweenRuns});
    leave(0);
}

}  // namespace

void add_child_verb(CLI::App& root, int& /*exit_code*/) {
    auto options = std::make_shared<RunOptions>();
    auto parent = std::make_shared<int>(0);
    CLI::App* command = root.add_subcommand("__child", "the window's run");
    command->group("");  // not in the help: nobody types it
    command->add_option("SCENARIO", options->scenario)->required();
    command->add_option("--parent", *parent)->required();
    auto same_seed = std::make_shared<bool>(false);
    command->add_flag("--same-seed", *same_seed);
    add_run_options(*command, *options);
    command->callback([options, parent, same_seed] { play(*options, *parent, *same_seed); });
}

}  // namespace golanes::app

#include "app/child_process.h"

#include <cerrno>
#include <csignal>
#include <memory>
#include <system_error>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace golanes::app {
namespace {

// The child's descriptors: ours 0 to 2, and the region. All others close on exec.
class FileActions {
 public:
    explicit FileActions(int region_fd) {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_adddup2(&actions_, region_fd, ChildProcess::kRegionFd);
    }

    ~FileActions() { posix_spawn_file_actions_destroy(&actions_); }

    FileActions(const FileActions&) = delete;
    FileActions& operator=(const FileActions&) = delete;

    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
    posix_spawn_file_actions_t actions_{};
};

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::string& program,
                                                          const std::vector<std::string>& arguments,
                                                          int region_fd,
                                                          std::function<void()> on_end) {
    // A region that already is descriptor 3 would stay close-on-exec through dup2: move it away
    // first.
    const int source = region_fd == kRegionFd ? dup(region_fd) : region_fd;
    const FileActions actions(source);
    std::vector<std::string> words{"golanes"};
    words.insert(words.end(), arguments.begin(), arguments.end());
    std::vector<char*> argv;
    argv.reserve(words.size() + 1);
    for (std::string& word : words)
        argv.push_back(word.data());
    argv.push_back(nullptr);
    pid_t pid = 0;
    const int code =
        posix_spawn(&pid, program.c_str(), actions.get(), nullptr, argv.data(), environ);
    if (source != region_fd)
        close(source);
    if (code != 0)
        return Error{fmt::format("cannot start the process of the run: {}",
                                 std::generic_category().message(code))};
    return std::unique_ptr<ChildProcess>(new ChildProcess(pid, std::move(on_end)));
}

ChildProcess::ChildProcess(pid_t pid, std::function<void()> on_end)
    : pid_(pid), on_end_(std::move(on_end)), waiter_([this] { wait_for_end(); }) {}

ChildProcess::~ChildProcess() {
    kill();
    waiter_.join();
}

void ChildProcess::wait_for_end() {
    // First only look: the child stays a zombie, so that kill() can never hit a stranger's number.
    siginfo_t info{};
    while (waitid(P_PID, static_cast<id_t>(pid_), &info, WEXITED | WNOWAIT) != 0 &&
           errno == EINTR) {
    }
    ChildEnd end;
    if (info.si_code == CLD_EXITED)
        end.exit_code = info.si_status;
    else
        end.signal = info.si_status;
    {
        const LockGuard guard(lock_);
        end_ = end;
    }
    int status = 0;
    waitpid(pid_, &status, 0);
    on_end_();
}

std::optional<ChildEnd> ChildProcess::end() const {
    const LockGuard guard(lock_);
    return end_;
}

void ChildProcess::kill() const {
    const LockGuard guard(lock_);
    if (!end_)
        ::kill(pid_, SIGKILL);
}

}  // namespace golanes::app

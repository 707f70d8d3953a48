#include "core/host/child.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

extern char** environ;

namespace golanes::host {
namespace {

// Set by is_child(): main() knows the hidden verb. Written before there is a second thread.
bool main_knows_the_verb = false;

constexpr std::array<std::string_view, 3> kTaskNames{"leave", "crash", "stay"};

[[noreturn]] void crash() {
    const rlimit no_core{0, 0};
    setrlimit(RLIMIT_CORE, &no_core);
    std::signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
    _exit(1);
}

[[noreturn]] void stay(pid_t parent) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    while (getppid() == parent)  // else it died before we could ask to die with it
        pause();
    _exit(0);
}

// The parent's threads may block signals; the child is to die of them.
class SpawnAttributes {
 public:
    SpawnAttributes() {
        posix_spawnattr_init(&value_);
        sigset_t none;
        sigemptyset(&none);
        posix_spawnattr_setsigmask(&value_, &none);
        posix_spawnattr_setflags(&value_, POSIX_SPAWN_SETSIGMASK);
    }

    ~SpawnAttributes() { posix_spawnattr_destroy(&value_); }

    SpawnAttributes(const SpawnAttributes&) = delete;
    SpawnAttributes& operator=(const SpawnAttributes&) = delete;

    [[nodiscard]] const posix_spawnattr_t* get() const { return &value_; }

 private:
    posix_spawnattr_t value_{};
};

}  // namespace

bool is_child(int argc, char** argv) {
    main_knows_the_verb = true;
    return argc == 4 && std::string_view(argv[1]) == kChildVerb;
}

int child_main(int argc, char** argv) {
    if (!is_child(argc, argv))
        return 2;
    const std::string_view task = argv[2];
    if (task == kTaskNames[static_cast<std::size_t>(Task::Crash)])
        crash();
    if (task == kTaskNames[static_cast<std::size_t>(Task::Stay)])
        stay(std::atoi(argv[3]));
    return task == kTaskNames[static_cast<std::size_t>(Task::Leave)] ? 0 : 2;
}

Result<Child> Child::start(Task task, int* error) {
    // Else the program would start itself over and over.
    if (!main_knows_the_verb)
        return Error{"this program does not know how to be its own child"};
    const SpawnAttributes attributes;
    std::string verb = kChildVerb;
    std::string name(kTaskNames[static_cast<std::size_t>(task)]);
    std::string parent = fmt::format("{}", getpid());
    std::string program = "golanes";
    char* const arguments[] = {program.data(), verb.data(), name.data(), parent.data(), nullptr};
    pid_t id = 0;
    const int failed =
        posix_spawn(&id, "/proc/self/exe", nullptr, attributes.get(), arguments, environ);
    if (error != nullptr)
        *error = failed;
    if (failed != 0)
        return Error{fmt::format("cannot start a process: {}", std::strerror(failed))};
    return Child(id);
}

Child::Child(Child&& other) noexcept : id_(std::exchange(other.id_, 0)) {}

Child& Child::operator=(Child&& other) noexcept {
    if (this != &other) {
        finish();
        id_ = std::exchange(other.id_, 0);
    }
    return *this;
}

Child::~Child() {
    finish();
}

void Child::finish() noexcept {
    const pid_t id = std::exchange(id_, 0);
    if (id == 0)
        return;
    kill(id, SIGKILL);
    while (waitpid(id, nullptr, 0) < 0 && errno == EINTR) {
    }
}

Result<Child::End> Child::wait() {
    const pid_t id = std::exchange(id_, 0);
    if (id == 0)
        return Error{"this process was waited for before"};
    int status = 0;
    while (waitpid(id, &status, 0) < 0) {
        if (errno != EINTR)
            return Error{fmt::format("cannot wait for process {}: {}", id, std::strerror(errno))};
    }
    if (WIFSIGNALED(status))
        return End{0, WTERMSIG(status)};
    return End{WEXITSTATUS(status), 0};
}

}  // namespace golanes::host

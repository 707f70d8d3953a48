#pragma once
// Child: a real process for comparison with threads and goroutines: this program itself, started
// again with a hidden verb and one small task.
#include <optional>
#include <string>

#include <sys/types.h>

#include "core/base/result.h"

namespace golanes::host {

/// The hidden verb: the program's main() hands over to child_main() when it is its first argument.
inline constexpr const char* kChildVerb = "__host";

/// What a child does.
enum class Task {
    Leave,  ///< Ends at once with exit code 0.
    Crash,  ///< Dies by SIGSEGV, without a core file.
    Stay,   ///< Lives until it is ended, or its parent dies.
};

/// Whether the arguments ask for a child's task; child_main() then carries it out.
bool is_child(int argc, char** argv);
/// Does not come back from a task that crashes. Returns the exit code.
int child_main(int argc, char** argv);

/// A process of ours. Move-only; ended and waited for when destroyed.
class Child {
 public:
    /// Starts one. Errors: main() of this program has not asked is_child(); the system gives no
    /// more processes, and `error`, when given, gets the errno.
    static Result<Child> start(Task task, int* error = nullptr);

    Child(Child&& other) noexcept;
    Child& operator=(Child&& other) noexcept;
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;
    ~Child();

    [[nodiscard]] pid_t id() const { return id_; }

    struct End {
        int exit_code = 0;
        int signal = 0;  ///< That it died of; 0: none.
    };

    /// Waits until it ends. Blocks this thread: on a goroutine inside blocking(). Errors: it was
    /// waited for before.
    Result<End> wait();

 private:
    explicit Child(pid_t id) : id_(id) {}

    void finish() noexcept;

    pid_t id_ = 0;  ///< 0: waited for.
};

}  // namespace golanes::host

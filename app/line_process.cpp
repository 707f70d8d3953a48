#include "app/line_process.h"

#include <cerrno>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace golanes::app {

Result<std::unique_ptr<LineProcess>> LineProcess::start(const std::string& program,
                                                        std::vector<std::string> words,
                                                        std::function<void()> on_end) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return Error{fmt::format("cannot make a pipe: {}", std::generic_category().message(errno))};
    fcntl(ends[1], F_SETFL, 0);  // the writer waits where we are slow
    std::unique_ptr<LineProcess> process(new LineProcess(ends[0]));
    words.emplace_back("--to-descriptor");
    words.push_back(fmt::format("{}", ChildProcess::kRegionFd));
    auto child = ChildProcess::start(program, words, ends[1], std::move(on_end));
    close(ends[1]);
    if (!child.ok())
        return child.error();
    process->child_ = std::move(child).value();
    return process;
}

LineProcess::~LineProcess() {
    stop();
    close(pipe_);
}

bool LineProcess::running() const {
    return child_ != nullptr && !child_->end().has_value();
}

std::optional<ChildEnd> LineProcess::end() const {
    return child_ == nullptr ? std::nullopt : child_->end();
}

std::vector<std::string> LineProcess::take_lines() {
    char buffer[8192];
    for (ssize_t got = 0; (got = read(pipe_, buffer, sizeof buffer)) > 0;)
        unread_.append(buffer, static_cast<std::size_t>(got));
    std::vector<std::string> lines;
    std::size_t start = 0;
    for (std::size_t end = 0; (end = unread_.find('\n', start)) != std::string::npos;
         start = end + 1)
        lines.push_back(unread_.substr(start, end - start));
    unread_.erase(0, start);
    return lines;
}

void LineProcess::poll(const std::function<void(const std::string&)>& on_line,
                       const std::function<void()>& on_end) {
    const bool runs = running();
    for (const std::string& line : take_lines())
        on_line(line);
    if (!runs)
        on_end();
}

}  // namespace golanes::app

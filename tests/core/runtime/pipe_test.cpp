// Calls with a real or virtual wait: pipes, files, interrupted calls, calls at the end of a run.
#include "core/runtime/pipe.h"

#include <cstdio>
#include <cstring>
#include <fstream>
#include <thread>

#include <unistd.h>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/run_fixture.h"
#include "tests/temporary_folder.h"

namespace golanes::test {
namespace {

using trace::EventType;
using trace::RunStatus;

class PipeTest : public EngineTest {};

GOLANES_ON_BOTH_ENGINES(PipeTest);

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

std::string read_some(rt::Pipe& pipe, std::size_t most = 64) {
    std::string text(most, ' ');
    const rt::CallResult result = pipe.read(std::as_writable_bytes(std::span(text)));
    text.resize(result.ok() ? static_cast<std::size_t>(result.value) : 0);
    return text;
}

TEST_P(PipeTest, AReaderWaitsForTheWriterOnAnyNumberOfPs) {
    for (const int procs : {1, 2, 4, 16, 64}) {
        const auto result = run(on(procs), [] {
            const auto kept = std::make_shared<rt::Pipe>();  // the other may be inside to the last
            rt::Pipe& pipe = *kept;
            rt::go("writer", [&pipe, kept] {
                rt::sleep(kMillisecond);
                pipe.write(bytes("hello"));
                pipe.close_write();
            });
            rt::log(read_some(pipe));
            rt::check(read_some(pipe).empty(), "a closed pipe that was read out is at its end");
        });
        EXPECT_EQ(result.words(), "hello") << procs << " Ps";
        EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    }
}

TEST_P(PipeTest, AWriterWaitsForRoom) {
    const auto result = run(on(1), [] {
        constexpr std::size_t kBytes = std::size_t{1} << 20;  // more than any pipe holds
        const auto kept = std::make_shared<rt::Pipe>();       // the other may be inside to the last
        rt::Pipe& pipe = *kept;
        rt::go("writer", [&pipe, kept] {
            const std::string block(kBytes, 'x');
            for (std::size_t written = 0; written < kBytes;) {
                const auto wrote = pipe.write(bytes(block).subspan(written));
                written += static_cast<std::size_t>(wrote.value);
            }
            pipe.close_write();
        });
        std::size_t read = 0;
        for (std::string text = "-"; !text.empty();) {
            text = read_some(pipe, 4096);
            read += text.size();
        }
        rt::outcome(static_cast<std::int64_t>(read));
    });
    EXPECT_EQ(result.number(), 1 << 20);
}

TEST_P(PipeTest, WritingWithoutAReaderFailsByValue) {
    const auto result = run(on(1), [] {
        rt::Pipe pipe;
        pipe.close_read();
        const rt::CallResult written = pipe.write(bytes("x"));
        rt::outcome(written.error);
    });
    EXPECT_EQ(result.number(), EPIPE);
}

TEST_P(PipeTest, VirtualOrRealTheWaitingTakesTheRunsTime) {
    const auto result = run(on(2), [] {
        const auto kept = std::make_shared<rt::Pipe>();  // the other may be inside to the last
        rt::Pipe& pipe = *kept;
        rt::go("writer", [&pipe, kept] {
            rt::sleep(3 * kMillisecond);
            pipe.write(bytes("x"));
        });
        read_some(pipe);
        rt::check(rt::now() >= 3 * kMillisecond, "the reader waited");
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

// The end of a run does not wait for the answer, and what the goroutine holds is freed.
TEST_P(PipeTest, ARunEndsWhileAPipeIsReadThatNobodyAnswers) {
    const auto freed = std::make_shared<int>(0);
    const auto result = run(on(2), [&freed] {
        const auto pipe = std::make_shared<rt::Pipe>();
        std::atomic<bool> begins{false};
        rt::go("reader", [pipe, &begins, held = freed] {
            const auto kept = held;
            begins = true;
            read_some(*pipe);
            rt::log("answered");
        });
        while (!begins)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(result.words(), "");
    EXPECT_EQ(result.count(EventType::GoKilled), 1U);
    EXPECT_EQ(freed.use_count(), 1);
}

TEST_P(PipeTest, WaitingForAPipeIsNoDeadlockAndTheRunCanBeStopped) {
    RunRequest request = on(1);
    std::atomic<bool> begins{false};
    request.beside = [&begins](trace::Control& control, const std::atomic<bool>& /*over*/) {
        while (!begins)
            std::this_thread::yield();
        rt::request_stop(control);
    };
    const auto result = run(request, [&begins] {
        rt::Pipe pipe;
        begins = true;
        read_some(pipe);
    });
    EXPECT_EQ(result.report.status, RunStatus::Stopped) << result.report.message;
}

TEST_P(PipeTest, ASleepInTheKernelEndsWithTheRun) {
    const auto result = run(on(1), [] {
        std::atomic<bool> begins{false};
        rt::go("sleeper", [&begins] {
            begins = true;
            rt::blocking_sleep(1000 * kSecond);
        });
        while (!begins)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_LT(result.report.wall_ns, 1000 * kSecond);
    EXPECT_LT(result.timeline.end(), 1000 * kSecond);
}

TEST_P(PipeTest, AnInterruptedCallIsMadeAgain) {
    const auto result = run(on(1), [] {
        int tries = 0;
        const rt::CallResult call = rt::blocking_call([&tries]() -> long {
            if (++tries == 3)
                return 42;
            errno = EINTR;
            return -1;
        });
        rt::check(call.ok() && call.value == 42, "the third try counts");
        rt::outcome(tries);
    });
    EXPECT_EQ(result.number(), 3);
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
}

TEST_P(PipeTest, AFileIsReadWhole) {
    const TemporaryFolder folder;
    const std::string name = folder.file("text");
    const std::string text(10'000, 'a');
    std::ofstream(name) << text;
    const auto result = run(on(2), [&] {
        std::string read;
        const rt::CallResult call = rt::read_file(name, read);
        rt::check(call.ok() && read == text, "all was read");
        rt::outcome(rt::read_file(name + ".not", read).error);
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok) << result.report.message;
    EXPECT_EQ(result.number(), ENOENT);
}

// A destructor that makes a call while the run is unwound gets its answer in place.
TEST_P(PipeTest, ADestructorMayStillCloseAtTheEnd) {
    int closed = 0;

    struct Closer {
        int& closed;

        ~Closer() {
            rt::blocking([this] { ++closed; });
        }
    };

    const auto result = run(on(1), [&closed] {
        std::atomic<bool> begins{false};
        rt::go("", [&] {
            const Closer closer{closed};
            begins = true;
            rt::sleep(1000 * kSecond);
        });
        while (!begins)
            rt::gosched();
    });
    EXPECT_EQ(result.report.status, RunStatus::Ok);
    EXPECT_EQ(closed, 1);
}

}  // namespace
}  // namespace golanes::test

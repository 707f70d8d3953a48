// The ways to withhold a stack's pages, each tried where it works and with the better ones denied.
#include <cstddef>

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "tests/core/runtime/stack_use.h"

namespace golanes::test {
namespace {

using rt::only;
using rt::StackBackend;
using trace::RunStatus;
using trace::StackChange;

class StackBackendTest : public ::testing::TestWithParam<StackBackend> {
    Watchdog watchdog_;
};

std::string backend_name(const ::testing::TestParamInfo<StackBackend>& info) {
    static constexpr const char* kNames[] = {"Guard", "Userfault", "Protect", "Plain"};
    return kNames[static_cast<std::size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(All,
                         StackBackendTest,
                         ::testing::Values(StackBackend::Guard,
                                           StackBackend::Userfault,
                                           StackBackend::Protect,
                                           StackBackend::Plain),
                         backend_name);

RunResult grow_in_goroutines(EngineKind engine, rt::StackBackends allowed) {
    RunRequest request{.engine = engine, .procs = 2};
    request.stacks.allowed = allowed;
    return run(request, [] {
        std::atomic<std::uint64_t> damaged{0};
        for (int round = 0; round < 3; ++round) {
            rt::WaitGroup wg;
            wg.add(20);
            for (int i = 0; i < 20; ++i) {
                rt::go("", [&, i] {
                    damaged += descend(static_cast<std::size_t>(i) * 8 * 1024);
                    wg.done();
                });
            }
            wg.wait();
        }
        rt::outcome(static_cast<std::int64_t>(damaged.load()));
    });
}

TEST_P(StackBackendTest, StacksGrowAndAreUsedAgain) {
    if (rt::choose_stack_backend(only(GetParam())) != GetParam())
        GTEST_SKIP() << "this kernel or container does not allow "
                     << rt::stack_backend_name(GetParam());
    for (const auto engine : {EngineKind::Real, EngineKind::Virtual}) {
        const auto result = grow_in_goroutines(engine, only(GetParam()));
        EXPECT_EQ(result.number(), 0);
        const bool sees = GetParam() != StackBackend::Plain;
        EXPECT_EQ(!stack_steps(result, StackChange::Grown).empty(), sees);
        EXPECT_EQ(!stack_steps(result, StackChange::Shrunk).empty(), sees);
    }
}

TEST_P(StackBackendTest, WhatWasGivenBackIsClean) {
    rt::StackPool pool({.bytes = 64 * 1024, .allowed = only(GetParam())});
    if (pool.backend() != GetParam())
        GTEST_SKIP() << "not here";
    const rt::Stack first = pool.take();
    ASSERT_NE(first.low, nullptr);
    const std::size_t small = first.committed();
    first.top()[-1] = 1;
    if (GetParam() != StackBackend::Plain) {
        EXPECT_EQ(pool.grow(first, first.top() - 30000, false), rt::StackPool::Growth::Grown);
        EXPECT_EQ(first.committed(), 32768U);
        EXPECT_EQ(pool.grow(first, first.top() - 65537, false), rt::StackPool::Growth::BeyondLimit);
        EXPECT_EQ(pool.grow(first, first.top() - 100, false), rt::StackPool::Growth::Impossible)
            << "a fault where the stack is open is no growth";
        first.top()[-30000] = 1;
    }
    pool.give_back(first);
    const rt::Stack second = pool.take();
    EXPECT_EQ(second.low, first.low) << "the latest is taken first";
    EXPECT_EQ(second.committed(), small);
}

TEST(StackBackendChoiceTest, TheBestOneAllowedIsTaken) {
    const auto best = rt::choose_stack_backend(rt::kAllStackBackends);
    EXPECT_NE(best, StackBackend::Plain);
    EXPECT_EQ(rt::choose_stack_backend(only(StackBackend::Protect)), StackBackend::Protect);
    EXPECT_EQ(rt::choose_stack_backend(only(StackBackend::Plain)), StackBackend::Plain);
}

// --- A kernel or a container that says no

enum class Deny { Guards, GuardsAndUserfault };

// MADV_GUARD_INSTALL and later advice: EINVAL, as before Linux 6.13. userfaultfd: EPERM, as in
// containers.
void deny(Deny what) {
    constexpr auto kAdvice = offsetof(seccomp_data, args[2]);
    sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_userfaultfd, 4, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_madvise, 0, 2),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, kAdvice),
        BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 102, 2, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K,
                 what == Deny::Guards ? SECCOMP_RET_ALLOW : SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
    };
    const sock_fprog program{sizeof filter / sizeof *filter, filter};
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 ||
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0)
        _exit(3);
}

[[noreturn]] void run_denied(Deny what, StackBackend expected) {
    deny(what);
    if (rt::choose_stack_backend(rt::kAllStackBackends) != expected)
        _exit(4);
    const auto result = grow_in_goroutines(EngineKind::Real, rt::kAllStackBackends);
    const bool grew = !stack_steps(result, StackChange::Grown).empty();
    _exit(result.number() == 0 && grew && !::testing::Test::HasFailure() ? 0 : 5);
}

TEST(StackBackendDenialTest, WithoutGuardRegionsItIsUserfaultfd) {
    const Watchdog watchdog;
    if (rt::choose_stack_backend(only(StackBackend::Userfault)) != StackBackend::Userfault)
        GTEST_SKIP() << "userfaultfd is not allowed here";
    EXPECT_EXIT(
        run_denied(Deny::Guards, StackBackend::Userfault), ::testing::ExitedWithCode(0), "");
}

TEST(StackBackendDenialTest, WithoutUserfaultfdTooItIsMprotect) {
    const Watchdog watchdog;
    EXPECT_EXIT(run_denied(Deny::GuardsAndUserfault, StackBackend::Protect),
                ::testing::ExitedWithCode(0),
                "");
}

// With mprotect a process runs out of mappings at about 32,000 stacks: the others are usable as a
// whole, and their growth is not recorded.
TEST(StackBackendDenialTest, WhereMappingsRunOutTheRestGetPlainStacks) {
    if (kUnderTsan || kUnderAsan)
        GTEST_SKIP() << "sanitizers have mappings of their own";
    constexpr int kStacks = 40'000;
    rt::StackPool pool({.bytes = 16 * 1024, .allowed = only(StackBackend::Protect)});
    std::size_t growing = 0;
    for (int i = 0; i < kStacks; ++i) {
        const rt::Stack stack = pool.take();
        ASSERT_NE(stack.low, nullptr) << i;
        stack.top()[-1] = 1;
        if (!stack.record->grows)
            stack.top()[-16384] = 1;
        growing += stack.record->grows ? 1 : 0;
    }
    EXPECT_GT(growing, 30'000U);
    EXPECT_EQ(pool.plain_stacks(), kStacks - growing);
    EXPECT_GT(pool.plain_stacks(), 0U);
}

}  // namespace
}  // namespace golanes::test

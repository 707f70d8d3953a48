// memory_map: what the threads of a process share, what each has alone, and what a child copies.
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <set>
#include <string>

#include <unistd.h>

#include "core/host/address_space.h"
#include "core/host/status.h"
#include "core/runtime/blocking.h"
#include "core/runtime/os_thread.h"
#include "core/runtime/runtime.h"
#include "core/runtime/sync.h"
#include "scenarios/programs.h"

namespace golanes::scenarios {
namespace {

using namespace golanes::rt;

const catalog::Scenario kScenario{
    .id = "memory_map",
    .title = {"Shared or private", "共享与私有"},
    .summary = {"Three threads tell where they see a function, a global, the heap, a local and a "
                "thread's own variable. Then a child process writes.",
                "三个线程报出函数、全局变量、堆、局部变量、线程变量的地址；然后让子进程写一次。"},
    .group = "processes",
    .outcomes = catalog::Outcomes::Fixed,
    .real_only = true,
    .presets = {{"quick", {"Quick", "快速"}}},
};

constexpr int kThreads = 3;

volatile int global = 1;
thread_local int own_of_the_thread = 1;

// Addresses as one thread sees them.
struct View {
    std::int64_t thread = 0;
    const void* function = nullptr;
    const void* global_variable = nullptr;
    const void* heap = nullptr;
    const void* local = nullptr;
    const void* thread_variable = nullptr;
};

// Not inlined: the address of a thread's variable is asked for on the thread.
[[gnu::noinline]] View look_around(const int* heap) {
    int local = 0;
    const View view{host::thread_number(),
                    reinterpret_cast<const void*>(&look_around),
                    const_cast<const int*>(&global),
                    heap,
                    &local,
                    &own_of_the_thread};
    char line[200];
    std::snprintf(line,
                  sizeof line,
                  "thread %ld: function %p, global %p, heap %p, local %p, thread's own %p",
                  static_cast<long>(view.thread),
                  view.function,
                  view.global_variable,
                  view.heap,
                  view.local,
                  view.thread_variable);
    log(line);
    return view;
}

using Views = std::array<View, kThreads>;

std::size_t distinct(const Views& views, const void* View::*field) {
    std::set<const void*> all;
    for (const View& view : views)
        all.insert(view.*field);
    return all.size();
}

void compare(const Views& views) {
    check(distinct(views, &View::function) == 1, "all threads see one function");
    check(distinct(views, &View::global_variable) == 1, "all threads see one global variable");
    check(distinct(views, &View::heap) == 1, "all threads see one object on the heap");
    check(distinct(views, &View::local) == kThreads, "each has a local variable of its own");
    check(distinct(views, &View::thread_variable) == kThreads,
          "each has a thread_local of its own");
    const auto threads = host::threads_of();
    check(std::all_of(views.begin(),
                      views.end(),
                      [&](const View& view) {
                          return std::any_of(
                              threads.begin(), threads.end(), [&](const auto& thread) {
                                  return thread.id == view.thread;
                              });
                      }),
          "the kernel lists each of them as a thread of this process");
}

void compare_with_child() {
    global = 1;
    const auto child = blocking([] { return host::write_in_child(global, 2); });
    check(child.ok(), "a child process was made");
    if (!child.ok())
        return;
    check(child->address == reinterpret_cast<std::uintptr_t>(&global) && child->value == 2,
          "the child wrote to a variable at the same address");
    check(global == 1, "and this process does not see it");
}

void program(const catalog::Values&) {
    const auto heap = std::make_unique<int>(1);
    Views views;
    WaitGroup arrived("all are here");
    WaitGroup wg("threads");
    arrived.add(kThreads);
    wg.add(kThreads);
    for (std::size_t i = 0; i < views.size(); ++i) {
        go("on a thread of its own " + std::to_string(i + 1), [&, i] {
            lock_os_thread();
            arrived.done();
            arrived.wait();  // so that each has its thread while the others have theirs
            views[i] = look_around(heap.get());
            unlock_os_thread();
            wg.done();
        });
    }
    wg.wait();
    compare(views);
    compare_with_child();
    const host::AddressSpace space = host::address_space();
    log("process " + std::to_string(getpid()) + ": " + std::to_string(space.areas) +
        " memory areas, " + std::to_string(space.descriptors) + " open descriptors, " +
        std::to_string(host::threads_of().size()) + " threads");
    outcome(kThreads);
}

}  // namespace

Entry memory_map() {
    return {&kScenario, &program};
}

}  // namespace golanes::scenarios

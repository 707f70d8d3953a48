#include "app/verbs/doctor.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <memory>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sys/resource.h>

#include "app/calibrate.h"
#include "app/doctor_ui.h"
#include "app/machine_text.h"
#include "app/run_policies.h"
#include "core/base/clock.h"
#include "core/base/cpu.h"
#include "core/host/creation_cost.h"
#include "core/host/limits.h"
#include "core/runtime/preempt_signal.h"
#include "core/runtime/real_engine.h"
#include "core/runtime/run.h"
#include "core/runtime/runtime.h"
#include "core/trace/collector.h"

namespace golanes::app {
namespace {

using Json = nlohmann::ordered_json;

// Nanoseconds of one clock reading: the floor of the price of an event.
double clock_cost_ns() {
    constexpr int kReadings = 100'000;
    const TimeNs begin = monotonic_ns();
    std::uint64_t sum = 0;
    for (int i = 0; i < kReadings; ++i)
        sum += read_ticks();
    asm volatile("" : : "r"(sum));
    return static_cast<double>(monotonic_ns() - begin) / kReadings;
}

// Nanoseconds of one gosched between two goroutines on one P, recorded.
double switch_cost_ns() {
    constexpr int kYields = 20'000;
    auto region = trace::RunRegion::create_anonymous({}, process_tick_clock());
    if (!region.ok())
        return 0;
    rt::RunHost host(region.value(), trace::Level::Scheduler, false);
    rt::RunSettings settings;
    settings.scheduler.procs = 1;
    DurationNs spent = 0;
    rt::run_program(host, settings, [&] {
        rt::go("other", [] {
            for (;;)
                rt::gosched();
        });
        const TimeNs begin = rt::now();
        for (int i = 0; i < kYields; ++i)
            rt::gosched();
        spent = rt::now() - begin;
    });
    return static_cast<double>(spent) / (2.0 * kYields);
}

// Nanoseconds to make a goroutine and wait for its end, recorded.
double goroutine_cost_ns() {
    constexpr int kGoroutines = 10'000;
    auto region = trace::RunRegion::create_anonymous({}, process_tick_clock());
    if (!region.ok())
        return 0;
    rt::RunHost host(region.value(), trace::Level::Scheduler, false);
    rt::RunSettings settings;
    settings.scheduler.procs = 1;
    DurationNs spent = 0;
    rt::run_program(host, settings, [&] {
        const TimeNs begin = rt::now();
        for (int i = 0; i < kGoroutines; ++i) {
            rt::go("", [] {});
            rt::gosched();
        }
        spent = rt::now() - begin;
    });
    return static_cast<double>(spent) / kGoroutines;
}

Json cost_json(const host::CreationCost& cost) {
    Json json{{"create_ns", cost.each_ns}, {"resident_bytes", cost.each_bytes}};
    if (!cost.limit.empty())
        json["limit"] = cost.limit;
    return json;
}

// What the scenarios that compare the three rest on.
void measure_host(Json& json) {
    json["process"] = cost_json(host::process_cost(20));
    json["thread"] = cost_json(host::thread_cost(200));
    json["goroutine"] = {{"create_ns", static_cast<std::int64_t>(goroutine_cost_ns())}};
    const host::Limits limits = host::read_limits();
    const auto number = [](std::int64_t value) {
        return value < 0 ? Json(nullptr) : Json(value);
    };
    json["pid_max"] = number(limits.pid_max);
    json["threads_max"] = number(limits.threads_max);
    json["memory_areas_max"] = number(limits.maps_max);
    json["container_pids_max"] = number(limits.container_pids);
    json["container_memory_max"] = number(limits.container_memory);
}

std::string stack_growth_text() {
    const auto backend = rt::choose_stack_backend(rt::kAllStackBackends);
    if (backend == rt::StackBackend::Plain)
        return "none: stacks are usable as a whole, and growth is not recorded";
    return fmt::format("from one page, by {}", rt::stack_backend_name(backend));
}

// In KB.
double page_tables_of_process() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("VmPTE:"))
            return std::stod(line.substr(6));
    }
    return 0;
}

// Bytes that each stack costs the kernel beside its pages, measured.
std::int64_t page_tables_per_stack(std::size_t reservation) {
    constexpr int kStacks = 512;
    rt::StackPool pool({.bytes = reservation});
    const double before = page_tables_of_process();
    for (int i = 0; i < kStacks; ++i) {
        if (const rt::Stack stack = pool.take(); stack.low != nullptr)
            stack.top()[-1] = 1;
    }
    return std::llround((page_tables_of_process() - before) * 1024 / kStacks);
}

// What virtual runs charge, measured again although figures are kept.
rt::Costs measured_and_kept() {
    const rt::Costs costs = measure_costs();
    if (auto saved = save_costs(costs_path(), costs_identity(), costs); !saved.ok())
        fmt::print(stderr, "golanes: {}\n", saved.error().message);
    return costs;
}

Json measure(bool anew) {
    rlimit stack{};
    rlimit processes{};
    getrlimit(RLIMIT_STACK, &stack);
    getrlimit(RLIMIT_NPROC, &processes);
    Json json;
    json["cpu"] = cpu_model();
    json["kernel"] = kernel_text();
    json["cpus_online"] = std::thread::hardware_concurrency();
    json["cpus_usable"] = rt::usable_cpus();
    json["clock"] = ticks_are_invariant()
                        ? "constant-rate tick counter"
                        : "tick counter that may change its rate: times are not to be trusted";
    json["clock_ghz"] = 1.0 / process_tick_clock().ns_per_tick;
    json["clock_read_ns"] = clock_cost_ns();
    json["gosched_ns"] = switch_cost_ns();
    const rt::Costs costs = anew ? measured_and_kept() : machine_costs();
    json["costs_ns"] = Json::object();
    for (std::size_t i = 0; i < rt::kOpCount; ++i)
        json["costs_ns"][std::string(kOpNames[i])] = costs.ns[i];
    json["costs_file"] =
        costs_path().empty() ? "none: neither XDG_CACHE_HOME nor HOME is set" : costs_path();
    json["stack_growth"] = stack_growth_text();
    json["stack_page_tables_bytes"] = {{"256K", page_tables_per_stack(rt::kStandardStackBytes)},
                                       {"64M", page_tables_per_stack(std::size_t{64} << 20)}};
    json["preemption"] = rt::can_preempt_by_signal()
                             ? "in every runtime call, and by signal in scenario code"
                             : "in work() and in every runtime call (no XSAVEC: not by signal)";
    json["thread_stack_limit_bytes"] =
        stack.rlim_cur == RLIM_INFINITY ? Json(nullptr) : Json(stack.rlim_cur);
    json["process_limit"] =
        processes.rlim_cur == RLIM_INFINITY ? Json(nullptr) : Json(processes.rlim_cur);
    measure_host(json);
    const DoctorUi ui = examine_ui();
    json["window"] = ui.display;
    json["gl"] = ui.gl;
    json["fonts"] = ui.fonts;
    return json;
}

std::string words_of(std::string key) {
    std::replace(key.begin(), key.end(), '_', ' ');
    return key;
}

void print_text(const Json& json) {
    for (const auto& [key, value] : json.items()) {
        if (value.is_object()) {
            const std::string what = key == "costs_ns"                  ? "cost of "
                                     : key == "stack_page_tables_bytes" ? "page tables, stack "
                                                                        : words_of(key + " ");
            const std::string unit = key == "costs_ns"                  ? " ns"
                                     : key == "stack_page_tables_bytes" ? " bytes"
                                                                        : "";
            for (const auto& [part, number] : value.items())
                fmt::print("{:<26}{}{}\n",
                           what + words_of(part),
                           number.is_string() ? number.get<std::string>() : number.dump(),
                           unit);
            continue;
        }
        std::string text = value.is_string()         ? value.get<std::string>()
                           : value.is_number_float() ? fmt::format("{:.2f}", value.get<double>())
                                                     : value.dump();
        if (value.is_null())
            text = "no limit";
        fmt::print("{:<26}{}\n", words_of(key), text);
    }
}

}  // namespace

void add_doctor_verb(CLI::App& root, int& exit_code) {
    auto as_json = std::make_shared<bool>(false);
    CLI::App* command = root.add_subcommand(
        "doctor", "What this machine gives: cores, clock, costs, fonts, graphics");
    command->add_flag("--json", *as_json, "One JSON object on stdout and nothing else");
    auto anew = std::make_shared<bool>(false);
    command->add_flag(
        "--measure", *anew, "Measure the costs of virtual runs again and keep the new figures");
    command->callback([as_json, anew, &exit_code] {
        const Json json = measure(*anew);
        if (*as_json)
            fmt::print("{}\n", json.dump());
        else
            print_text(json);
        exit_code = 0;
    });
}

}  // namespace golanes::app

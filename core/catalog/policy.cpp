#include "core/catalog/policy.h"

#include <algorithm>
#include <array>
#include <bit>

#include <fmt/format.h>

#include "core/base/check.h"
#include "core/base/time.h"

namespace golanes::catalog {
namespace {

Parameter on_off(std::string_view name, Text title) {
    return {.name = name,
            .title = title,
            .kind = ParameterKind::Switch,
            .maximum = 1,
            .standard = 1,
            .takes = Takes::Live};
}

std::array<Policy, kPolicyCount> make_policies() {
    return {{
        {.id = PolicyId::Stealing,
         .knob = on_off("stealing", {"Work stealing", "工作窃取"}),
         .lesson = {"Off: a P whose queue is empty stays idle although others have work waiting.",
                    "关闭后：队列空了的 P 只能闲着，哪怕别的 P 还有协程在排队。"}},
        {.id = PolicyId::Runnext,
         .knob = on_off("runnext", {"Runnext slot", "runnext 槽位"}),
         .lesson = {"Off: a goroutine just made ready waits at the end of the queue instead of "
                    "running next.",
                    "关闭后：刚就绪的协程要排到队尾，而不是下一个就运行。"}},
        {.id = PolicyId::GlobalTick,
         .knob = {.name = "global_tick",
                  .title = {"Look at the global queue every", "每隔多少次查看全局队列"},
                  .kind = ParameterKind::Integer,
                  .minimum = 0,
                  .maximum = 1000,
                  .standard = 61,
                  .takes = Takes::Live},
         .lesson = {"0: goroutines in the global queue starve while the local queue is never "
                    "empty.",
                    "设为 0：只要本地队列不空，全局队列里的协程就一直饿着。"}},
        {.id = PolicyId::Slice,
         .knob = {.name = "slice",
                  .title = {"Time slice", "时间片"},
                  .kind = ParameterKind::Duration,
                  .minimum = 10 * kMicrosecond,
                  .maximum = 10 * kSecond,
                  .standard = 10 * kMillisecond,
                  .takes = Takes::Live},
         .lesson = {"Shorter: goroutines that compute alternate more finely, at the price of more "
                    "switches.",
                    "调短后：计算型协程交替得更细，代价是切换更多。"}},
        {.id = PolicyId::ForcedPreemption,
         .knob = on_off("forced_preemption", {"Forced preemption", "强制抢占"}),
         .lesson = {"Off: a goroutine that computes keeps its P until it blocks, and all others "
                    "wait.",
                    "关闭后：计算型协程一直占着 P，直到它自己阻塞，其他协程都得等。"}},
        {.id = PolicyId::Ring,
         .knob = {.name = "ring",
                  .title = {"Places in a P's queue", "P 的本地队列容量"},
                  .kind = ParameterKind::Choice,
                  .maximum = 7,
                  .standard = 7,
                  .choices = {"2", "4", "8", "16", "32", "64", "128", "256"}},
         .lesson = {"Smaller: local queues overflow soon, and half of each moves to the global "
                    "queue.",
                    "调小后：本地队列很快装满，一半协程被移到全局队列。"}},
        {.id = PolicyId::Handoff,
         .knob = on_off("handoff", {"Hand-off of a P", "P 的移交"}),
         .lesson = {"Off: a P whose thread blocks in a system call stands still with it.",
                    "关闭后：线程阻塞在系统调用里时，它的 P 也跟着停住。"}},
        {.id = PolicyId::Pick,
         .knob = {.name = "pick",
                  .title = {"Which goroutine is next", "下一个运行谁"},
                  .kind = ParameterKind::Choice,
                  .maximum = 1,
                  .standard = 0,
                  .takes = Takes::Live,
                  .choices = {"fifo", "random"}},
         .lesson = {"Random: any runnable goroutine may be next, and habits of the order vanish.",
                    "随机：任何就绪的协程都可能是下一个，依赖顺序的侥幸不复存在。"}},
        {.id = PolicyId::Sysmon,
         .knob = {.name = "sysmon",
                  .title = {"When a slice's end is seen", "何时发现时间片用完"},
                  .kind = ParameterKind::Choice,
                  .maximum = 1,
                  .standard = 0,
                  .takes = Takes::Live,
                  .choices = {"deadline", "go"}},
         .lesson = {"Go: a look every 10 ms must see the same slice twice, so it lasts up to 20 "
                    "ms.",
                    "go：每 10 ms 看一次，要两次看到同一个时间片，所以最长可达 20 ms。"}},
        {.id = PolicyId::Overflow,
         .knob = {.name = "overflow",
                  .title = {"A stack overflow ends", "栈溢出时结束"},
                  .kind = ParameterKind::Choice,
                  .maximum = 1,
                  .standard = 0,
                  .choices = {"run", "goroutine"}},
         .lesson = {"Goroutine: only the one whose stack is used up ends, and the others go on.",
                    "goroutine：只结束栈用尽的那个协程，其他协程继续运行。"}},
        {.id = PolicyId::Costs,
         .knob = {.name = "costs",
                  .title = {"Costs of the scheduler itself", "调度器自身的开销"},
                  .kind = ParameterKind::Factor,
                  .minimum = 0,
                  .maximum = 1000,
                  .standard = 0},
         .lesson = {"More: switches, go statements and thefts take this machine's measured time, "
                    "many times over.",
                    "调大后：切换、创建协程、窃取按本机实测时间的若干倍计费。"},
         .virtual_only = true},
    }};
}

std::string known_policies() {
    std::vector<std::string_view> names;
    for (const Policy& each : policies())
        names.push_back(each.knob.name);
    return fmt::format("{}", fmt::join(names, ", "));
}

}  // namespace

std::span<const Policy> policies() {
    static const std::array<Policy, kPolicyCount> kPolicies = make_policies();
    return kPolicies;
}

const Policy& policy(PolicyId id) {
    const Policy& found = policies()[static_cast<std::size_t>(id)];
    GOLANES_CHECK(found.id == id, "policies stand in the order of PolicyId");
    return found;
}

PolicyValues standard_policies() {
    PolicyValues values;
    for (const Policy& each : policies())
        values.push_back(each.knob.standard);
    return values;
}

PolicyValues watched_policies() {
    PolicyValues values = standard_policies();
    values[static_cast<std::size_t>(PolicyId::Costs)] = 100;
    return values;
}

Result<PolicySetting> parse_policy(std::string_view text) {
    const auto at = text.find('=');
    if (at == std::string_view::npos || at == 0)
        return Error{fmt::format("--policy takes name=value, not \"{}\"", text)};
    const std::string_view name = text.substr(0, at);
    const std::string_view given = text.substr(at + 1);
    for (const Policy& each : policies()) {
        if (each.knob.name != name)
            continue;
        const auto value = parse_value(each.knob, given);
        if (!value.ok())
            return Error{
                fmt::format("policy {} takes {}, not \"{}\"", name, range_text(each.knob), given)};
        if (each.not_yet == value.value())
            return Error{fmt::format("policy {}={} is not yet in this version", name, given)};
        return PolicySetting{each.id, value.value()};
    }
    return Error{fmt::format("there is no policy \"{}\"; there are: {}", name, known_policies())};
}

std::vector<std::string> changed_policies(const PolicyValues& values) {
    std::vector<std::string> changed;
    for (std::size_t i = 0; i < values.size() && i < kPolicyCount; ++i) {
        const Parameter& knob = policies()[i].knob;
        if (values[i] != knob.standard)
            changed.push_back(fmt::format("{}={}", knob.name, value_text(knob, values[i])));
    }
    return changed;
}

Status check_policies(const PolicyValues& values, bool is_virtual) {
    for (std::size_t i = 0; i < values.size() && i < kPolicyCount; ++i) {
        const Policy& each = policies()[i];
        if (!is_virtual && each.virtual_only && values[i] != each.knob.standard)
            return Error{fmt::format("policy {} acts on virtual runs only: add --engine virtual",
                                     each.knob.name)};
    }
    return Done{};
}

std::uint32_t ring_places(std::int64_t value) {
    return 2U << value;
}

std::int64_t ring_value(std::uint32_t places) {
    return std::bit_width(places) - 2;
}

}  // namespace golanes::catalog

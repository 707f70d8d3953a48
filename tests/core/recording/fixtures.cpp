#include "tests/core/recording/fixtures.h"

#include <array>
#include <fstream>
#include <iterator>
#include <tuple>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/recording/file.h"

namespace golanes::recording::test {

using trace::Event;
using trace::EventType;

Bytes read_bytes(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void write_bytes(const std::string& path, ByteView bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    for (const std::uint8_t byte : bytes)
        out.put(static_cast<char>(byte));
}

trace::Names sample_names() {
    trace::Names names;
    names.strings.insert(names.strings.end(),
                         {"hello", "say \"hi\"\n", std::string("\0\xFF\x80#", 4), "汉字"});
    names.places.push_back(
        {.file = "scenarios/letters.cpp", .line = 31, .function = "letters", .label = "worker 3"});
    names.places.push_back(
        {.file = "a\n  # b.cpp", .line = UINT32_MAX, .function = "f<int>", .label = "tab\there"});
    names.places.push_back(
        {.file = "scenarios/letters.cpp", .line = 7, .function = "letters", .label = ""});
    return names;
}

Meta sample_meta() {
    return {.source = "golanes",
            .scenario = "letters",
            .title = "Letters, 字母",
            .engine = "virtual",
            .seed = UINT64_MAX,
            .procs = 2,
            .cpus = 4,
            .level = "full",
            .machine = "A \"fast\" CPU",
            .started = "2026-01-02T03:04:05Z",
            .parameters = {{"tasks", "10"}, {"slice", "10ms"}},
            .policies = {{"stealing", "off"}},
            .costs = {{"switch", 120}}};
}

Honesty sample_honesty() {
    return {.lost = 3, .shed = 0, .clamped = 2, .unordered = 1, .warnings = {"one", "two\nlines"}};
}

namespace {

/// A number of 0 to `bits` random bits: small, middling and huge ones alike.
std::uint64_t any_size(Random& random, unsigned bits) {
    const std::uint64_t keep = random.uniform(bits + 1);
    return keep == 0 ? 0 : random.next() >> (64 - keep);
}

}  // namespace

std::vector<Event> random_events(std::size_t count, std::uint64_t seed) {
    Random random(seed, Stream::Scenario);
    std::vector<Event> events(count);
    for (Event& event : events) {
        event.time = any_size(random, 64);
        event.a = static_cast<std::uint32_t>(any_size(random, 32));
        event.seq = static_cast<std::uint32_t>(any_size(random, 32));
        event.type = static_cast<EventType>(random.uniform(256));
        event.flags = static_cast<std::uint8_t>(random.next());
        event.cpu = static_cast<CpuId>(any_size(random, 16));
        event.p = random.uniform(4) == 0 ? kNoProc : static_cast<ProcId>(any_size(random, 16));
        event.where = static_cast<PlaceId>(any_size(random, 16));
        event.arg = any_size(random, 64);
    }
    return events;
}

std::vector<Event> busy_events(std::size_t count) {
    static constexpr std::array<EventType, 3> kCycle{
        EventType::GoStart, EventType::GoUnblock, EventType::GoBlock};
    Random random(1, Stream::Scenario);
    std::vector<Event> events(count);
    std::uint64_t time = 0;
    std::array<std::uint32_t, 2> index{};
    std::vector<std::uint32_t> seq(16, 0);
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t p = i / 3 % 2;
        const auto g = static_cast<std::uint32_t>(1 + random.uniform(15));
        time += 80 + random.uniform(400);
        events[i] = {.time = time,
                     .a = g,
                     .seq = ++seq[g],
                     .type = kCycle[i % 3],
                     .flags = 2,
                     .cpu = static_cast<CpuId>(p),
                     .p = static_cast<ProcId>(p),
                     .where = static_cast<PlaceId>(i % 3),
                     .arg = trace::pack_pair(i % 3 == 1 ? g : 0, i % 3 == 2 ? 1 : index[p]++)};
    }
    return events;
}

Snapshot snapshot_of(const std::vector<Event>& events) {
    Recording recording(sample_meta());
    recording.set_names(std::make_shared<const trace::Names>(sample_names()));
    recording.set_honesty(sample_honesty());
    recording.append(events);
    recording.publish();
    return recording.snapshot();
}

std::vector<Event> events_of(const Snapshot& snapshot) {
    std::vector<Event> events;
    snapshot.for_each([&](const Event& event) { events.push_back(event); });
    return events;
}

namespace {

auto facts_of(const Meta& meta) {
    return std::tie(meta.source,
                    meta.scenario,
                    meta.title,
                    meta.engine,
                    meta.seed,
                    meta.procs,
                    meta.cpus,
                    meta.level,
                    meta.machine,
                    meta.started);
}

std::vector<std::pair<std::string, std::string>> pairs_of(
    const std::vector<ParameterValue>& values) {
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const ParameterValue& parameter : values)
        pairs.emplace_back(parameter.name, parameter.value);
    return pairs;
}

void expect_same_meta(const Meta& left, const Meta& right) {
    EXPECT_EQ(facts_of(left), facts_of(right));
    EXPECT_EQ(pairs_of(left.parameters), pairs_of(right.parameters));
    EXPECT_EQ(pairs_of(left.policies), pairs_of(right.policies));
    ASSERT_EQ(left.costs.size(), right.costs.size());
    for (std::size_t i = 0; i < left.costs.size(); ++i) {
        EXPECT_EQ(left.costs[i].operation, right.costs[i].operation);
        EXPECT_EQ(left.costs[i].ns, right.costs[i].ns);
    }
}

void expect_same_honesty(const Honesty& left, const Honesty& right) {
    EXPECT_EQ(left.lost, right.lost);
    EXPECT_EQ(left.shed, right.shed);
    EXPECT_EQ(left.clamped, right.clamped);
    EXPECT_EQ(left.unordered, right.unordered);
    EXPECT_EQ(left.warnings, right.warnings);
}

}  // namespace

void expect_same(const Snapshot& left, const Snapshot& right) {
    expect_same_meta(*left.meta, *right.meta);
    expect_same_honesty(left.honesty, right.honesty);
    EXPECT_EQ(left.names->strings, right.names->strings);
    EXPECT_EQ(left.names->places, right.names->places);
    EXPECT_EQ(left.first_index(), right.first_index());
    ASSERT_EQ(left.event_count(), right.event_count());
    EXPECT_TRUE(events_of(left) == events_of(right)) << "the events differ";
}

Snapshot round_trip(const Snapshot& snapshot) {
    const TemporaryFolder folder;
    const Status saved = save(snapshot, folder.file("a.golanes"), Overwrite::No);
    EXPECT_TRUE(saved) << (saved ? "" : saved.error().message);
    Result<Snapshot> loaded = load(folder.file("a.golanes"));
    EXPECT_TRUE(loaded) << (loaded ? "" : loaded.error().message);
    return loaded ? std::move(loaded).value() : Snapshot{};
}

}  // namespace golanes::recording::test

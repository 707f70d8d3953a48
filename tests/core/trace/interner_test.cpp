#include "core/trace/interner.h"

#include <atomic>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "core/trace/collector.h"
#include "tests/core/trace/helpers.h"

namespace golanes::trace::test {
namespace {

Names names_of(const RunRegion& region) {
    Names names;
    read_names(region, names);
    return names;
}

constexpr std::string_view kFull = "(text lost: the string table of this run is full)";

TEST(InternerTest, TheSameTextHasTheSameNumber) {
    const RunRegion region = small_region();
    Interner interner(region);
    const StringId one = interner.string("worker 1");
    EXPECT_NE(one, interner.string("worker 2"));
    EXPECT_EQ(one, interner.string("worker 1"));
    EXPECT_EQ(names_of(region).string(one), "worker 1");
}

TEST(InternerTest, TheEmptyTextIsNumberZero) {
    const RunRegion region = small_region();
    Interner interner(region);
    EXPECT_EQ(interner.string(""), 0U);
    EXPECT_EQ(names_of(region).string(0), "");
}

TEST(InternerTest, PlacesAreToldApartByFileLineAndLabel) {
    const RunRegion region = small_region();
    Interner interner(region);
    const Where where{"scenarios/letters.cpp", 31, "program"};
    const PlaceId plain = interner.place(where);
    EXPECT_NE(plain, 0);
    EXPECT_EQ(plain, interner.place(where));
    EXPECT_NE(plain, interner.place(where, "letter a"));
    EXPECT_NE(plain, interner.place({"scenarios/letters.cpp", 32, "program"}));
    EXPECT_EQ(names_of(region).place(plain), (Place{"scenarios/letters.cpp", 31, "program", ""}));
}

TEST(InternerTest, PathsOfAnotherTreeAreCutToTheScenario) {
    const RunRegion region = small_region();
    Interner interner(region);
    const PlaceId id = interner.place({"/home/ann/golanes/scenarios/letters.cpp", 31, "program"});
    EXPECT_EQ(names_of(region).place(id).file, "scenarios/letters.cpp");
}

// A test of the runtime was shown as "core/runtime/...": a file that does not exist.
TEST(InternerTest, PathsOfThisTreeAreKeptWhole) {
    const RunRegion region = small_region();
    Interner interner(region);
    const PlaceId id = interner.place(Where::here());
    EXPECT_EQ(names_of(region).place(id).file, "tests/core/trace/interner_test.cpp");
}

TEST(InternerTest, AFullTableOfStringsSaysSo) {
    const RunRegion region = small_region();
    Interner interner(region);
    StringId last = 0;
    for (int i = 0; i < 100; ++i)
        last = interner.string("text " + std::to_string(i));
    EXPECT_EQ(names_of(region).string(last), kFull);
    EXPECT_EQ(names_of(region).strings.size(), 64U);
    EXPECT_EQ(names_of(region).string(interner.string("text 3")), "text 3");
}

TEST(InternerTest, ATextThatDoesNotFitSaysSo) {
    const RunRegion region = small_region();
    Interner interner(region);
    const StringId id = interner.string(std::string(5'000, 'x'));
    EXPECT_EQ(names_of(region).string(id), kFull);
    const StringId fits = interner.string("short");
    EXPECT_EQ(names_of(region).string(fits), "short");
}

TEST(InternerTest, AFullTableOfPlacesYieldsTheUnknownPlace) {
    const RunRegion region = small_region();
    Interner interner(region);
    PlaceId last = 1;
    for (std::uint32_t line = 1; line <= 64; ++line)
        last = interner.place({"scenarios/long.cpp", line, "f"});
    EXPECT_EQ(last, 0);
    EXPECT_EQ(names_of(region).place(0), Place{});
}

// The second interner of a region numbered every known place anew.
TEST(InternerTest, AProcessThatJoinsGoesOnWhereTheTablesEnd) {
    const RunRegion region = small_region();
    const Where where{"scenarios/letters.cpp", 31, "program"};
    Interner first(region);
    const StringId text = first.string("hello");
    const PlaceId place = first.place(where, "letter a");
    Interner second(region);
    EXPECT_EQ(second.string("hello"), text);
    EXPECT_EQ(second.place(where, "letter a"), place);
    const StringId more = second.string("world");
    EXPECT_EQ(names_of(region).string(more), "world");
    EXPECT_EQ(names_of(region).string(text), "hello");
}

TEST(InternerTest, TheCacheGivesTheInternersNumbers) {
    const RunRegion region = small_region();
    Interner interner(region);
    PlaceCache cache;
    for (int round = 0; round < 2; ++round) {
        for (std::uint32_t line = 1; line < 40; ++line) {
            const Where where{"scenarios/long.cpp", line, "f"};
            EXPECT_EQ(cache.find(interner, where), interner.place(where));
        }
    }
}

TEST(InternerTest, TheCollectorHandsOutNewNamesOnlyWhenThereAreSome) {
    const RunRegion region = small_region();
    Interner interner(region);
    Collector collector(region);
    const auto before = collector.names();
    EXPECT_EQ(before, collector.names());
    const StringId id = interner.string("news");
    const auto after = collector.names();
    EXPECT_NE(before, after);
    EXPECT_EQ(after->string(id), "news");
    EXPECT_EQ(before->string(id), "");  // what was handed out never changes
}

TEST(InternerTest, OffsetsOverwrittenByARunGoneWildReadAsEmpty) {
    const RunRegion region = small_region();
    Interner interner(region);
    const StringId id = interner.string("victim");
    region.at<std::uint32_t>(region.shape().string_offsets_offset)[id + 1] = 0xFFFFFFFF;
    EXPECT_EQ(names_of(region).string(id), "");
    region.header().string_count = 0xFFFFFFFF;
    EXPECT_LE(names_of(region).strings.size(), 64U);
}

// Under ThreadSanitizer this found that each new text rewrote the end of the one before.
TEST(InternerTest, NamesAreReadWhileAnotherThreadAddsThem) {
    RegionOptions options = small_options();
    options.max_strings = options.max_places = 4'096;
    options.string_bytes = 1U << 18;
    const auto region = RunRegion::create_anonymous(options, TickClock{});
    ASSERT_TRUE(region.ok());
    constexpr std::uint32_t kPlaces = 2'000;
    std::thread writer([&] {
        Interner interner(region.value());
        for (std::uint32_t i = 1; i <= kPlaces; ++i)
            interner.place({"scenarios/long.cpp", i, "f"}, "label " + std::to_string(i));
    });
    Names names;
    while (names.places.size() <= kPlaces) {
        const std::size_t known = names.places.size();
        read_names(region.value(), names);
        for (std::size_t i = known; i < names.places.size(); ++i) {
            ASSERT_EQ(names.places[i].file, "scenarios/long.cpp");
            ASSERT_EQ(names.places[i].label, "label " + std::to_string(i));
        }
    }
    writer.join();
}

}  // namespace
}  // namespace golanes::trace::test

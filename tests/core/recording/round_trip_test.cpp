// What is saved comes back: every event, name and fact.
#include <random>

#include <gtest/gtest.h>

#include "core/recording/event_codec.h"
#include "core/recording/file.h"
#include "core/recording/meta_codec.h"
#include "core/recording/names_codec.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::recording::test {
namespace {

using trace::Event;

TEST(RoundTripTest, RandomEventsReturnInEveryField) {
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    const Snapshot saved = snapshot_of(random_events(2 * kChunkEvents + 77, seed));
    expect_same(saved, round_trip(saved));
}

TEST(RoundTripTest, ExtremeFieldsReturn) {
    const Event least{.cpu = 0, .p = 0};
    const Event most{.time = UINT64_MAX,
                     .a = UINT32_MAX,
                     .seq = UINT32_MAX,
                     .type = static_cast<trace::EventType>(255),
                     .flags = 255,
                     .cpu = UINT16_MAX,
                     .p = UINT16_MAX,
                     .where = UINT16_MAX,
                     .arg = UINT64_MAX};
    const Snapshot saved = snapshot_of({least, most, least, most, most, least});
    expect_same(saved, round_trip(saved));
}

TEST(RoundTripTest, ARecordingWithoutEventsReturns) {
    const Snapshot loaded = round_trip(snapshot_of({}));
    expect_same(snapshot_of({}), loaded);
    EXPECT_EQ(loaded.event_count(), 0U);
}

TEST(RoundTripTest, ADefaultSnapshotReturns) {
    expect_same(Snapshot{}, round_trip(Snapshot{}));
}

TEST(RoundTripTest, ChunkBordersDoNotMatter) {
    for (const std::size_t count :
         {std::size_t{1}, kChunkEvents - 1, kChunkEvents, kChunkEvents + 1}) {
        SCOPED_TRACE(testing::Message() << count << " events");
        const Snapshot saved = snapshot_of(busy_events(count));
        expect_same(saved, round_trip(saved));
    }
}

TEST(RoundTripTest, ShedChunksKeepTheirNumbers) {
    Recording recording(sample_meta(), 2 * kChunkEvents * sizeof(Event));
    recording.append(busy_events(4 * kChunkEvents + 5));
    recording.publish();
    const Snapshot loaded = round_trip(recording.snapshot());
    EXPECT_EQ(loaded.first_index(), 3 * kChunkEvents);
    EXPECT_EQ(loaded.honesty.shed, 3 * kChunkEvents);
    expect_same(recording.snapshot(), loaded);
}

TEST(RoundTripTest, AViewOfAHalfFullChunkSavesOnlyItsOwnEvents) {
    Recording recording(sample_meta());
    recording.append(busy_events(10));
    recording.publish();
    const Snapshot early = recording.snapshot();
    recording.append(busy_events(10));
    recording.publish();
    EXPECT_EQ(round_trip(early).event_count(), 10U);
}

TEST(RoundTripTest, ALoadedRecordingSavedAgainGivesTheSameBytes) {
    const TemporaryFolder folder;
    ASSERT_TRUE(save(snapshot_of(busy_events(1'000)), folder.file("a.golanes"), Overwrite::No));
    const auto loaded = load(folder.file("a.golanes"));
    ASSERT_TRUE(loaded);
    ASSERT_TRUE(save(loaded.value(), folder.file("b.golanes"), Overwrite::No));
    EXPECT_EQ(read_bytes(folder.file("a.golanes")), read_bytes(folder.file("b.golanes")));
}

TEST(RoundTripTest, TextThatIsNotUtf8SavesWithItsBadBytesReplaced) {
    Snapshot snapshot = snapshot_of({});
    Meta meta = sample_meta();
    meta.title = "bad \xFF byte";
    snapshot.meta = std::make_shared<const Meta>(meta);
    EXPECT_EQ(round_trip(snapshot).meta->title, "bad \xEF\xBF\xBD byte");
}

TEST(RoundTripTest, ABusySchedulerCostsLessThanFourBytesAnEvent) {
    const TemporaryFolder folder;
    const std::size_t count = 2 * kChunkEvents;
    ASSERT_TRUE(save(snapshot_of(busy_events(count)), folder.file("a.golanes"), Overwrite::No));
    const std::size_t bytes = read_bytes(folder.file("a.golanes")).size();
    RecordProperty("millibytes_per_event", static_cast<int>(bytes * 1'000 / count));
    EXPECT_LT(bytes, 4 * count);
}

TEST(MetaCodecTest, EventTypesAreMatchedByName) {
    const std::string text =
        R"({"event_types":[{"number":200,"name":"go_start"},{"number":7,"name":"go_teleport"},{"number":201,"name":"go_fly"}]})";
    const auto section = decode_meta(Bytes(text.begin(), text.end()));
    ASSERT_TRUE(section);
    EXPECT_EQ(section->types[200], trace::EventType::GoStart);
    EXPECT_GE(static_cast<int>(section->types[7]), trace::kEventTypeCount)
        << "7 means go_start here: it must move away";
    EXPECT_EQ(static_cast<int>(section->types[201]), 201) << "free here: it stays";
}

TEST(MetaCodecTest, UnknownKeysAreSkippedAndMissingOnesTakeTheirStandard) {
    const std::string text = R"({"meta":{"seed":5,"colour":"red"},"more":[]})";
    const auto section = decode_meta(Bytes(text.begin(), text.end()));
    ASSERT_TRUE(section);
    EXPECT_EQ(section->meta.seed, 5U);
    EXPECT_EQ(section->meta.level, "scheduler");
}

TEST(MetaCodecTest, AKeyOfTheWrongKindIsNamed) {
    for (const std::string text : {R"({"meta":{"seed":"five"}})",
                                   R"({"meta":{"seed":-1}})",
                                   R"({"meta":{"procs":1e10,"seed":null}})",
                                   R"({"meta":{"seed":1.5}})"}) {
        const auto section = decode_meta(Bytes(text.begin(), text.end()));
        ASSERT_FALSE(section) << text;
    }
    const std::string text = R"({"honesty":{"warnings":[1]}})";
    const auto section = decode_meta(Bytes(text.begin(), text.end()));
    ASSERT_FALSE(section);
    EXPECT_NE(section.error().message.find("\"warnings\""), std::string::npos);
}

TEST(EventCodecTest, EveryCutAndEveryByteTooManyIsRefused) {
    Bytes payload = encode_events(9, random_events(20, 1));
    ASSERT_TRUE(decode_events(payload));
    for (std::size_t size = 0; size < payload.size(); ++size)
        EXPECT_FALSE(decode_events(ByteView(payload).first(size))) << size;
    payload.push_back(0);
    EXPECT_FALSE(decode_events(payload));
}

TEST(NamesCodecTest, EveryCutAndEveryByteTooManyIsRefused) {
    Bytes payload = encode_names(sample_names()).value();
    ASSERT_TRUE(decode_names(payload));
    for (std::size_t size = 0; size < payload.size(); ++size)
        EXPECT_FALSE(decode_names(ByteView(payload).first(size))) << size;
    payload.push_back(0);
    EXPECT_FALSE(decode_names(payload));
}

}  // namespace
}  // namespace golanes::recording::test

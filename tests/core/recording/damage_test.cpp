// Damaged, cut, forged and foreign files, in leveldb's way: the reader must give right events, a
// clear error or a warning; never a crash, never wrong events in silence.
#include <algorithm>
#include <fstream>
#include <random>

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/recording/event_codec.h"
#include "core/recording/file.h"
#include "core/recording/meta_codec.h"
#include "core/recording/names_codec.h"
#include "core/recording/section.h"
#include "tests/core/recording/allocations.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::recording::test {
namespace {

using format::SectionKind;

/// A good file, and damaged copies of it.
class DamageTest : public testing::Test {
 protected:
    void make_file(std::size_t events) {
        snapshot_ = snapshot_of(busy_events(events));
        ASSERT_TRUE(save(snapshot_, path_, Overwrite::Yes));
        good_ = read_bytes(path_);
    }

    Result<Snapshot> load_bytes(ByteView bytes) {
        write_bytes(path_, bytes);
        return load(path_);
    }

    std::string error_of(ByteView bytes) {
        const auto loaded = load_bytes(bytes);
        return loaded ? "(no error)" : loaded.error().message;
    }

    /// The events are the first ones of the good file.
    void expect_beginning(const Snapshot& loaded) {
        const auto have = events_of(loaded);
        const auto all = events_of(snapshot_);
        ASSERT_LE(have.size(), all.size());
        EXPECT_TRUE(std::equal(have.begin(), have.end(), all.begin()));
    }

    TemporaryFolder folder_;
    std::string path_ = folder_.file("a.golanes");
    Snapshot snapshot_;
    Bytes good_;
};

void append(Bytes& file, const Bytes& bytes) {
    file.insert(file.end(), bytes.begin(), bytes.end());
}

Bytes section(SectionKind kind, ByteView payload) {
    return pack_section(kind, payload).value();
}

/// File header, meta and names: what a forged file begins with.
Bytes good_head() {
    Bytes file = file_header();
    append(file, section(SectionKind::Meta, encode_meta(Meta{}, Honesty{})));
    append(file, section(SectionKind::Names, encode_names(trace::Names{}).value()));
    return file;
}

bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

TEST_F(DamageTest, EveryFlippedByteIsNoticed) {
    make_file(40);
    for (std::size_t i = 0; i < good_.size(); ++i) {
        Bytes bad = good_;
        bad[i] ^= 0xFF;
        const std::string message = error_of(bad);
        ASSERT_TRUE(contains(message, path_ + ": ")) << "byte " << i << ": " << message;
    }
}

TEST_F(DamageTest, EveryFlippedBitOfTheSectionHeadersIsNoticed) {
    make_file(40);
    const std::size_t meta_header = format::kFileHeaderBytes;
    for (std::size_t bit = 0; bit < format::kSectionHeaderBytes * 8; ++bit) {
        Bytes bad = good_;
        bad[meta_header + bit / 8] ^= static_cast<std::uint8_t>(1U << (bit % 8));
        ASSERT_TRUE(contains(error_of(bad), "damaged in the")) << "bit " << bit;
    }
}

TEST_F(DamageTest, EveryCutLoadsTheWholeSectionsBeforeItWithAWarning) {
    make_file(40);
    bool loaded_some = false;
    for (std::size_t size = 0; size < good_.size(); ++size) {
        const auto loaded = load_bytes(ByteView(good_).first(size));
        if (!loaded) {
            ASSERT_FALSE(loaded_some) << "a longer file loads less: cut at " << size;
            continue;
        }
        loaded_some = true;
        expect_beginning(loaded.value());
        const std::string& warning = loaded->honesty.warnings.back();
        ASSERT_TRUE(contains(warning, "cut off at byte " + std::to_string(size))) << warning;
    }
    EXPECT_TRUE(loaded_some);
    EXPECT_TRUE(load_bytes(good_));
}

TEST_F(DamageTest, ACutInTheSecondChunkKeepsTheFirst) {
    make_file(kChunkEvents + 100);
    const auto loaded = load_bytes(ByteView(good_).first(good_.size() - 200));
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->event_count(), kChunkEvents);
    expect_beginning(loaded.value());
}

TEST_F(DamageTest, RandomDamageNeverCrashesOrInvents) {
    make_file(300);
    const std::uint64_t seed = std::random_device{}();
    SCOPED_TRACE(testing::Message() << "seed " << seed);
    Random random(seed, Stream::Scenario);
    for (int round = 0; round < 300; ++round) {
        Bytes bad = good_;
        for (std::uint64_t n = 1 + random.uniform(8); n > 0; --n)
            bad[random.uniform(bad.size())] = static_cast<std::uint8_t>(random.next());
        bad.resize(1 + random.uniform(bad.size()));
        const auto loaded = load_bytes(bad);
        if (loaded)
            expect_beginning(loaded.value());
    }
}

TEST_F(DamageTest, AChecksumMismatchNamesTheOffsetOfTheSection) {
    make_file(40);
    Bytes bad = good_;
    bad[format::kFileHeaderBytes + format::kSectionHeaderBytes + 3] ^= 1;
    EXPECT_EQ(error_of(bad),
              path_ +
                  ": damaged in the meta section at byte 16: checksum mismatch; use another copy "
                  "of the file");
}

TEST_F(DamageTest, ANewerVersionIsRefusedInOneSentence) {
    make_file(1);
    Bytes newer = good_;
    newer[8] = 2;
    EXPECT_EQ(
        error_of(newer),
        path_ +
            ": is of format version 2; this Golanes reads up to version 1: use a newer Golanes");
}

TEST_F(DamageTest, AForeignFileIsNamedAsSuch) {
    const std::string text =
        "\x7F"
        "ELF and so on, long enough";
    EXPECT_EQ(error_of(Bytes(text.begin(), text.end())),
              path_ + ": not a recording I know; I read .golanes files");
    EXPECT_EQ(error_of({}), path_ + ": not a recording I know; I read .golanes files");
}

TEST_F(DamageTest, AGoTraceIsNotOpenedYetAndSaysSo) {
    const std::string text = "go 1.22 trace and more";
    EXPECT_TRUE(contains(error_of(Bytes(text.begin(), text.end())),
                         "is a Go execution trace; I cannot open those yet"));
}

TEST_F(DamageTest, AMissingFileAndAFolderAreNamed) {
    const auto missing = load(folder_.file("none.golanes"));
    ASSERT_FALSE(missing);
    EXPECT_EQ(missing.error().message,
              folder_.file("none.golanes") + ": cannot be opened (No such file or directory)");
    const auto folder = load(folder_.path().string());
    ASSERT_FALSE(folder);
    EXPECT_TRUE(contains(folder.error().message, "is a folder"));
    const auto device = load("/dev/null");
    ASSERT_FALSE(device);
    EXPECT_TRUE(contains(device.error().message, "not a regular file"));
}

TEST_F(DamageTest, BytesAfterTheEndAreIgnoredWithAWarning) {
    make_file(5);
    Bytes longer = good_;
    longer.push_back(7);
    const auto loaded = load_bytes(longer);
    ASSERT_TRUE(loaded);
    EXPECT_EQ(loaded->event_count(), 5U);
    EXPECT_TRUE(contains(loaded->honesty.warnings.back(), "1 bytes after the end"));
}

TEST_F(DamageTest, ASectionKindOfALaterVersionIsSkipped) {
    Bytes file = good_head();
    append(file, section(static_cast<SectionKind>(77), Bytes(10, 1)));
    append(file, section(SectionKind::Events, encode_events(0, busy_events(3))));
    const auto loaded = load_bytes(file);
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->event_count(), 3U);
}

TEST_F(DamageTest, SectionsThatContradictEachOtherAreRefused) {
    const Bytes meta = section(SectionKind::Meta, encode_meta(Meta{}, Honesty{}));
    const Bytes events = section(SectionKind::Events, encode_events(0, busy_events(3)));
    Bytes no_meta = file_header();
    append(no_meta, events);
    EXPECT_TRUE(contains(error_of(no_meta), "the meta section does not come first"));
    Bytes two_metas = good_head();
    append(two_metas, meta);
    EXPECT_TRUE(contains(error_of(two_metas), "there are two of them"));
    Bytes short_chunk = good_head();
    append(short_chunk, events);
    append(short_chunk, events);
    EXPECT_TRUE(contains(error_of(short_chunk), "it follows a chunk that is not full"));
    Bytes gap = good_head();
    append(gap, section(SectionKind::Events, encode_events(0, busy_events(kChunkEvents))));
    append(gap, events);
    EXPECT_TRUE(contains(error_of(gap), "its first event has number 0, not 65536"));
    Bytes wrong_totals = good_head();
    append(wrong_totals, section(SectionKind::End, Bytes(20, 0)));
    EXPECT_TRUE(contains(error_of(wrong_totals), "its totals are not those of the file"));
}

TEST_F(DamageTest, AForgedStoredSizeIsACutThatCostsNoMemory) {
    Bytes file = good_head();
    append(file,
           section_header(
               {.kind = 3, .raw_size = 3'000'000, .stored_size = 3'000'000, .checksum = 0}));
    const AllocationWatch watch;
    const auto loaded = load_bytes(file);
    ASSERT_TRUE(loaded);
    EXPECT_TRUE(contains(loaded->honesty.warnings.back(), "cut off"));
    EXPECT_LT(watch.largest(), 1'000'000U);
}

TEST_F(DamageTest, AForgedRawSizeIsRefusedBeforeItIsAllocated) {
    const std::vector<format::SectionHeader> forged{
        {.kind = 3, .raw_size = UINT32_MAX, .stored_size = 4, .checksum = 0},
        {.kind = 2, .raw_size = std::uint32_t{60} << 20, .stored_size = 4, .checksum = 0},
        {.kind = 2, .raw_size = 1, .stored_size = 4, .checksum = 0},
        {.kind = 99, .raw_size = UINT32_MAX, .stored_size = UINT32_MAX, .checksum = 0}};
    for (const format::SectionHeader& header : forged) {
        Bytes file = good_head();
        append(file, section_header(header));
        append(file, Bytes(4, 0));
        const AllocationWatch watch;
        EXPECT_TRUE(contains(error_of(file), "impossible lengths")) << header.raw_size;
        EXPECT_LT(watch.largest(), 1'000'000U);
    }
}

TEST_F(DamageTest, ForgedCountsInsideSectionsCostNoMemory) {
    ByteWriter events;
    events.u64(0);
    events.u32(kChunkEvents);
    events.raw("too few bytes");
    ByteWriter strings;
    strings.varint(1U << 30);
    strings.varint(1U << 30);
    ByteWriter length;
    length.varint(2);
    length.varint(UINT64_MAX);
    const AllocationWatch watch;
    EXPECT_FALSE(decode_events(events.bytes()));
    EXPECT_FALSE(decode_names(strings.bytes()));
    EXPECT_FALSE(decode_names(length.bytes()));
    EXPECT_LT(watch.largest(), 100'000U);
}

TEST_F(DamageTest, MetaThatIsNoJsonIsAnErrorAtItsOffset) {
    Bytes file = file_header();
    const std::string text = "{\"meta\":";
    append(file, section(SectionKind::Meta, Bytes(text.begin(), text.end())));
    EXPECT_TRUE(contains(error_of(file), "meta section at byte 16: its text is not a JSON object"));
}

}  // namespace
}  // namespace golanes::recording::test

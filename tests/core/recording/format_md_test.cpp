// FORMAT.md is kept true: its hexdump is a recording that loads, and that our own encoder makes.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/recording/event_codec.h"
#include "core/recording/file.h"
#include "core/recording/names_codec.h"
#include "core/recording/section.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::recording::test {
namespace {

using format::SectionKind;

/// The bytes of the fenced block ```hexdump: offset, two spaces, then bytes up to the '|'.
Bytes hexdump_of_format_md() {
    std::ifstream in(GOLANES_FORMAT_MD);
    Bytes bytes;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("```"))
            inside = line == "```hexdump";
        else if (inside) {
            std::istringstream row(line.substr(0, line.find('|')));
            std::string offset;
            row >> offset >> std::hex;
            EXPECT_EQ(std::stoul(offset, nullptr, 16), bytes.size()) << line;
            for (unsigned byte = 0; row >> byte;)
                bytes.push_back(static_cast<std::uint8_t>(byte));
        }
    }
    return bytes;
}

std::vector<trace::Event> example_events() {
    return {{.time = 1'000,
             .a = 1,
             .seq = 1,
             .type = trace::EventType::GoCreate,
             .flags = 3,
             .cpu = 0,
             .p = 0,
             .where = 1,
             .arg = 0},
            {.time = 1'250,
             .a = 1,
             .seq = 2,
             .type = trace::EventType::GoStart,
             .flags = 3,
             .cpu = 0,
             .p = 0,
             .where = 0,
             .arg = 0}};
}

trace::Names example_names() {
    trace::Names names;
    names.strings.emplace_back("hi");
    names.places.push_back(
        {.file = "letters.cpp", .line = 31, .function = "letters", .label = "main"});
    return names;
}

Bytes example_file() {
    const std::string meta = R"({"meta":{"scenario":"letters"}})";
    const std::vector<Bytes> sections{
        pack_section(SectionKind::Meta, Bytes(meta.begin(), meta.end())).value(),
        pack_section(SectionKind::Names, encode_names(example_names()).value()).value(),
        pack_section(SectionKind::Events, encode_events(0, example_events())).value()};
    Bytes file = file_header();
    ByteWriter end;
    end.u64(2);
    end.u64(0);
    end.u32(3);
    for (const Bytes& section : sections) {
        end.u64(file.size());
        file.insert(file.end(), section.begin(), section.end());
    }
    end.u64(file.size());
    const Bytes last = pack_section(SectionKind::End, end.bytes()).value();
    file.insert(file.end(), last.begin(), last.end());
    return file;
}

TEST(FormatMdTest, ItsHexdumpLoads) {
    const TemporaryFolder folder;
    write_bytes(folder.file("a.golanes"), hexdump_of_format_md());
    const auto loaded = load(folder.file("a.golanes"));
    ASSERT_TRUE(loaded) << loaded.error().message;
    EXPECT_EQ(loaded->meta->scenario, "letters");
    EXPECT_EQ(loaded->names->strings, example_names().strings);
    EXPECT_EQ(loaded->names->places, example_names().places);
    EXPECT_TRUE(events_of(loaded.value()) == example_events());
    EXPECT_TRUE(loaded->honesty.warnings.empty());
}

TEST(FormatMdTest, ItsHexdumpIsWhatTheEncoderMakes) {
    const Bytes made = example_file();
    // NOLINTNEXTLINE(concurrency-mt-unsafe): this test has one thread
    if (const char* path = std::getenv("GOLANES_WRITE_EXAMPLE"); path != nullptr)
        write_bytes(
            path, made);  // After a change of the format: `hexdump -C` of this goes into FORMAT.md.
    EXPECT_EQ(made, hexdump_of_format_md());
}

}  // namespace
}  // namespace golanes::recording::test

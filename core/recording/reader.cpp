// load(): reads a recording file section by section. Every length is checked before it is believed;
// every error names the path and the byte offset of the section it is about.
#include <algorithm>

#include <fmt/format.h>

#include "core/recording/event_codec.h"
#include "core/recording/file.h"
#include "core/recording/format.h"
#include "core/recording/input_file.h"
#include "core/recording/meta_codec.h"
#include "core/recording/names_codec.h"
#include "core/recording/section.h"

namespace golanes::recording {
namespace {

using format::SectionHeader;
using format::SectionKind;

/// Puts a snapshot together from the sections of one file, in their order.
class Loader {
 public:
    Loader(const InputFile& file, const std::string& path) : file_(file), path_(path) {}

    Result<Snapshot> load() {
        if (const Status header = check_file_header(); !header)
            return header.error();
        while (!ended_ && !cut_) {
            if (const Status section = read_section(); !section)
                return section.error();
        }
        return finish();
    }

 private:
    Status check_file_header();
    Status read_section();
    Status take(const SectionHeader& header, ByteView payload);
    Status take_meta(ByteView payload);
    Status take_names(ByteView payload);
    Status take_events(ByteView payload);
    Status take_end(ByteView payload);
    Result<Snapshot> finish();

    [[nodiscard]] std::uint64_t left() const { return file_.size() - position_; }

    [[nodiscard]] Error damage(std::string_view kind, std::string_view what) const {
        return Error{fmt::format(
            "{}: damaged in the {} section at byte {}: {}; use another copy of the file",
            path_,
            kind,
            offsets_.empty() ? position_ : offsets_.back(),
            what)};
    }

    const InputFile& file_;
    const std::string& path_;
    std::uint64_t position_ = 0;  ///< Next byte to read.
    std::vector<std::uint64_t>
        offsets_;  ///< Where the sections so far began, the current one last.
    bool ended_ = false;
    bool cut_ = false;
    bool has_meta_ = false;
    bool has_names_ = false;
    TypeMap types_{};
    Snapshot snapshot_;
};

Status Loader::check_file_header() {
    const Bytes bytes =
        file_.read(0, std::min<std::uint64_t>(format::kFileHeaderBytes, file_.size()));
    const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
    if (text.starts_with("go 1."))
        return Error{fmt::format(
            "{}: is a Go execution trace; I cannot open those yet, only .golanes files", path_)};
    if (text.empty() ||
        !text.starts_with(format::kMagic.substr(0, std::min(text.size(), format::kMagic.size()))))
        return Error{fmt::format("{}: not a recording I know; I read .golanes files", path_)};
    if (bytes.size() < format::kFileHeaderBytes)
        return Error{fmt::format(
            "{}: cut off at byte {}, before anything was recorded; use another copy of the file",
            path_,
            bytes.size())};
    ByteReader in(ByteView(bytes).subspan(format::kMagic.size()));
    const std::uint32_t version = in.u32();
    const std::uint32_t features = in.u32();
    if (version == 0 || features != 0)
        return Error{fmt::format(
            "{}: damaged at byte {}: its header cannot be; use another copy of the file",
            path_,
            format::kMagic.size())};
    if (version > format::kVersion)
        return Error{fmt::format(
            "{}: is of format version {}; this Golanes reads up to version {}: use a newer Golanes",
            path_,
            version,
            format::kVersion)};
    position_ = format::kFileHeaderBytes;
    return Done{};
}

Status Loader::read_section() {
    offsets_.push_back(position_);
    if (left() < format::kSectionHeaderBytes) {
        cut_ = true;
        return Done{};
    }
    const Result<SectionHeader> header =
        parse_section_header(file_.read(position_, format::kSectionHeaderBytes));
    if (!header)
        return damage("next", header.error().message);
    if (header->stored_size > left() - format::kSectionHeaderBytes) {
        cut_ = true;
        return Done{};
    }
    position_ += format::kSectionHeaderBytes;
    const Bytes stored = file_.read(position_, header->stored_size);
    if (stored.size() != header->stored_size)
        return damage(format::section_name(header->kind), "it cannot be read from the disk");
    position_ += stored.size();
    const Result<Bytes> payload = unpack_section(header.value(), stored);
    if (!payload)
        return damage(format::section_name(header->kind), payload.error().message);
    return take(header.value(), payload.value());
}

Status Loader::take(const SectionHeader& header, ByteView payload) {
    const auto kind = static_cast<SectionKind>(header.kind);
    if (!has_meta_ && kind != SectionKind::Meta)
        return damage(format::section_name(header.kind), "the meta section does not come first");
    switch (kind) {
        case SectionKind::Meta:
            return take_meta(payload);
        case SectionKind::Names:
            return take_names(payload);
        case SectionKind::Events:
            return take_events(payload);
        case SectionKind::End:
            return take_end(payload);
    }
    return Done{};  // A kind that a later Golanes added: whole, and not for us.
}

Status Loader::take_meta(ByteView payload) {
    Result<MetaSection> section = decode_meta(payload);
    if (!section)
        return damage("meta", section.error().message);
    if (has_meta_)
        return damage("meta", "there are two of them");
    has_meta_ = true;
    snapshot_.meta = std::make_shared<const Meta>(std::move(section->meta));
    snapshot_.honesty = std::move(section->honesty);
    types_ = section->types;
    return Done{};
}

Status Loader::take_names(ByteView payload) {
    Result<trace::Names> names = decode_names(payload);
    if (!names)
        return damage("names", names.error().message);
    if (has_names_)
        return damage("names", "there are two of them");
    has_names_ = true;
    snapshot_.names = std::make_shared<const trace::Names>(std::move(names).value());
    return Done{};
}

Status Loader::take_events(ByteView payload) {
    const Result<EventBlock> block = decode_events(payload);
    if (!block)
        return damage("events", block.error().message);
    // Full chunks only, but for the last: what Snapshot promises, and what keeps a file of many
    // tiny chunks from asking for 2 MiB each.
    if (!snapshot_.chunks.empty() && snapshot_.last_size != kChunkEvents)
        return damage("events", "it follows a chunk that is not full");
    const std::uint64_t expected = snapshot_.first_index() + snapshot_.event_count();
    if (!snapshot_.chunks.empty() && block->first_index != expected)
        return damage(
            "events",
            fmt::format("its first event has number {}, not {}", block->first_index, expected));
    auto chunk = std::make_shared<Chunk>(block->first_index);
    for (trace::Event event : block->events) {
        event.type = types_[static_cast<std::size_t>(event.type)];
        chunk->append(event);
    }
    snapshot_.chunks.push_back(std::move(chunk));
    snapshot_.last_size = block->events.size();
    return Done{};
}

Status Loader::take_end(ByteView payload) {
    ByteReader in(payload);
    const std::uint64_t events = in.u64();
    const std::uint64_t first_index = in.u64();
    const std::uint32_t sections = in.u32();
    bool same = events == snapshot_.event_count() && first_index == snapshot_.first_index() &&
                std::uint64_t{sections} + 1 == offsets_.size() && has_names_;
    for (const std::uint64_t offset : offsets_)
        same = same && in.u64() == offset;
    if (!same || !in.done())
        return damage("end", "its totals are not those of the file");
    ended_ = true;
    return Done{};
}

Result<Snapshot> Loader::finish() {
    if (cut_ && !has_meta_)
        return Error{fmt::format(
            "{}: cut off at byte {}, before the first event; use another copy of the file",
            path_,
            file_.size())};
    if (cut_)
        snapshot_.honesty.warnings.push_back(
            fmt::format("the file is cut off at byte {}: the {} events before the cut were read, "
                        "the rest is missing",
                        file_.size(),
                        snapshot_.event_count()));
    else if (left() > 0)
        snapshot_.honesty.warnings.push_back(
            fmt::format("{} bytes after the end of the recording, from byte {}, were ignored",
                        left(),
                        position_));
    return std::move(snapshot_);
}

}  // namespace

Result<Snapshot> load(const std::string& path) {
    const auto file = InputFile::open(path);
    if (!file)
        return file.error();
    return Loader(*file.value(), path).load();
}

}  // namespace golanes::recording

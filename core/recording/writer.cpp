// save(): file header, meta, names, the chunks, the end section. See FORMAT.md.
#include <fmt/format.h>

#include "core/recording/event_codec.h"
#include "core/recording/file.h"
#include "core/recording/format.h"
#include "core/recording/meta_codec.h"
#include "core/recording/names_codec.h"
#include "core/recording/output_file.h"
#include "core/recording/section.h"

namespace golanes::recording {
namespace {

using format::SectionKind;

/// Writes sections one after another and remembers where each began.
class SectionWriter {
 public:
    SectionWriter(OutputFile& file, const std::string& path) : file_(file), path_(path) {}

    Status begin() { return write(file_header()); }

    Status section(SectionKind kind, ByteView payload) {
        const Result<Bytes> packed = pack_section(kind, payload);
        if (!packed)
            return Error{fmt::format(
                "{}: the recording cannot be saved: {}", path_, packed.error().message)};
        offsets_.push_back(position_);
        return write(packed.value());
    }

    /// The end section: totals and where every section, itself included, begins.
    Status end(const Snapshot& snapshot) {
        ByteWriter out;
        out.u64(snapshot.event_count());
        out.u64(snapshot.first_index());
        out.u32(static_cast<std::uint32_t>(offsets_.size()));
        for (const std::uint64_t offset : offsets_)
            out.u64(offset);
        out.u64(position_);
        return section(SectionKind::End, out.bytes());
    }

 private:
    Status write(ByteView bytes) {
        position_ += bytes.size();
        return file_.write(bytes);
    }

    OutputFile& file_;
    const std::string& path_;
    std::vector<std::uint64_t> offsets_;
    std::uint64_t position_ = 0;
};

Status write_events(SectionWriter& out, const Snapshot& snapshot) {
    for (std::size_t i = 0; i < snapshot.chunks.size(); ++i) {
        const auto events = snapshot.events(i);
        if (events.empty())
            continue;
        const Bytes payload = encode_events(snapshot.chunks[i]->first_index(), events);
        if (Status written = out.section(SectionKind::Events, payload); !written)
            return written;
    }
    return Done{};
}

Status write_all(SectionWriter& out, const Snapshot& snapshot, ByteView names) {
    if (Status written = out.begin(); !written)
        return written;
    if (Status written =
            out.section(SectionKind::Meta, encode_meta(*snapshot.meta, snapshot.honesty));
        !written)
        return written;
    if (Status written = out.section(SectionKind::Names, names); !written)
        return written;
    if (Status written = write_events(out, snapshot); !written)
        return written;
    return out.end(snapshot);
}

}  // namespace

Status save(const Snapshot& snapshot, const std::string& path, Overwrite overwrite) {
    const Result<Bytes> names = encode_names(*snapshot.names);
    if (!names)
        return Error{
            fmt::format("{}: the recording cannot be saved: {}", path, names.error().message)};
    const auto file = OutputFile::create(path, overwrite);
    if (!file)
        return file.error();
    SectionWriter out(*file.value(), path);
    if (Status written = write_all(out, snapshot, names.value()); !written)
        return written;
    return file.value()->commit();
}

}  // namespace golanes::recording

// Columns, because one field's values resemble each other more than one event's fields do. The
// guesses:
//   time   the event before
//   seq    the last seq in the same slot, a mod 4096 (a goroutine's events count up by one)
//   arg    its two halves, each from the last event of the same type on the same P (queue indices
//          count up; objects and creators stay the same)
// Rejected: exact maps of goroutine to seq (slower, and no smaller after zstd), bit packing (zstd
// sees nothing in it), one zstd dictionary for all files (a thing to keep for ever).
#include "core/recording/event_codec.h"

#include <fmt/format.h>

#include "core/recording/recording.h"

namespace golanes::recording {
namespace {

using trace::Event;

constexpr std::size_t kMinEventBytes = 10;  ///< One byte in each of the ten columns.

/// The last value seen in each of a fixed number of slots.
class Guesses {
 public:
    explicit Guesses(std::size_t slots) : last_(slots, 0) {}

    std::uint32_t& slot(std::size_t number) { return last_[number % last_.size()]; }

 private:
    std::vector<std::uint32_t> last_;
};

constexpr std::size_t kSeqSlots = 4'096;
constexpr std::size_t kArgSlots = 16'384;

std::size_t arg_slot(const Event& event) {
    return (static_cast<std::size_t>(event.type) % 64) * 256 + event.p % 256;
}

/// kNoProc and kNoCpu become 0.
std::uint16_t plus_one(std::uint16_t number) {
    return static_cast<std::uint16_t>(number + 1);
}

std::uint16_t minus_one(std::uint16_t number) {
    return static_cast<std::uint16_t>(number - 1);
}

void encode_difference(ByteWriter& out, std::uint32_t& last, std::uint32_t value) {
    out.varint(zigzag32(value - last));
    last = value;
}

std::uint32_t decode_difference(ByteReader& in, std::uint32_t& last) {
    last += unzigzag32(in.varint32());
    return last;
}

/// 0 stands for "no number" (most types have no seq) and leaves the slot alone.
void encode_seq(ByteWriter& out, std::uint32_t& last, std::uint32_t seq) {
    out.varint(seq == 0 ? 0 : std::uint64_t{zigzag32(seq - last)} + 1);
    if (seq != 0)
        last = seq;
}

std::uint32_t decode_seq(ByteReader& in, std::uint32_t& last) {
    const std::uint64_t coded = in.varint_up_to(std::uint64_t{UINT32_MAX} + 1);
    if (coded == 0)
        return 0;
    last += unzigzag32(static_cast<std::uint32_t>(coded - 1));
    return last;
}

void encode_times(ByteWriter& out, std::span<const Event> events) {
    std::uint64_t last = 0;
    for (const Event& event : events) {
        out.varint(zigzag64(event.time - last));
        last = event.time;
    }
}

void decode_times(ByteReader& in, std::span<Event> events) {
    std::uint64_t last = 0;
    for (Event& event : events) {
        last += unzigzag64(in.varint());
        event.time = last;
    }
}

void encode_numbers(ByteWriter& out, std::span<const Event> events) {
    for (const Event& event : events)
        out.varint(event.a);
    Guesses seqs(kSeqSlots);
    for (const Event& event : events)
        encode_seq(out, seqs.slot(event.a), event.seq);
    for (const Event& event : events)
        out.varint(plus_one(event.cpu));
    for (const Event& event : events)
        out.varint(plus_one(event.p));
    for (const Event& event : events)
        out.varint(event.where);
}

void decode_numbers(ByteReader& in, std::span<Event> events) {
    for (Event& event : events)
        event.a = in.varint32();
    Guesses seqs(kSeqSlots);
    for (Event& event : events)
        event.seq = decode_seq(in, seqs.slot(event.a));
    for (Event& event : events)
        event.cpu = minus_one(in.varint16());
    for (Event& event : events)
        event.p = minus_one(in.varint16());
    for (Event& event : events)
        event.where = in.varint16();
}

void encode_args(ByteWriter& out, std::span<const Event> events) {
    Guesses highs(kArgSlots);
    for (const Event& event : events)
        encode_difference(out, highs.slot(arg_slot(event)), trace::high_half(event.arg));
    Guesses lows(kArgSlots);
    for (const Event& event : events)
        encode_difference(out, lows.slot(arg_slot(event)), trace::low_half(event.arg));
}

void decode_args(ByteReader& in, std::span<Event> events) {
    Guesses highs(kArgSlots);
    for (Event& event : events)
        event.arg = trace::pack_pair(decode_difference(in, highs.slot(arg_slot(event))), 0);
    Guesses lows(kArgSlots);
    for (Event& event : events)
        event.arg |= decode_difference(in, lows.slot(arg_slot(event)));
}

}  // namespace

Bytes encode_events(std::uint64_t first_index, std::span<const Event> events) {
    GOLANES_CHECK(events.size() <= kChunkEvents, "an events section holds one chunk");
    ByteWriter out;
    out.u64(first_index);
    out.u32(static_cast<std::uint32_t>(events.size()));
    for (const Event& event : events)
        out.u8(static_cast<std::uint8_t>(event.type));
    for (const Event& event : events)
        out.u8(event.flags);
    encode_times(out, events);
    encode_numbers(out, events);
    encode_args(out, events);
    return out.take();
}

Result<EventBlock> decode_events(ByteView payload) {
    ByteReader in(payload);
    EventBlock block;
    block.first_index = in.u64();
    const std::uint32_t count = in.u32();
    if (count == 0 || count > kChunkEvents || count > in.remaining() / kMinEventBytes)
        return Error{
            fmt::format("a block of {} events in {} bytes cannot be", count, payload.size())};
    block.events.resize(count);
    for (Event& event : block.events)
        event.type = static_cast<trace::EventType>(in.u8());
    for (Event& event : block.events)
        event.flags = in.u8();
    decode_times(in, block.events);
    decode_numbers(in, block.events);
    decode_args(in, block.events);
    if (!in.done())
        return Error{
            fmt::format("a block of {} events does not fill its {} bytes", count, payload.size())};
    return block;
}

}  // namespace golanes::recording

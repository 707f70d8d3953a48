#pragma once
// Builders of small recordings, and the files the recording tests work on.
#include <cstdint>
#include <string>
#include <vector>

#include "core/recording/bytes.h"
#include "core/recording/recording.h"
#include "tests/temporary_folder.h"

namespace golanes::recording::test {

using golanes::test::TemporaryFolder;

Bytes read_bytes(const std::string& path);
void write_bytes(const std::string& path, ByteView bytes);

/// Strings and places with awkward contents: quotes, line ends, bytes that are not UTF-8.
trace::Names sample_names();
Meta sample_meta();
Honesty sample_honesty();

/// Events whose fields may hold anything, unknown types and extreme numbers included.
std::vector<trace::Event> random_events(std::size_t count, std::uint64_t seed);

/// What two busy Ps say: start, block, unblock, create, over and over.
std::vector<trace::Event> busy_events(std::size_t count);

/// A recording of these events with the sample names, meta and honesty.
Snapshot snapshot_of(const std::vector<trace::Event>& events);

/// Every event of a snapshot, one after another.
std::vector<trace::Event> events_of(const Snapshot& snapshot);

/// Fails the test where two snapshots differ in anything but the cutting into chunks.
void expect_same(const Snapshot& left, const Snapshot& right);

/// Saves to a new file and loads it. Fails the test when either goes wrong.
Snapshot round_trip(const Snapshot& snapshot);

}  // namespace golanes::recording::test

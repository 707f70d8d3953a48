#include "core/trace/event.h"

#include <set>
#include <string_view>

#include <gtest/gtest.h>

namespace golanes::trace {
namespace {

TEST(EventTableTest, EveryTypeHasANameAnEmitterAndAMeaning) {
    ASSERT_EQ(event_table().size(), static_cast<std::size_t>(kEventTypeCount));
    for (const EventInfo& row : event_table()) {
        EXPECT_FALSE(row.name.empty()) << static_cast<int>(row.type);
        EXPECT_FALSE(row.emitter.empty()) << row.name;
        EXPECT_FALSE(row.meaning.empty()) << row.name;
    }
}

TEST(EventTableTest, NamesAreUniqueAndSnakeCase) {
    std::set<std::string_view> names;
    for (const EventInfo& row : event_table()) {
        EXPECT_TRUE(names.insert(row.name).second) << row.name;
        for (const char letter : row.name)
            EXPECT_TRUE((letter >= 'a' && letter <= 'z') || letter == '_') << row.name;
    }
}

TEST(EventTableTest, EveryTypeIsFoundByItsName) {
    for (const EventInfo& row : event_table()) {
        if (row.type == EventType::None)
            continue;
        EXPECT_EQ(event_type_named(row.name), row.type) << row.name;
        EXPECT_EQ(info_of(row.type).name, row.name);
    }
}

TEST(EventTableTest, UnknownNamesAndTypesAreNone) {
    EXPECT_FALSE(event_type_named("none").has_value());
    EXPECT_FALSE(event_type_named("go_strat").has_value());
    EXPECT_FALSE(event_type_named("").has_value());
    EXPECT_EQ(info_of(static_cast<EventType>(250)).type, EventType::None);
}

TEST(EventTableTest, CountedEventsSaySoInTheirRow) {
    for (const EventInfo& row : event_table()) {
        EXPECT_EQ(is_goroutine_event(row.type), row.seq.starts_with("of the goroutine"))
            << row.name;
        EXPECT_EQ(is_proc_event(row.type), row.seq == "of the P") << row.name;
        EXPECT_TRUE(!is_put(row.type) || row.arg.ends_with("queue index")) << row.name;
    }
}

TEST(EventTest, QueueNamesSurvivePacking) {
    for (const QueueKind kind :
         {QueueKind::None, QueueKind::Global, QueueKind::Ring, QueueKind::Runnext}) {
        for (const ProcId p : {ProcId{0}, ProcId{1}, ProcId{kMaxProcs - 1}})
            EXPECT_EQ(unpack_queue(pack({kind, p})), (QueueId{kind, p}));
    }
}

TEST(EventTest, PairsSurvivePacking) {
    const std::uint64_t pair = pack_pair(0xFFFFFFFF, 7);
    EXPECT_EQ(high_half(pair), 0xFFFFFFFFU);
    EXPECT_EQ(low_half(pair), 7U);
}

TEST(EventTest, EveryReasonHasWords) {
    for (int i = 1; i < static_cast<int>(WaitReason::Count_); ++i)
        EXPECT_FALSE(wait_reason_text(static_cast<WaitReason>(i)).empty()) << i;
    for (int i = 0; i < static_cast<int>(RunStatus::Count_); ++i)
        EXPECT_FALSE(run_status_text(static_cast<RunStatus>(i)).empty()) << i;
    EXPECT_EQ(wait_reason_text(WaitReason::ChanReceive), "chan receive");
    EXPECT_EQ(run_status_text(RunStatus::CheckFailed), "check_failed");
}

TEST(EventTest, ReasonsOfANewerVersionAreUnknown) {
    EXPECT_EQ(wait_reason_text(static_cast<WaitReason>(200)), "unknown");
    EXPECT_EQ(stop_reason_text(static_cast<StopReason>(200)), "unknown");
    EXPECT_EQ(move_reason_text(static_cast<MoveReason>(200)), "unknown");
    EXPECT_EQ(proc_stop_reason_text(static_cast<ProcStopReason>(200)), "unknown");
    EXPECT_EQ(object_kind_text(static_cast<ObjectKind>(200)), "unknown");
    EXPECT_EQ(run_status_text(static_cast<RunStatus>(200)), "unknown");
}

}  // namespace
}  // namespace golanes::trace

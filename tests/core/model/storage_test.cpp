#include <gtest/gtest.h>

#include "core/model/cow_table.h"
#include "core/model/stable_log.h"

namespace golanes::model {
namespace {

TEST(StableLogTest, AddressesNeverMoveWhileItGrows) {
    StableLog<int> log;
    log.push_back(5);
    const int* first = &log[0];
    for (int i = 1; i < 10'000; ++i)
        log.push_back(i);
    EXPECT_EQ(first, &log[0]);
    EXPECT_EQ(*first, 5);
    for (int i = 1; i < 10'000; ++i)
        ASSERT_EQ(log[static_cast<std::size_t>(i)], i);
}

TEST(StableLogTest, AWalkVisitsExactlyTheFirstElements) {
    StableLog<int> log;
    for (int i = 0; i < 1000; ++i)
        log.push_back(i);
    int next = 0;
    log.for_each(700, [&](int value) { ASSERT_EQ(value, next++); });
    EXPECT_EQ(next, 700);
}

TEST(CowTableTest, AFrozenCopyKeepsWhatItHadWhileTheOwnerWrites) {
    CowTable<int> table;
    for (std::size_t i = 0; i < 200; ++i)
        table.write(i) = 1;
    const CowTable<int> frozen = table.freeze();
    table.write(100) = 2;
    table.write(300) = 3;
    EXPECT_EQ(*frozen.find(100), 1);
    EXPECT_EQ(frozen.find(300), nullptr);
    EXPECT_EQ(*table.find(100), 2);
    EXPECT_EQ(*table.find(300), 3);
}

TEST(CowTableTest, OnlyFullBlocksOfGoneElementsAreDropped) {
    CowTable<int> table;
    for (std::size_t i = 0; i < 130; ++i)
        table.write(i) = i < 64 || i >= 128 ? 1 : 0;
    table.drop_blocks_if([](int value) { return value == 1; });
    EXPECT_EQ(table.find(3), nullptr);
    EXPECT_NE(table.find(70), nullptr);
    EXPECT_NE(table.find(129), nullptr) << "a block that is not full may still get elements";
}

}  // namespace
}  // namespace golanes::model

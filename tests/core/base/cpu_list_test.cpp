#include "core/base/cpu_list.h"

#include <gtest/gtest.h>

namespace golanes {
namespace {

TEST(CpuListTest, RangesAndNumbersMakeAnAscendingList) {
    EXPECT_EQ(parse_cpu_list("0-1,3").value(), (std::vector{0, 1, 3}));
    EXPECT_EQ(parse_cpu_list("5,2-3,3").value(), (std::vector{2, 3, 5}));
    EXPECT_EQ(parse_cpu_list("7").value(), std::vector{7});
}

TEST(CpuListTest, WhatIsNoListIsRefused) {
    for (const char* text : {"", "-1", "1-", "3-1", "0,", "a", "0-1 ", "0-99999"}) {
        const auto list = parse_cpu_list(text);
        ASSERT_FALSE(list.ok()) << text;
        EXPECT_NE(list.error().message.find("is no list of CPUs"), std::string::npos);
    }
}

TEST(CpuListTest, TheTextOfAListIsReadBack) {
    for (const char* text : {"0-1,3", "2", "0,2,4-6"})
        EXPECT_EQ(cpu_list_text(parse_cpu_list(text).value()), text);
}

TEST(CpuListTest, ThisProcessMayUseSomeCpu) {
    EXPECT_FALSE(allowed_cpus().empty());
}

}  // namespace
}  // namespace golanes

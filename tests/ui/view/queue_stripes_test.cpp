#include "ui/view/queue_stripes.h"

#include <gtest/gtest.h>

namespace golanes::view {
namespace {

class StripeTest : public testing::Test {
 protected:
    StripeTest() {
        gantt_.viewport = {{0, 1'000}, 0, 100};
        Row row;
        row.stripe_height = 12;
        gantt_.rows.push_back(row);
    }

    Gantt gantt_;
};

TEST_F(StripeTest, ALongerQueueIsAHigherBar) {
    StripeWriter writer(0, gantt_);
    writer.add({0, 100}, 1);
    writer.add({100, 200}, 4);
    writer.finish();
    ASSERT_EQ(gantt_.items.size(), 2U);
    EXPECT_LT(gantt_.items[1].y0, gantt_.items[0].y0);
    EXPECT_FLOAT_EQ(gantt_.items[1].y1, gantt_.items[0].y1);
    EXPECT_EQ(gantt_.items[1].count, 4U);
}

TEST_F(StripeTest, AnEmptyQueueDrawsNothing) {
    StripeWriter writer(0, gantt_);
    writer.add({0, 500}, 0);
    writer.finish();
    EXPECT_TRUE(gantt_.items.empty());
}

TEST_F(StripeTest, AQueueFilledForAnInstantIsStillSeenAtItsLongest) {
    StripeWriter writer(0, gantt_);
    writer.add({0, 500}, 0);
    writer.add({500, 501}, 1);
    writer.add({501, 502}, 3);
    writer.add({502, 503}, 2);
    writer.add({503, 1'000}, 0);
    writer.finish();
    ASSERT_EQ(gantt_.items.size(), 1U);
    EXPECT_EQ(gantt_.items[0].count, 3U);
    EXPECT_GE(gantt_.items[0].width(), 1);
}

TEST_F(StripeTest, StretchesOfOneLengthBecomeOneBar) {
    StripeWriter writer(0, gantt_);
    for (TimeNs t = 0; t < 1'000; t += 5)
        writer.add({t, t + 5}, 2);
    writer.finish();
    EXPECT_EQ(gantt_.items.size(), 1U);
}

}  // namespace
}  // namespace golanes::view

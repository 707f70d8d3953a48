#include "app/window/pacer.h"

#include <gtest/gtest.h>

namespace golanes::app {
namespace {

/// Lets a fake clock run for `length` the way the main loop does: sleep as long as the pacer says,
/// draw when it is due. Returns the number of frames.
int frames_during(Pacer& pacer, TimeNs start, DurationNs length, const Pacer::Frame& frame = {}) {
    int frames = 0;
    for (TimeNs now = start; now < start + length; now += pacer.remaining(now)) {
        if (!pacer.due(now))
            continue;
        pacer.frame_drawn(now, frame);
        ++frames;
    }
    return frames;
}

TEST(PacerTest, TheFirstFrameIsDueAtOnce) {
    EXPECT_TRUE(Pacer().due(0));
}

TEST(PacerTest, IdleWindowDrawsOnceASecond) {
    Pacer pacer;
    EXPECT_EQ(frames_during(pacer, 0, 10 * kSecond), 10);
}

TEST(PacerTest, FocusedTextFieldBlinksFourTimesASecond) {
    Pacer pacer;
    EXPECT_EQ(frames_during(pacer, 0, 10 * kSecond, {.text_field = true}), 40);
}

TEST(PacerTest, InputKeepsItActiveForATenthOfASecond) {
    Pacer pacer;
    pacer.frame_drawn(0, {});
    pacer.input_arrived(kSecond / 2);
    EXPECT_EQ(frames_during(pacer, kSecond / 2, 95 * kMillisecond), 6);
    EXPECT_EQ(frames_during(pacer, kSecond * 6 / 10, 500 * kMillisecond), 0);
}

TEST(PacerTest, AFastMouseCostsNoMoreThanSixtyFrames) {
    Pacer pacer;
    int frames = 0;
    for (TimeNs now = 0; now < kSecond; now += kMillisecond) {
        pacer.input_arrived(now);
        if (!pacer.due(now))
            continue;
        pacer.frame_drawn(now, {});
        ++frames;
    }
    EXPECT_LE(frames, 60);
    EXPECT_GE(frames, 55);
}

TEST(PacerTest, LiveDataCostsNoMoreThanThirtyFrames) {
    Pacer pacer;
    int frames = 0;
    for (TimeNs now = 0; now < kSecond; now += kMillisecond) {
        pacer.data_arrived(now);
        if (!pacer.due(now))
            continue;
        pacer.frame_drawn(now, {});
        ++frames;
    }
    EXPECT_LE(frames, 31);
    EXPECT_GE(frames, 28);
}

TEST(PacerTest, DataWakesAnIdleWindowAtOnce) {
    Pacer pacer;
    pacer.frame_drawn(0, {});
    EXPECT_FALSE(pacer.due(kSecond / 2));
    pacer.data_arrived(kSecond / 2);
    EXPECT_TRUE(pacer.due(kSecond / 2));
}

TEST(PacerTest, GoesBackToIdleAfterTheDataStopped) {
    Pacer pacer;
    pacer.data_arrived(0);
    frames_during(pacer, 0, Pacer::kDataFlow);
    EXPECT_EQ(frames_during(pacer, Pacer::kDataFlow, 10 * kSecond), 10);
}

TEST(PacerTest, AnimationDrawsThirtyFramesWithoutNewData) {
    Pacer pacer;
    const int frames = frames_during(pacer, 0, kSecond, {.animating = true});
    EXPECT_GE(frames, 30);
    EXPECT_LE(frames, 31);
}

TEST(PacerTest, EventsLeftInTheQueueAreDrawnWithoutWaitingForMore) {
    Pacer pacer;
    pacer.frame_drawn(0, {.input_left = true});
    EXPECT_EQ(pacer.remaining(0), Pacer::kInputFrame);
}

}  // namespace
}  // namespace golanes::app

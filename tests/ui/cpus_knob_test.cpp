// The knob for the CPUs of a real run.
#include <gtest/gtest.h>

#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

class CpusKnobTest : public testing::Test {
 protected:
    void SetUp() override {
        window.input = sample_input();
        window.input.machine_cpus = 4;
        window.settle();
    }

    Headless window;
};

TEST_F(CpusKnobTest, DraggingItSendsTheNumberOfCpus) {
    window.drag_to("cpus", 0.01F);
    const auto sent = window.sent<command::SetCpus>();
    ASSERT_FALSE(sent.empty());
    EXPECT_EQ(sent.back().cpus, 1);
}

TEST_F(CpusKnobTest, ItStandsAtAllUntilFewerAreChosen) {
    EXPECT_NE(window.text().find("4 of 4 CPUs"), std::string::npos);
    window.input.run.cpus = 3;
    window.settle();
    EXPECT_NE(window.text().find("3 of 4 CPUs"), std::string::npos);
    window.drag_to("cpus", 0.99F);
    ASSERT_FALSE(window.sent<command::SetCpus>().empty());
    EXPECT_EQ(window.sent<command::SetCpus>().back().cpus, 4);
}

TEST_F(CpusKnobTest, AVirtualRunShowsItsCoresAndLetsNobodyTurnThem) {
    window.input.run.is_virtual = true;
    window.settle();
    EXPECT_NE(window.text().find("one core a P"), std::string::npos);
    window.input.run.cores = 2;
    window.settle();
    EXPECT_NE(window.text().find("virtual cores: 2"), std::string::npos);
    window.drag_to("cpus", 0.01F);
    EXPECT_TRUE(window.sent<command::SetCpus>().empty());
}

TEST_F(CpusKnobTest, OneCpuLeavesNoChoice) {
    window.input.machine_cpus = 1;
    window.settle();
    EXPECT_FALSE(window.has("cpus"));
    EXPECT_TRUE(window.has("procs"));
}

}  // namespace
}  // namespace golanes::ui

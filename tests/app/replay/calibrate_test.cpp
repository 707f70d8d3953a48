// The measured costs and the file they are kept in.
#include "app/calibrate.h"

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "app/run_policies.h"

namespace golanes::app {
namespace {

class CostsFileTest : public ::testing::Test {
 protected:
    void SetUp() override {
        folder_ =
            std::filesystem::temp_directory_path() / ("golanes-costs-" + std::to_string(getpid()));
        path_ = (folder_ / "deep" / "costs.json").string();
        costs_.ns = {40, 200, 90, 15, 30, 5000};
    }

    void TearDown() override { std::filesystem::remove_all(folder_); }

    void write(const std::string& text) const {
        std::filesystem::create_directories(std::filesystem::path(path_).parent_path());
        std::ofstream(path_) << text;
    }

    std::filesystem::path folder_;
    std::string path_;
    rt::Costs costs_;
};

TEST_F(CostsFileTest, WhatIsSavedIsLoaded) {
    ASSERT_TRUE(save_costs(path_, "this one", costs_).ok());
    const auto loaded = load_costs(path_, "this one");
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    EXPECT_EQ(loaded.value(), costs_);
}

TEST_F(CostsFileTest, ANewMeasurementReplacesTheOldOne) {
    ASSERT_TRUE(save_costs(path_, "this one", rt::Costs{}).ok());
    ASSERT_TRUE(save_costs(path_, "this one", costs_).ok());
    EXPECT_EQ(load_costs(path_, "this one").value(), costs_);
}

TEST_F(CostsFileTest, FiguresOfAnotherMachineAreNotTaken) {
    ASSERT_TRUE(save_costs(path_, "another", costs_).ok());
    EXPECT_NE(load_costs(path_, "this one").error().message.find("another machine"),
              std::string::npos);
}

TEST_F(CostsFileTest, DamagedFilesAreNotTaken) {
    EXPECT_FALSE(load_costs(path_, "m").ok()) << "there is none";
    for (
        const char* text :
        {"",
         "{",
         "[]",
         R"({"version":2,"machine":"m","ns":{}})",
         R"({"version":"1","machine":"m","ns":{}})",
         R"({"version":1,"machine":"m"})",
         R"({"version":1,"machine":"m","ns":[1,2]})",
         R"({"version":1,"machine":"m","ns":{"switch":-1,"spawn":1,"steal":1,"lock":1,"chan":1,"wake":1}})",
         R"({"version":1,"machine":"m","ns":{"switch":1e30,"spawn":1,"steal":1,"lock":1,"chan":1,"wake":1}})",
         R"({"version":1,"machine":"m","ns":{"switch":1,"spawn":1,"steal":1,"lock":1,"chan":1}})"}) {
        write(text);
        EXPECT_FALSE(load_costs(path_, "m").ok()) << text;
    }
}

TEST_F(CostsFileTest, AFolderThatCannotBeWrittenIsAnErrorAndNothingElse) {
    EXPECT_FALSE(save_costs("", "m", costs_).ok());
    std::filesystem::create_directories(folder_);
    std::ofstream(folder_ / "file") << "x";
    EXPECT_FALSE(save_costs((folder_ / "file" / "costs.json").string(), "m", costs_).ok());
}

TEST(CalibrationTest, EveryOperationCostsSomething) {
    const rt::Costs costs = measure_costs();
    for (const rt::Op op : {rt::Op::Switch, rt::Op::Spawn, rt::Op::Lock, rt::Op::Chan})
        EXPECT_GT(costs.of(op), 0) << kOpNames[static_cast<std::size_t>(op)];
    EXPECT_GE(costs.of(rt::Op::Steal), 0);
    EXPECT_GE(costs.of(rt::Op::Wake), 0);
    EXPECT_TRUE(has_costs(costs));
    EXPECT_EQ(costs.scale_percent, 100);
}

}  // namespace
}  // namespace golanes::app

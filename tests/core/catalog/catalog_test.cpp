#include "core/catalog/catalog.h"

#include <gtest/gtest.h>

#include "core/base/time.h"
#include "core/catalog/policy.h"

namespace golanes::catalog {
namespace {

const Scenario kScenario{
    .id = "sample",
    .title = {"Sample", ""},
    .summary = {"", ""},
    .group = "tests",
    .parameters = {{.name = "tasks", .title = {}, .minimum = 1, .maximum = 64, .standard = 4},
                   {.name = "work",
                    .title = {},
                    .kind = ParameterKind::Duration,
                    .minimum = kMicrosecond,
                    .maximum = kSecond,
                    .standard = 50 * kMillisecond},
                   {.name = "barrier",
                    .title = {},
                    .kind = ParameterKind::Switch,
                    .maximum = 1,
                    .takes = Takes::Live},
                   {.name = "variant",
                    .title = {},
                    .kind = ParameterKind::Choice,
                    .maximum = 1,
                    .choices = {"as-article", "fixed"}}},
    .ends = {{Expects::Starvation, "forced_preemption", 0}, {Expects::Deadlock, "variant", 0}},
    .presets = {{.id = "pair", .title = {}, .sets = {"tasks=2", "variant=fixed"}}},
};

const Parameter& parameter(std::string_view name) {
    return kScenario.parameters[*parameter_index(kScenario, name)];
}

void expect_inverse(std::string_view name, std::int64_t value) {
    const std::string text = value_text(parameter(name), value);
    const auto parsed = parse_value(parameter(name), text);
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    EXPECT_EQ(parsed.value(), value) << text;
}

std::string error_of(std::string_view name, std::string_view text) {
    const auto parsed = parse_value(parameter(name), text);
    return parsed.ok() ? "no error" : parsed.error().message;
}

TEST(CatalogTest, ReadingIsTheInverseOfWritingForEveryKind) {
    for (const std::int64_t tasks : {1, 4, 64})
        expect_inverse("tasks", tasks);
    for (const DurationNs work :
         {kMicrosecond, 1'001 * DurationNs{1}, 1'500 * kMicrosecond, kMillisecond, kSecond})
        expect_inverse("work", work);
    for (const std::int64_t choice : {0, 1}) {
        expect_inverse("barrier", choice);
        expect_inverse("variant", choice);
    }
}

TEST(CatalogTest, WritesEachKindInItsOwnWords) {
    EXPECT_EQ(value_text(parameter("tasks"), 12), "12");
    EXPECT_EQ(value_text(parameter("work"), 1'500 * kMicrosecond), "1500us");
    EXPECT_EQ(value_text(parameter("barrier"), 1), "on");
    EXPECT_EQ(value_text(parameter("variant"), 1), "fixed");
}

TEST(CatalogTest, ASwitchTakesManyWords) {
    for (const char* text : {"on", "1", "true", "yes"})
        EXPECT_EQ(parse_value(parameter("barrier"), text).value(), 1) << text;
    for (const char* text : {"off", "0", "false", "no"})
        EXPECT_EQ(parse_value(parameter("barrier"), text).value(), 0) << text;
}

TEST(CatalogTest, RangeErrorsNameTheRange) {
    const std::string tasks = "is not a value of tasks: give 1 to 64";
    EXPECT_EQ(error_of("tasks", "0"), "\"0\" " + tasks);
    EXPECT_EQ(error_of("tasks", "65"), "\"65\" " + tasks);
    EXPECT_EQ(error_of("tasks", "many"), "\"many\" " + tasks);
    EXPECT_EQ(error_of("tasks", "4x"), "\"4x\" " + tasks);
    EXPECT_EQ(error_of("tasks", "99999999999999999999"), "\"99999999999999999999\" " + tasks);
    EXPECT_EQ(error_of("work", "2s"), "\"2s\" is not a value of work: give 1us to 1s");
    EXPECT_EQ(error_of("work", "5"), "\"5\" is not a value of work: give 1us to 1s");
    EXPECT_EQ(error_of("barrier", "2"), "\"2\" is not a value of barrier: give on or off");
    EXPECT_EQ(error_of("variant", "none"),
              "\"none\" is not a value of variant: give one of as-article, fixed");
}

TEST(CatalogTest, AnUnknownParameterHasNoIndex) {
    EXPECT_EQ(parameter_index(kScenario, "work"), 1U);
    EXPECT_FALSE(parameter_index(kScenario, "").has_value());
    EXPECT_FALSE(parameter_index(kScenario, "Work").has_value());
}

TEST(CatalogTest, TheEndIsExpectedOnlyInItsVariant) {
    EXPECT_EQ(expectation(kScenario, {4, 1000, 0, 0}), Expects::Deadlock);
    EXPECT_EQ(expectation(kScenario, {4, 1000, 0, 1}), Expects::Ok);
    Scenario always = kScenario;
    always.ends = {{Expects::Deadlock}};
    EXPECT_EQ(expectation(always, {4, 1000, 0, 1}), Expects::Deadlock);
}

TEST(CatalogTest, AnEndMayDependOnAPolicy) {
    PolicyValues policies = standard_policies();
    EXPECT_EQ(expectation(kScenario, {4, 1000, 0, 1}, policies), Expects::Ok);
    policies[static_cast<std::size_t>(PolicyId::ForcedPreemption)] = 0;
    EXPECT_EQ(expectation(kScenario, {4, 1000, 0, 1}, policies), Expects::Starvation);
}

TEST(CatalogTest, APresetIsAFewSetTexts) {
    ASSERT_NE(preset_named(kScenario, "pair"), nullptr);
    EXPECT_EQ(preset_named(kScenario, "three"), nullptr);
    auto values = standard_values(kScenario);
    ASSERT_TRUE(read_sets(kScenario, preset_named(kScenario, "pair")->sets, values).ok());
    EXPECT_EQ(values, (std::vector<std::int64_t>{2, 50 * kMillisecond, 0, 1}));
}

TEST(CatalogTest, ASetTextThatIsWrongSaysWhatThereIs) {
    auto values = standard_values(kScenario);
    EXPECT_EQ(read_sets(kScenario, {"tasks"}, values).error().message,
              "--set takes name=value, not \"tasks\"");
    EXPECT_EQ(read_sets(kScenario, {"nope=1"}, values).error().message,
              "sample has no parameter \"nope\"; it has: tasks, work, barrier, variant");
    EXPECT_EQ(read_sets(kScenario, {"tasks=65"}, values).error().message,
              "\"65\" is not a value of tasks: give 1 to 64");
}

TEST(CatalogTest, ValuesReadTheStoreAsItIsNow) {
    ValueStore store{};
    set_standard(kScenario, store);
    const Values values(kScenario, store);
    EXPECT_EQ(values.count("tasks"), 4);
    EXPECT_EQ(values.get("work"), 50 * kMillisecond);
    EXPECT_FALSE(values.on("barrier"));
    store[2] = 1;
    EXPECT_TRUE(values.on("barrier"));
}

// A live value comes from a page that a run gone wild may have overwritten: asking for its text
// threw std::out_of_range, which nobody up to main catches.
TEST(CatalogTest, AChoiceThatDoesNotExistIsWrittenAsItsNumber) {
    EXPECT_EQ(value_text(parameter("variant"), 2), "2");
    EXPECT_EQ(value_text(parameter("variant"), -1), "-1");
}

TEST(CatalogDeathTest, AParameterThatIsNotDeclaredIsOurBug) {
    ValueStore store{};
    const Values values(kScenario, store);
    EXPECT_DEATH(static_cast<void>(values.get("speed")), "a parameter it does not declare");
}

// Seventeen parameters ran over the end of the store.
TEST(CatalogDeathTest, TooManyParametersAreOurBug) {
    Scenario wide = kScenario;
    wide.parameters.resize(kMaxParameters + 1);
    ValueStore store{};
    EXPECT_DEATH(set_standard(wide, store), "too many parameters");
}

}  // namespace
}  // namespace golanes::catalog

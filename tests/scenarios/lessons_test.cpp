// Every lesson has two languages, a length one reads in some minutes, and a question whose answer a
// run gives; every claim can be measured.
#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>

#include "app/measured_run.h"
#include "core/lessons/claim.h"
#include "core/lessons/lesson.h"
#include "core/runtime/stack_memory.h"
#include "tests/core/runtime/run_fixture.h"

namespace golanes::test {
namespace {

using lessons::Lesson;
using lessons::QuestionKind;

// Scenarios of later sittings, whose lessons come with them.
const std::set<std::string_view> kLater{
    "race_counter", "buffered_pool", "unbuffered_chain", "crash"};

// A Chinese character is about 0.6 of an English word.
double words_in(std::string_view text) {
    double words = 0;
    bool inside = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        const bool is_letter = std::isalnum(byte) != 0;
        words += is_letter && !inside ? 1 : 0;
        inside = is_letter || (inside && (byte == '\'' || byte == '-'));
        if (byte >= 0xE4 && byte <= 0xE9)  // first byte of the common ones
            words += 0.6;
    }
    return words;
}

TEST(LessonsTest, EveryScenarioHasOneInBothLanguagesOfAReadableLength) {
    for (const scenarios::Entry& entry : scenarios::all()) {
        for (const char* language : {"en", "zh_CN"}) {
            const auto lesson = lessons::find_lesson(entry.scenario->id, language);
            ASSERT_EQ(lesson.has_value(), kLater.count(entry.scenario->id) == 0)
                << entry.scenario->id << " " << language;
            if (!lesson)
                continue;
            EXPECT_EQ(lesson->scenario, entry.scenario->id);
            EXPECT_GE(words_in(lesson->text), 150) << entry.scenario->id << " " << language;
            EXPECT_LE(words_in(lesson->text), 400) << entry.scenario->id << " " << language;
        }
    }
}

TEST(LessonsTest, BothLanguagesAskTheSame) {
    for (const scenarios::Entry& entry : scenarios::all()) {
        const auto english = lessons::find_lesson(entry.scenario->id, "en");
        const auto chinese = lessons::find_lesson(entry.scenario->id, "zh_CN");
        if (!english || !chinese)
            continue;
        const lessons::Question& a = english->question;
        const lessons::Question& b = chinese->question;
        EXPECT_EQ(english->sitting, chinese->sitting);
        EXPECT_EQ(std::tie(a.kind, a.measure, a.run, a.repeat, a.within_percent),
                  std::tie(b.kind, b.measure, b.run, b.repeat, b.within_percent))
            << entry.scenario->id;
        ASSERT_EQ(a.choices.size(), b.choices.size());
        for (std::size_t i = 0; i < a.choices.size(); ++i)
            EXPECT_EQ(a.choices[i].key, b.choices[i].key);
    }
}

// Stacks do not grow under ThreadSanitizer, nor where the kernel has no means for it.
bool can_be_measured(std::string_view scenario) {
    return scenario != "stack_growth" ||
           rt::choose_stack_backend(rt::kAllStackBackends) != rt::StackBackend::Plain;
}

// The measured texts of the runs of a question.
std::vector<std::string> measured(const lessons::Question& question, std::string_view scenario) {
    std::vector<std::string> texts;
    for (int i = 0; i < question.repeat; ++i) {
        const auto options = app::options_from_words(scenario, question.run);
        EXPECT_TRUE(options.ok()) << options.error().message;
        const auto run = app::run_measured(options.value());
        EXPECT_TRUE(run.ok()) << run.error().message;
        const auto text = app::measure(question.measure, run.value());
        EXPECT_TRUE(text.ok()) << text.error().message;
        texts.push_back(text.ok() ? text.value() : "");
    }
    return texts;
}

class LessonQuestion : public ::testing::TestWithParam<std::string_view> {
    Watchdog watchdog_;
};

std::vector<std::string_view> scenarios_with_lessons() {
    std::set<std::string_view> ids;
    for (const lessons::Page& page : lessons::pages())
        ids.insert(page.scenario);
    return {ids.begin(), ids.end()};
}

INSTANTIATE_TEST_SUITE_P(All,
                         LessonQuestion,
                         ::testing::ValuesIn(scenarios_with_lessons()),
                         [](const auto& each) { return std::string(each.param); });

TEST_P(LessonQuestion, HasAnAnswerThatARunGives) {
    if (!can_be_measured(GetParam()))
        GTEST_SKIP() << "stacks do not grow here";
    if (kUnderTsan && GetParam() == std::string("hundred_k"))
        GTEST_SKIP() << "more threads and fibers than ThreadSanitizer knows";
    const auto lesson = lessons::find_lesson(GetParam(), "en");
    const lessons::Question& question = lesson->question;
    const auto answer = lessons::answer_of(question, measured(question, GetParam()));
    ASSERT_FALSE(answer.empty());
    EXPECT_TRUE(lessons::is_right(question, answer, answer)) << answer.front();
    EXPECT_FALSE(lessons::is_right(question, answer, {"nonsense"}));
    if (question.choices.empty())
        return;
    for (const std::string& value : answer) {
        EXPECT_TRUE(std::any_of(question.choices.begin(),
                                question.choices.end(),
                                [&](const auto& choice) { return choice.key == value; }))
            << value << " is none of the choices";
    }
}

TEST(LessonAnswers, AreTheKnownOnesInVirtualTime) {
    const Watchdog watchdog;
    const std::map<std::string_view, std::string> known{{"alternate", "1"},
                                                        {"serial_parallel", "100"},
                                                        {"window", "1"},
                                                        {"speedup", "15.42"},
                                                        {"waitgroup", "9 0 1 2 3 4 5 6 7 8"},
                                                        {"letters", "10"},
                                                        {"generator", "13"},
                                                        {"runqueue", "128"},
                                                        {"steal", "96"},
                                                        {"handoff", "5"},
                                                        {"preempt", "starved"}};
    for (const auto& [scenario, answer] : known) {
        const auto lesson = lessons::find_lesson(scenario, "en");
        EXPECT_EQ(measured(lesson->question, scenario).front(), answer) << scenario;
    }
}

TEST(MeasureTest, ALineOfTheSourceDecides) {
    const Watchdog watchdog;
    const auto options =
        app::options_from_words("waitgroup", "--preset missing-done --engine virtual");
    const auto run = app::run_measured(options.value());
    const auto line = app::measure("blocked_line", run.value());
    ASSERT_TRUE(line.ok()) << line.error().message;
    EXPECT_GT(std::stoi(line.value()), 50);  // main's wait(), behind the goroutines' hello()
    EXPECT_EQ(app::measure("colour", run.value()).error().message,
              "there is no measure \"colour\"");
    EXPECT_EQ(app::measure("said nothing of it", run.value()).error().message,
              "the run of waitgroup has nothing to measure by \"said nothing of it\"");
    EXPECT_FALSE(app::options_from_words("waitgroup", "--colour red").ok());
}

// Those of the real engine say what this machine does; that it can be measured is all we ask.
TEST(ClaimsTest, EveryClaimCanBeMeasuredAndVirtualOnesHold) {
    const Watchdog watchdog;
    const auto claims = lessons::parse_claims(lessons::claims_table());
    ASSERT_TRUE(claims.ok()) << claims.error().message;
    for (const lessons::Claim& claim : claims.value()) {
        const auto options = app::options_from_words(claim.scenario, claim.run);
        ASSERT_TRUE(options.ok()) << claim.en << ": " << options.error().message;
        const bool is_virtual = options->engine == "virtual";
        if (!can_be_measured(claim.scenario) || (!is_virtual && kUnderTsan))
            continue;
        const auto run = app::run_measured(options.value());
        ASSERT_TRUE(run.ok()) << claim.en << ": " << run.error().message;
        const auto text = app::measure(claim.measure, run.value());
        ASSERT_TRUE(text.ok()) << claim.en << ": " << text.error().message;
        const auto holds = lessons::holds(claim.expected, text.value());
        ASSERT_TRUE(holds.ok()) << claim.en << ": " << holds.error().message;
        if (is_virtual) {
            EXPECT_TRUE(holds.value()) << claim.en << ": " << text.value();
        }
    }
}

}  // namespace
}  // namespace golanes::test

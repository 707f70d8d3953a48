#include "core/lessons/lesson.h"

#include <gtest/gtest.h>

namespace golanes::lessons {
namespace {

constexpr const char* kSample =
    "---\n"
    "scenario: sample\n"
    "sitting: 3\n"
    "title: A sample: with a colon\n"
    "question: choice\n"
    "ask: Which one?\n"
    "choice: ok | it ends well\n"
    "choice: deadlock | it stands\n"
    "answer: status\n"
    "run: --procs 1 --engine virtual\n"
    "---\n"
    "\n# A sample\n";

std::string without(const std::string& key) {
    std::string text = kSample;
    const auto at = text.find("\n" + key + ": ") + 1;
    return text.erase(at, text.find('\n', at) + 1 - at);
}

std::string error_of(const std::string& text) {
    const auto lesson = parse_lesson(text);
    return lesson.ok() ? "no error" : lesson.error().message;
}

TEST(LessonTest, TheFrontMatterSaysWhatToAskAndWhatToMeasure) {
    const auto lesson = parse_lesson(kSample);
    ASSERT_TRUE(lesson.ok()) << lesson.error().message;
    EXPECT_EQ(lesson->scenario, "sample");
    EXPECT_EQ(lesson->sitting, 3);
    EXPECT_EQ(lesson->title, "A sample: with a colon");
    EXPECT_EQ(lesson->question.kind, QuestionKind::Choice);
    EXPECT_EQ(lesson->question.measure, "status");
    EXPECT_EQ(lesson->question.run, "--procs 1 --engine virtual");
    ASSERT_EQ(lesson->question.choices.size(), 2U);
    EXPECT_EQ(lesson->question.choices[1].key, "deadlock");
    EXPECT_EQ(lesson->question.choices[1].words, "it stands");
    EXPECT_EQ(lesson->text, "\n# A sample\n");
}

TEST(LessonTest, WhatIsMissingOrWrongIsNamed) {
    for (const char* key : {"scenario", "title", "ask", "answer"})
        EXPECT_EQ(error_of(without(key)),
                  std::string("the front matter does not say \"") + key + "\"");
    EXPECT_EQ(error_of(without("choice")), "the front matter does not say \"choice\"");
    EXPECT_EQ(error_of("# No front matter\n"),
              "a lesson begins with front matter between two lines \"---\"");
    EXPECT_EQ(error_of("---\nquestion: guess\n---\n"), "there is no kind of question \"guess\"");
    EXPECT_EQ(error_of("---\nsitting: first\n---\n"), "sitting takes a number, not \"first\"");
    EXPECT_EQ(error_of("---\nauthor: me\n---\n"), "front matter has no \"author\"");
    EXPECT_EQ(error_of("---\nalone\n---\n"), "front matter is \"key: value\", not \"alone\"");
}

Question question(QuestionKind kind, int within = 0) {
    Question question;
    question.kind = kind;
    question.within_percent = within;
    return question;
}

TEST(QuestionTest, ANumberHasToBeTheOneMeasured) {
    const Question number = question(QuestionKind::Number);
    const Answer answer = answer_of(number, {"100"});
    EXPECT_TRUE(is_right(number, answer, {"100"}));
    EXPECT_TRUE(is_right(number, answer, {"100.0"}));
    EXPECT_FALSE(is_right(number, answer, {"101"}));
    EXPECT_FALSE(is_right(number, answer, {"many"}));
    EXPECT_FALSE(is_right(number, answer, {}));
}

TEST(QuestionTest, ARangeForgivesSomePercent) {
    const Question range = question(QuestionKind::Range, 10);
    const Answer answer = answer_of(range, {"20 to 1"});
    EXPECT_TRUE(is_right(range, answer, {"18"}));
    EXPECT_TRUE(is_right(range, answer, {"22"}));
    EXPECT_FALSE(is_right(range, answer, {"17.9"}));
    EXPECT_FALSE(is_right(range, answer, {"23"}));
}

TEST(QuestionTest, ASetIsAllThatWasSeenInAnyOrder) {
    const Question set = question(QuestionKind::Set);
    const Answer answer = answer_of(set, {"M", "HM", "M", "MH"});
    EXPECT_EQ(answer, (Answer{"HM", "M", "MH"}));
    EXPECT_TRUE(is_right(set, answer, {"M", "MH", "HM"}));
    EXPECT_FALSE(is_right(set, answer, {"M", "MH"}));
}

TEST(QuestionTest, AnOrderIsTheWordsInTheirOrder) {
    const Question order = question(QuestionKind::Order);
    const Answer answer = answer_of(order, {"9 0 1"});
    EXPECT_TRUE(is_right(order, answer, {"9", "0", "1"}));
    EXPECT_FALSE(is_right(order, answer, {"0", "1", "9"}));
}

TEST(QuestionTest, AChoiceAndALineAreTheOneMeasured) {
    const Question choice = question(QuestionKind::Choice);
    EXPECT_TRUE(is_right(choice, answer_of(choice, {"deadlock"}), {"deadlock"}));
    EXPECT_FALSE(is_right(choice, answer_of(choice, {"deadlock"}), {"ok"}));
    const Question line = question(QuestionKind::Line);
    EXPECT_TRUE(is_right(line, answer_of(line, {"31"}), {"31"}));
    EXPECT_FALSE(is_right(line, answer_of(line, {"31"}), {"30"}));
}

TEST(NumberTest, TheFirstNumberOfATextCounts) {
    EXPECT_EQ(first_number("15.42"), 15.42);
    EXPECT_EQ(first_number("14 to 1"), 14);
    EXPECT_EQ(first_number("it was -3 late"), -3);
    EXPECT_FALSE(first_number("none").has_value());
}

}  // namespace
}  // namespace golanes::lessons

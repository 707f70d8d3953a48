#include "core/lessons/link.h"

#include <gtest/gtest.h>

#include "core/lessons/lesson.h"
#include "core/lessons/markdown.h"

namespace golanes::lessons {
namespace {

Link link_of(const char* text) {
    const auto link = parse_link(text);
    EXPECT_TRUE(link.ok()) << text;
    return link.ok() ? link.value() : Link{};
}

TEST(LinkTest, EachKindSaysWhereItLeads) {
    EXPECT_EQ(link_of("view:why").name, "why");
    EXPECT_EQ(link_of("goroutine:7").number, 7U);
    EXPECT_EQ(link_of("goroutine:task 1").name, "task 1");
    EXPECT_EQ(link_of("time:1.5ms").time, 1'500'000);
    EXPECT_EQ(link_of("procs:4").number, 4U);
}

TEST(LinkTest, ARunIsWordsOfTheCommandLine) {
    const Link link = link_of("run:steal?preset=without&set=tasks=9&engine=virtual");
    EXPECT_EQ(link.kind, LinkKind::Run);
    EXPECT_EQ(link.name, "steal");
    EXPECT_EQ(link.words, "--preset without --set tasks=9 --engine virtual");
    EXPECT_EQ(link_of("run:crash").words, "");
}

TEST(LinkTest, WhatIsNoLinkIsNamed) {
    EXPECT_EQ(parse_link("https://go.dev").error().message,
              "\"https://go.dev\" is no link like view:why or goroutine:7");
    for (const char* text :
         {"time:soon", "time:-1ms", "procs:many", "run:steal?without", "run:?procs=1", "run:a?b="})
        EXPECT_EQ(parse_link(text).error().message,
                  std::string("the link \"") + text + "\" is not understood");
    for (const char* text : {"", "view", "view:"})
        EXPECT_FALSE(parse_link(text).ok()) << text;
}

TEST(LinkTest, EveryLinkOfALessonIsUnderstood) {
    std::size_t links = 0;
    for (const Page& page : pages()) {
        for (const TextBlock& block :
             parse_markdown(find_lesson(page.scenario, page.language)->text)) {
            for (const TextRun& run : block.runs) {
                links += run.link.empty() ? 0 : 1;
                EXPECT_TRUE(run.link.empty() || parse_link(run.link).ok())
                    << page.scenario << ": " << run.link;
            }
        }
    }
    EXPECT_GT(links, 0U);
}

}  // namespace
}  // namespace golanes::lessons

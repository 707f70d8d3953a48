// The dialogs: open, save, overwrite, unsaved work, help.
#include "ui/panels/dialogs.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "tests/temporary_folder.h"
#include "tests/ui/headless.h"
#include "tests/ui/sample.h"

namespace golanes::ui {
namespace {

namespace fs = std::filesystem;

class DialogsTest : public testing::Test {
 protected:
    void SetUp() override {
        fs::create_directory(folder / "lessons");
        write(folder / "one.golanes");
        write(folder / "notes.txt");
        write(folder / "lessons" / "two.golanes");
        window.input = sample_input();
        window.input.file = (folder / "one.golanes").string();
        window.settle();
        before = fs::current_path();
        fs::current_path(folder);
    }

    void TearDown() override { fs::current_path(before); }

    static void write(const fs::path& path) { std::ofstream(path) << "x"; }

    void double_click(std::string_view item) {
        window.click(item);
        window.click(item);
    }

    golanes::test::TemporaryFolder temporary;
    const fs::path& folder = temporary.path();
    fs::path before;
    Headless window;
};

TEST_F(DialogsTest, OpenListsRecordingsAndFolders) {
    window.press('O', kModControl);
    EXPECT_TRUE(window.has("file.entry.one.golanes"));
    EXPECT_TRUE(window.has("file.entry.lessons"));
    EXPECT_FALSE(window.has("file.entry.notes.txt"));
    window.click("file.all");
    EXPECT_TRUE(window.has("file.entry.notes.txt"));
}

TEST_F(DialogsTest, ADoubleClickGoesIntoAFolderAndOpensAFile) {
    window.press('O', kModControl);
    double_click("file.entry.lessons");
    ASSERT_TRUE(window.has("file.entry.two.golanes"));
    double_click("file.entry.two.golanes");
    ASSERT_EQ(window.sent<command::Open>().size(), 1U);
    EXPECT_EQ(window.sent<command::Open>()[0].path, (folder / "lessons" / "two.golanes").string());
    EXPECT_FALSE(window.has("file.cancel")) << "the dialog is closed";
}

TEST_F(DialogsTest, TheKeyboardAloneOpensAFile) {
    window.press('O', kModControl);
    for (int i = 0; i < 6 && window.sent<command::Open>().empty(); ++i) {
        window.press(key::kDown);
        window.press(key::kSpace);
    }
    EXPECT_EQ(window.sent<command::Open>().size(), 1U);
}

TEST_F(DialogsTest, AMissingFileIsNamedAndTheDialogStays) {
    window.press('O', kModControl);
    window.click("file.folder");
    window.press('A', kModControl);
    window.queue.push({.kind = InputEvent::Kind::Key, .code = key::kLeftControl, .down = true});
    window.press('A', kModControl);
    window.queue.push({.kind = InputEvent::Kind::Key, .code = key::kLeftControl, .down = false});
    window.settle();
    window.type("nowhere.golanes");
    window.press(key::kEnter);
    EXPECT_TRUE(window.has("file.error"));
    EXPECT_TRUE(window.sent<command::Open>().empty());
    window.click("file.cancel");
    EXPECT_FALSE(window.has("file.cancel"));
}

TEST_F(DialogsTest, SavingOverAFileAsksFirst) {
    window.press('S', kModControl);
    window.click("file.accept");
    EXPECT_TRUE(window.sent<command::Save>().empty());
    window.click("file.overwrite");
    ASSERT_EQ(window.sent<command::Save>().size(), 1U);
    EXPECT_TRUE(window.sent<command::Save>()[0].overwrite);
    EXPECT_EQ(window.sent<command::Save>()[0].path, (folder / "one.golanes").string());
}

TEST_F(DialogsTest, ANewNameGetsTheExtension) {
    window.input.file.clear();
    window.press('S', kModControl);
    window.type("mine");  // replaces the suggestion: the field has the focus, all selected
    window.press(key::kEnter);
    ASSERT_EQ(window.sent<command::Save>().size(), 1U);
    const fs::path saved = window.sent<command::Save>()[0].path;
    EXPECT_EQ(saved.extension(), ".golanes");
    EXPECT_EQ(saved.parent_path(), folder);
    EXPECT_FALSE(window.sent<command::Save>()[0].overwrite);
}

TEST_F(DialogsTest, QuitWithUnsavedWorkAsks) {
    window.input.quit_asked = true;
    window.settle();
    window.click("quit.cancel");
    EXPECT_EQ(window.sent<command::CancelQuit>().size(), 1U);
    window.input.quit_asked = false;
    window.settle();
    EXPECT_FALSE(window.has("quit.cancel"));
    window.input.quit_asked = true;
    window.settle();
    window.click("quit.discard");
    ASSERT_EQ(window.sent<command::Quit>().size(), 1U);
    EXPECT_TRUE(window.sent<command::Quit>()[0].even_unsaved);
}

TEST_F(DialogsTest, SaveAndQuitQuitsOnlyOnceItIsSaved) {
    window.input.quit_asked = true;
    window.settle();
    window.click("quit.save");
    window.click("file.accept");
    window.click("file.overwrite");
    ASSERT_EQ(window.sent<command::Save>().size(), 1U);
    window.settle();
    EXPECT_TRUE(window.sent<command::Quit>().empty());
    window.input.unsaved = false;
    window.settle();
    EXPECT_EQ(window.sent<command::Quit>().size(), 1U);
}

TEST_F(DialogsTest, AFailedSaveAsksAgainInsteadOfQuitting) {
    window.input.quit_asked = true;
    window.settle();
    window.click("quit.save");
    window.click("file.accept");
    window.click("file.overwrite");
    window.input.notices = {{Notice::Kind::Error, "disk full"}};
    window.settle();
    EXPECT_TRUE(window.sent<command::Quit>().empty());
    EXPECT_TRUE(window.has("quit.discard"));
}

TEST_F(DialogsTest, AnotherScenarioWithUnsavedWorkAsks) {
    window.input.replace_asked = true;
    window.settle();
    window.click("quit.discard");
    EXPECT_EQ(window.sent<command::Replace>().size(), 1U);
    EXPECT_TRUE(window.sent<command::Quit>().empty());
}

TEST_F(DialogsTest, SaveAndReplaceReplacesAlthoughTheRunGoesOn) {
    window.input.replace_asked = true;
    window.settle();
    window.click("quit.save");
    window.click("file.accept");
    window.click("file.overwrite");
    EXPECT_TRUE(window.sent<command::Replace>().empty());
    window.input.saves = 1;  // and new events are unsaved already
    window.settle();
    EXPECT_EQ(window.sent<command::Replace>().size(), 1U);
    EXPECT_TRUE(window.sent<command::Quit>().empty());
}

TEST_F(DialogsTest, ATokenIsTypedAndRun) {
    window.click("menu.run");
    window.click("menu.run_token");
    ASSERT_TRUE(window.has("token.text"));
    window.type("gl1.letters.p4");
    window.press(key::kEnter);
    ASSERT_EQ(window.sent<command::RunToken>().size(), 1U);
    EXPECT_EQ(window.sent<command::RunToken>()[0].token, "gl1.letters.p4");
    EXPECT_FALSE(window.has("token.text"));
}

TEST_F(DialogsTest, HelpOpensByF1AndClosesByEscape) {
    window.press(key::kF1);
    EXPECT_TRUE(window.has("help.close"));
    window.press('H');
    EXPECT_TRUE(window.commands.empty()) << "shortcuts rest while a dialog is open";
    window.press(key::kEscape);
    EXPECT_FALSE(window.has("help.close"));
}

}  // namespace
}  // namespace golanes::ui

// save(): what it refuses, and that a failure leaves nothing behind.
#include <csignal>
#include <filesystem>

#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/recording/file.h"
#include "tests/core/recording/fixtures.h"

namespace golanes::recording::test {
namespace {

constexpr unsigned kNobody = 65'534;

/// While it lives, no file may grow past `bytes`: a disk that is full.
class FileSizeLimit {
 public:
    explicit FileSizeLimit(rlim_t bytes) : old_handler_(std::signal(SIGXFSZ, SIG_IGN)) {
        getrlimit(RLIMIT_FSIZE, &old_);
        const rlimit low{.rlim_cur = bytes, .rlim_max = old_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &low);
    }

    ~FileSizeLimit() {
        setrlimit(RLIMIT_FSIZE, &old_);
        std::signal(SIGXFSZ, old_handler_);
    }

    FileSizeLimit(const FileSizeLimit&) = delete;
    FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
    rlimit old_{};
    void (*old_handler_)(int);
};

/// While it lives, this thread meets files as an ordinary user would, even when root runs the
/// tests.
class OrdinaryUser {
 public:
    OrdinaryUser() : old_(geteuid()) {
        if (old_ == 0)
            setfsuid(kNobody);
    }

    ~OrdinaryUser() {
        if (old_ == 0)
            setfsuid(0);
    }

    OrdinaryUser(const OrdinaryUser&) = delete;
    OrdinaryUser& operator=(const OrdinaryUser&) = delete;

 private:
    uid_t old_;
};

std::string save_error(const Snapshot& snapshot, const std::string& path, Overwrite overwrite) {
    const Status saved = save(snapshot, path, overwrite);
    return saved ? "(no error)" : saved.error().message;
}

class SaveTest : public testing::Test {
 protected:
    TemporaryFolder folder_;
    std::string path_ = folder_.file("a.golanes");
    Snapshot snapshot_ = snapshot_of(busy_events(1'000));
};

TEST_F(SaveTest, ASavedFileStandsAloneInItsFolder) {
    ASSERT_TRUE(save(snapshot_, path_, Overwrite::No));
    EXPECT_EQ(folder_.names(), std::vector<std::string>{"a.golanes"});
}

TEST_F(SaveTest, AnExistingFileIsRefusedAndKept) {
    write_bytes(path_, Bytes{1, 2, 3});
    EXPECT_EQ(save_error(snapshot_, path_, Overwrite::No),
              path_ + ": the file exists; choose another name, or overwrite it (--force)");
    EXPECT_EQ(read_bytes(path_), (Bytes{1, 2, 3}));
}

TEST_F(SaveTest, AnExistingFileIsReplacedWhenAskedFor) {
    write_bytes(path_, Bytes{1, 2, 3});
    ASSERT_TRUE(save(snapshot_, path_, Overwrite::Yes));
    EXPECT_TRUE(load(path_));
    EXPECT_EQ(folder_.names().size(), 1U);
}

TEST_F(SaveTest, ASymbolicLinkStaysALink) {
    write_bytes(folder_.file("real.golanes"), Bytes{1});
    std::filesystem::create_symlink("real.golanes", path_);
    ASSERT_TRUE(save(snapshot_, path_, Overwrite::Yes));
    EXPECT_TRUE(std::filesystem::is_symlink(path_));
    EXPECT_TRUE(load(folder_.file("real.golanes")));
}

TEST_F(SaveTest, AFolderAsTargetIsRefused) {
    EXPECT_EQ(save_error(snapshot_, folder_.path().string(), Overwrite::Yes),
              folder_.path().string() + ": is a folder; name a file in it");
    EXPECT_EQ(save_error(snapshot_, "", Overwrite::Yes), "\"\" is not the name of a file");
}

TEST_F(SaveTest, ADeviceAsTargetIsRefused) {
    EXPECT_EQ(save_error(snapshot_, "/dev/null", Overwrite::Yes),
              "/dev/null: is not a regular file; choose another name");
}

TEST_F(SaveTest, AMissingFolderIsNamed) {
    const std::string path = folder_.file("none/a.golanes");
    EXPECT_EQ(save_error(snapshot_, path, Overwrite::No),
              path + ": its folder does not exist; make it first or choose another");
}

TEST_F(SaveTest, AReadOnlyFolderIsNamed) {
    ASSERT_EQ(chmod(folder_.path().c_str(), 0555), 0);
    const OrdinaryUser user;
    EXPECT_EQ(save_error(snapshot_, path_, Overwrite::No),
              path_ + ": no permission to write in its folder; choose another");
}

TEST_F(SaveTest, AFullDiskIsAnErrorThatLeavesNothingBehind) {
    std::string message;
    {
        const FileSizeLimit limit(2'000);
        message = save_error(snapshot_, path_, Overwrite::No);
    }
    EXPECT_EQ(message, path_ + ": cannot be written (File too large)");
    EXPECT_TRUE(folder_.names().empty());
}

TEST_F(SaveTest, AFailureKeepsTheFileThatWasToBeReplaced) {
    write_bytes(path_, Bytes{1, 2, 3});
    {
        const FileSizeLimit limit(2'000);
        EXPECT_FALSE(save(snapshot_, path_, Overwrite::Yes));
    }
    EXPECT_EQ(read_bytes(path_), (Bytes{1, 2, 3}));
    EXPECT_EQ(folder_.names().size(), 1U);
}

TEST_F(SaveTest, ARelativePathWorks) {
    const auto before = std::filesystem::current_path();
    std::filesystem::current_path(folder_.path());
    const Status saved = save(snapshot_, "b.golanes", Overwrite::No);
    std::filesystem::current_path(before);
    EXPECT_TRUE(saved);
    EXPECT_TRUE(load(folder_.file("b.golanes")));
}

TEST_F(SaveTest, MoreNamesThanTheFormatAllowsAreRefused) {
    trace::Names names;
    names.places.resize(70'000);
    snapshot_.names = std::make_shared<const trace::Names>(std::move(names));
    EXPECT_EQ(
        save_error(snapshot_, path_, Overwrite::No),
        path_ +
            ": the recording cannot be saved: it has 1 strings and 70000 places; the format allows "
            "4194304 and 65536");
}

}  // namespace
}  // namespace golanes::recording::test

// What only a file can go wrong with: foreign, newer, older, damaged, locked, read-only, full.
#include "store/sqlite/sqlite_store.h"

#include <array>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <future>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include "store/sqlite/schema.h"

namespace meno {
namespace {

class SqliteFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-sqlite-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    path_ = (folder_ / "store.db").string();
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  /// The error of opening, or an empty one.
  Error error_of_opening() const {
    const Result<std::unique_ptr<Store>> opened = open_sqlite_store(path_);
    return opened ? Error{ErrorKind::Internal, ""} : opened.error();
  }

  void execute(const std::string& sql) const {
    const auto connection = SqliteConnection::open(path_, true);
    ASSERT_TRUE(connection);
    const Result<Done> done = (*connection)->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }

  std::filesystem::path folder_;
  std::string path_;
};

std::unique_ptr<Store> store_with_a_student(const std::string& path) {
  Result<std::unique_ptr<Store>> opened = open_sqlite_store(path);
  if (!opened) return nullptr;
  StoredCourse course{
      .id = "c", .name = {"C", "C"}, .simulated = false, .content = {}, .skills = {}, .items = {}};
  course.items.push_back({.id = "i", .title = {"I", "I"}, .skills = {}});
  const std::vector<StoredStudent> students = {{.id = "s", .display_name = "S"}};
  if (!(*opened)->courses().add(course) || !(*opened)->students().enrol("c", students))
    return nullptr;
  return *std::move(opened);
}

Result<Appended> append(Store& store, const std::string& event, std::size_t response_bytes = 1) {
  StoredAnswer answer;
  answer.event_id = event;
  answer.course_id = "c";
  answer.student_id = "s";
  answer.item_id = "i";
  answer.response = std::string(response_bytes, 'x');
  answer.answered_at = TimePoint(std::chrono::milliseconds(1));
  answer.fingerprint = event;
  std::promise<Result<Appended>> promise;
  store.answers().append(answer,
                         [&promise](Result<Appended> done) { promise.set_value(std::move(done)); });
  return promise.get_future().get();
}

TEST_F(SqliteFile, OfANewerVersionIsRefusedInOneSentence) {
  ASSERT_NE(store_with_a_student(path_), nullptr);
  execute("PRAGMA user_version = 99");
  const Error error = error_of_opening();
  EXPECT_EQ(error.kind, ErrorKind::InvalidInput);
  EXPECT_NE(
      error.message.find(fmt::format("version 99, expected {} or older", sqlite_schema().size())),
      std::string::npos)
      << error.message;
}

TEST_F(SqliteFile, OfAnOlderVersionIsMigratedOnceAndKeepsItsRows) {
  constexpr std::array<std::string_view, 2> kSteps = {
      "CREATE TABLE a (x INTEGER); INSERT INTO a VALUES (5)",
      "ALTER TABLE a ADD COLUMN y INTEGER DEFAULT 7"};
  const auto connection = SqliteConnection::open(path_, true);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(migrate(**connection, std::span(kSteps).first(1), path_));
  ASSERT_TRUE(migrate(**connection, kSteps, path_));
  ASSERT_TRUE(migrate(**connection, kSteps, path_));
  EXPECT_EQ(*(*connection)->integer("SELECT x * 10 + y FROM a"), 57);
  EXPECT_EQ(*(*connection)->integer("PRAGMA user_version"), 2);
}

TEST_F(SqliteFile, FromBeforeThereWereLinksKeepsItsAccountsAndTakesLinks) {
  constexpr std::size_t kBefore = 7;
  {
    const auto old = SqliteConnection::open(path_, true);
    ASSERT_TRUE(old);
    ASSERT_TRUE(migrate(**old, sqlite_schema().first(kBefore), path_));
    ASSERT_TRUE((*old)->execute(
        "INSERT INTO account (id, role, display_name, password_hash, disabled, failures) "
        "VALUES ('ann', 'platform_admin', 'Ann', 'h', 0, 0)"));
  }
  const Result<std::unique_ptr<Store>> opened = open_store(path_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(*(*opened)->accounts().find("ann"));
  EXPECT_TRUE((*opened)->links().add({"https://a", "s1", "ann"}, {}));
  EXPECT_TRUE(*(*opened)->links().find("https://a", "s1"));
}

TEST_F(SqliteFile, IsLeftAsItWasWhenAMigrationFails) {
  constexpr std::array<std::string_view, 2> kSteps = {"CREATE TABLE a (x INTEGER)",
                                                      "CREATE TABLE b (x INTEGER); nonsense"};
  const auto connection = SqliteConnection::open(path_, true);
  ASSERT_TRUE(connection);
  ASSERT_TRUE(migrate(**connection, std::span(kSteps).first(1), path_));
  EXPECT_FALSE(migrate(**connection, kSteps, path_));
  EXPECT_EQ(*(*connection)->integer("SELECT count(*) FROM sqlite_master"), 1);
  EXPECT_EQ(*(*connection)->integer("PRAGMA user_version"), 1);
}

TEST_F(SqliteFile, OfAnotherProgramIsRefused) {
  execute("CREATE TABLE theirs (x INTEGER)");
  EXPECT_EQ(error_of_opening().kind, ErrorKind::InvalidInput);
}

TEST_F(SqliteFile, ThatIsNoDatabaseIsRefused) {
  std::ofstream(path_) << std::string(5000, 'z');
  const Error error = error_of_opening();
  EXPECT_EQ(error.kind, ErrorKind::InvalidInput) << error.message;
}

TEST_F(SqliteFile, WithADamagedPageIsRefused) {
  {
    const std::unique_ptr<Store> store = store_with_a_student(path_);
    ASSERT_NE(store, nullptr);
    for (int k = 0; k < 50; ++k) ASSERT_TRUE(append(*store, fmt::format("e{}", k), 900));
  }
  std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
  for (std::streamoff page = 3; page < 20; ++page) {
    file.seekp(page * 4096);
    file.write("garbage garbage garbage garbage", 31);
  }
  file.close();
  EXPECT_EQ(error_of_opening().kind, ErrorKind::InvalidInput);
}

TEST_F(SqliteFile, IsOpenInOneProcessOnly) {
  const std::unique_ptr<Store> store = store_with_a_student(path_);
  ASSERT_NE(store, nullptr);
  EXPECT_EQ(error_of_opening().kind, ErrorKind::Conflict);
}

TEST_F(SqliteFile, ThatIsAFolderIsRefused) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(error_of_opening().kind, ErrorKind::InvalidInput);
}

TEST_F(SqliteFile, ThatMayNotBeWrittenIsRefused) {
  store_with_a_student(path_).reset();
  std::filesystem::permissions(path_, std::filesystem::perms(0444));
  std::filesystem::permissions(path_ + ".lock", std::filesystem::perms(0666));
  std::filesystem::permissions(folder_, std::filesystem::perms(0755));
  constexpr uid_t kNobody = 65534;  // root may write anything
  const bool root = geteuid() == 0;
  if (root) {
    ASSERT_EQ(seteuid(kNobody), 0);
  }
  const Error error = error_of_opening();
  if (root) {
    ASSERT_EQ(seteuid(0), 0);
  }
  EXPECT_EQ(error.kind, ErrorKind::Unavailable) << error.message;
}

TEST_F(SqliteFile, RefusesAnswersWhileTheDiskIsFullAndLosesNone) {
  std::unique_ptr<Store> store = store_with_a_student(path_);
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(append(*store, "before"));
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit unlimited{};
  ASSERT_EQ(getrlimit(RLIMIT_FSIZE, &unlimited), 0);
  rlimit tight = unlimited;
  tight.rlim_cur = 400'000;  // what is there fits, a few hundred more answers do not
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &tight), 0);
  std::vector<std::string> acknowledged = {"before"};
  int refused = 0;
  for (int k = 0; k < 600 && refused < 3; ++k) {
    const std::string event = fmt::format("e{}", k);
    const Result<Appended> done = append(*store, event, 900);
    if (done) {
      acknowledged.push_back(event);
    } else {
      EXPECT_EQ(done.error().kind, ErrorKind::Unavailable) << done.error().message;
      ++refused;
    }
  }
  ASSERT_EQ(setrlimit(RLIMIT_FSIZE, &unlimited), 0);
  EXPECT_EQ(refused, 3);
  EXPECT_TRUE(append(*store, "after"));
  acknowledged.emplace_back("after");
  store.reset();
  Result<std::unique_ptr<Store>> again = open_sqlite_store(path_);
  ASSERT_TRUE(again) << again.error().message;
  const Result<std::vector<StoredAnswer>> history = (*again)->answers().history("c", "s");
  ASSERT_TRUE(history);
  std::vector<std::string> kept;
  for (const StoredAnswer& answer : *history) kept.push_back(answer.event_id);
  EXPECT_EQ(kept, acknowledged);
}

}  // namespace
}  // namespace meno

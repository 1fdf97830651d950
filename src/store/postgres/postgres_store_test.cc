// What only a server can go wrong with: gone and back, foreign, newer, taken over; and what its
// address may show.
#include "store/postgres/postgres_store.h"

#include <future>
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/postgres/cluster_for_test.h"
#include "store/postgres/connection.h"
#include "store/postgres/schema.h"

namespace meno {
namespace {

class PostgresServer : public testing::Test {
 protected:
  void SetUp() override {
    if (!ClusterForTest::get().installed()) GTEST_SKIP() << "postgres is not installed";
    url_ = ClusterForTest::get().new_database();
    ASSERT_FALSE(url_.empty());
  }

  std::unique_ptr<PostgresConnection> connection() const {
    Result<PostgresAddress> address = parse_postgres_url(url_);
    if (!address) return nullptr;
    Result<std::unique_ptr<PostgresConnection>> opened = PostgresConnection::open(*address);
    EXPECT_TRUE(opened) << opened.error().message;
    return opened ? *std::move(opened) : nullptr;
  }

  std::unique_ptr<Store> store_with_a_student() const {
    Result<std::unique_ptr<Store>> opened = open_postgres_store(url_);
    EXPECT_TRUE(opened) << opened.error().message;
    if (!opened) return nullptr;
    StoredCourse course{.id = "c",
                        .name = {"C", "C"},
                        .simulated = false,
                        .content = {},
                        .skills = {},
                        .items = {}};
    course.items.push_back({.id = "i", .title = {"I", "I"}, .skills = {}});
    EXPECT_TRUE((*opened)->courses().add(course));
    const std::vector<StoredStudent> students = {{.id = "s", .display_name = "S"}};
    EXPECT_TRUE((*opened)->students().enrol("c", students));
    return *std::move(opened);
  }

  Error error_of_opening() const {
    const Result<std::unique_ptr<Store>> opened = open_postgres_store(url_);
    return opened ? Error{ErrorKind::Internal, ""} : opened.error();
  }

  std::string url_;
};

std::future<Result<Appended>> append(Store& store, const std::string& event) {
  StoredAnswer answer;
  answer.event_id = event;
  answer.course_id = "c";
  answer.student_id = "s";
  answer.item_id = "i";
  answer.answered_at = TimePoint(std::chrono::milliseconds(1));
  answer.fingerprint = event;
  auto promise = std::make_shared<std::promise<Result<Appended>>>();
  store.answers().append(answer,
                         [promise](Result<Appended> done) { promise->set_value(std::move(done)); });
  return promise->get_future();
}

/// Sends `count` answers without waiting in between, so that the server stops in the middle of
/// transactions; then notes which are acknowledged.
struct Rush {
  std::vector<std::pair<std::string, std::future<Result<Appended>>>> sent;

  void send(Store& store, const std::string& prefix, int count) {
    for (int k = 0; k < count; ++k) {
      const std::string event = fmt::format("{}{}", prefix, k);
      sent.emplace_back(event, append(store, event));
    }
  }
  std::set<std::string> acknowledged() {
    std::set<std::string> events;
    for (auto& [event, outcome] : sent) {
      const Result<Appended> done = outcome.get();
      if (done) {
        events.insert(event);
      } else {
        EXPECT_EQ(done.error().kind, ErrorKind::Unavailable) << done.error().message;
      }
    }
    sent.clear();
    return events;
  }
};

/// Ends the sessions of everybody else in the database, and waits for it.
constexpr const char* kEndOthers =
    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
    "WHERE pid <> pg_backend_pid() AND datname = current_database()";

TEST_F(PostgresServer, ThatVanishesAndReturnsKeepsEachAcknowledgedAnswerOnceAndNoOther) {
  const std::unique_ptr<Store> store = store_with_a_student();
  ASSERT_NE(store, nullptr);
  std::set<std::string> acknowledged;
  Rush rush;
  for (int round = 0; round < 3; ++round) {
    rush.send(*store, fmt::format("a{}-", round), 2000);
    rush.sent.front().second.wait();  // under way
    ClusterForTest::get().stop();
    EXPECT_EQ(append(*store, fmt::format("while-away-{}", round)).get().error().kind,
              ErrorKind::Unavailable);
    const auto history = store->answers().history("c", "s");
    ASSERT_FALSE(history);
    EXPECT_EQ(history.error().kind, ErrorKind::Unavailable) << history.error().message;
    EXPECT_FALSE(store->check());
    ClusterForTest::get().start();
    acknowledged.merge(rush.acknowledged());  // also those in doubt, now that it can be asked
    const std::string back = fmt::format("back-{}", round);
    EXPECT_TRUE(append(*store, back).get());
    acknowledged.insert(back);
    EXPECT_TRUE(store->check());
  }
  EXPECT_GE(store->figures().failed_commits, 3U);
  EXPECT_GE(store->figures().failed_reads, 3U);
  const Result<std::vector<StoredAnswer>> history = store->answers().history("c", "s");
  ASSERT_TRUE(history) << history.error().message;
  std::set<std::string> kept;
  for (const StoredAnswer& answer : *history) EXPECT_TRUE(kept.insert(answer.event_id).second);
  EXPECT_EQ(kept, acknowledged);
  EXPECT_EQ(store->answers().count(), acknowledged.size());
}

TEST_F(PostgresServer, ThatEndsItsSessionsIsReachedAgainWithoutAFailedRequest) {
  const std::unique_ptr<Store> store = store_with_a_student();
  ASSERT_NE(store, nullptr);
  ASSERT_TRUE(store->students().find("c", "s"));
  const auto killer = connection();
  ASSERT_TRUE(killer->execute(kEndOthers));
  EXPECT_TRUE(store->students().find("c", "s"));
  EXPECT_TRUE(append(*store, "e").get());
}

TEST_F(PostgresServer, KnowsWhatBecameOfACommitWhoseConnectionWasLost) {
  const std::unique_ptr<PostgresConnection> writer = connection();
  ASSERT_TRUE(writer->take_lock(StoreUse::Shared));
  ASSERT_TRUE(migrate_postgres(*writer, postgres_schema(), "it"));
  writer->become_writer("me", StoreUse::Shared, postgres_schema().size());
  const auto other = connection();
  for (const bool committed : {false, true}) {
    ASSERT_TRUE(writer->begin());
    ASSERT_TRUE(other->execute(kEndOthers));
    // As if only the reply had been lost; and another server has written since, in any case.
    if (committed) {
      ASSERT_TRUE(
          other->execute("INSERT INTO meno_server SELECT 'me', batch + 1, now() FROM meno_store"));
    }
    ASSERT_TRUE(other->execute("UPDATE meno_store SET batch = batch + 5"));
    ASSERT_FALSE(writer->commit());
    ASSERT_TRUE(writer->in_doubt());
    const Result<bool> settled = writer->settle();
    ASSERT_TRUE(settled) << settled.error().message;
    EXPECT_EQ(*settled, committed);
    EXPECT_FALSE(writer->in_doubt());
  }
}

TEST_F(PostgresServer, WhoseStoreIsNewerWhenItReturnsIsNotWrittenTo) {
  const std::unique_ptr<Store> store = store_with_a_student();
  ASSERT_NE(store, nullptr);
  const auto other = connection();
  ASSERT_TRUE(other->execute("UPDATE meno_store SET version = 99"));
  ASSERT_TRUE(other->execute(kEndOthers));
  const Result<Appended> refused = append(*store, "e").get();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Unavailable);
  EXPECT_NE(refused.error().message.find("start a newer meno"), std::string::npos)
      << refused.error().message;
}

TEST_F(PostgresServer, WithANewerStoreIsRefusedInOneSentence) {
  ASSERT_NE(store_with_a_student(), nullptr);
  ASSERT_TRUE(connection()->execute("UPDATE meno_store SET version = 99"));
  const Error error = error_of_opening();
  EXPECT_EQ(error.kind, ErrorKind::InvalidInput);
  EXPECT_NE(
      error.message.find(fmt::format("version 99, expected {} or older", postgres_schema().size())),
      std::string::npos)
      << error.message;
}

TEST_F(PostgresServer, WithTablesOfAnotherProgramIsRefusedInOneSentence) {
  ASSERT_TRUE(connection()->execute("CREATE TABLE theirs (x int)"));
  const Error error = error_of_opening();
  EXPECT_EQ(error.kind, ErrorKind::InvalidInput);
  EXPECT_NE(error.message.find("of another program"), std::string::npos) << error.message;
}

TEST_F(PostgresServer, WithAnOlderStoreIsMigratedAndKeepsItsRows) {
  const auto old = connection();
  ASSERT_TRUE(migrate_postgres(*old, postgres_schema().first(1), "it"));
  ASSERT_TRUE(
      old->execute("INSERT INTO course (id, name_en, name_zh, simulated, content) "
                   "VALUES ('old', 'O', 'O', 0, '')"));
  const Result<std::unique_ptr<Store>> opened = open_postgres_store(url_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE((*opened)->courses().find("old"));
  EXPECT_EQ(*old->integer("SELECT version FROM meno_store"),
            static_cast<std::int64_t>(postgres_schema().size()));
}

TEST_F(PostgresServer, FromBeforeThereWereLinksKeepsItsAccountsAndTakesLinks) {
  constexpr std::size_t kBefore = 7;
  const auto old = connection();
  ASSERT_TRUE(migrate_postgres(*old, postgres_schema().first(kBefore), "it"));
  ASSERT_TRUE(old->execute(
      "INSERT INTO account (id, role, display_name, password_hash, disabled, failures) "
      "VALUES ('ann', 'platform_admin', 'Ann', 'h', 0, 0)"));
  const Result<std::unique_ptr<Store>> opened = open_postgres_store(url_);
  ASSERT_TRUE(opened) << opened.error().message;
  EXPECT_TRUE(*(*opened)->accounts().find("ann"));
  EXPECT_TRUE((*opened)->links().add({"https://a", "s1", "ann"}, {}));
  EXPECT_TRUE(*(*opened)->links().find("https://a", "s1"));
}

TEST_F(PostgresServer, IsLeftAsItWasWhenAMigrationFails) {
  const auto made = connection();
  const std::vector<std::string_view> steps = {postgres_schema()[0], "CREATE TABLE b (x int); no"};
  EXPECT_FALSE(migrate_postgres(*made, steps, "it"));
  EXPECT_EQ(*made->integer("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"), 0);
}

TEST(PostgresAddressTest, ShowsNeitherUserNorPassword) {
  const auto address =
      parse_postgres_url("postgresql://ann:s3cret%40x@db.school:5433/meno?password=other");
  ASSERT_TRUE(address) << address.error().message;
  EXPECT_EQ(address->name, "postgres://db.school:5433/meno");
}

TEST(PostgresAddressTest, ThatCannotBeReadIsNotQuoted) {
  for (const char* const url :
       {"postgres://ann:s3/cret@db/meno", "postgres://ann:s3cret@x@db/meno",
        "postgres://ann:s3?cret@db/meno", "postgres://ann:%zz-cret@db/meno",
        "postgres://db:cret/meno", "postgres://ann:x@db/meno?nonsense=cret"}) {
    const Result<std::unique_ptr<Store>> opened = open_postgres_store(url);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().kind, ErrorKind::InvalidInput) << url;
    EXPECT_EQ(opened.error().message.find("cret"), std::string::npos) << opened.error().message;
  }
}

TEST(PostgresAddressTest, OfAServerThatIsNotThereIsUnavailableAndHidesThePassword) {
  const auto opened = open_postgres_store("postgres://ann:s3cret@127.0.0.1:1/meno");
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().kind, ErrorKind::Unavailable);
  EXPECT_EQ(opened.error().message.find("s3cret"), std::string::npos) << opened.error().message;
  EXPECT_EQ(opened.error().message.find('\n'), std::string::npos) << opened.error().message;
}

}  // namespace
}  // namespace meno

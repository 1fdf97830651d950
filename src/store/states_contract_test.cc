// What is derived or shared, on every engine: kept states of students, the files of runs, changes
// of runs that go by an earlier one; and stores of every earlier version.
#include <fmt/format.h>

#include "store/engine_for_test.h"
#include "store/postgres/address.h"
#include "store/postgres/connection.h"
#include "store/postgres/schema.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace meno {
namespace {

std::optional<StoredState> kept(Store& store, const std::string& student) {
  const auto found = store.states().find("maths", student);
  EXPECT_TRUE(found) << found.error().message;
  return found ? *found : std::nullopt;
}

TEST_P(EveryEngine, KeepsTheLatestStateOfAStudent) {
  EXPECT_FALSE(kept(*store_, "ann"));
  const std::string bytes("\0\x01\xff state", 9);
  store_->states().keep("maths", "ann", {"v1", {.seq = 7, .feedback = 2}, bytes});
  store_->states().keep("maths", "nobody", {"v1", {.seq = 7, .feedback = 2}, bytes});
  reopen();  // waits until it is written
  auto state = kept(*store_, "ann");
  ASSERT_TRUE(state);
  EXPECT_EQ(state->version, "v1");
  EXPECT_EQ(state->upto, (EnrolmentMark{.seq = 7, .feedback = 2}));
  EXPECT_EQ(state->content, bytes);
  EXPECT_FALSE(kept(*store_, "bo"));
  store_->states().keep("maths", "ann", {"v1", {.seq = 6, .feedback = 2}, "older"});
  reopen();
  EXPECT_EQ(kept(*store_, "ann")->content, bytes);
  store_->states().keep("maths", "ann", {"v2", {.seq = 6, .feedback = 2}, "of another model"});
  reopen();
  EXPECT_EQ(kept(*store_, "ann")->version, "v2");
}

TEST_P(EveryEngine, KeepsTheFilesOfRuns) {
  const std::vector<RunFile> files = {{"model.json", "{}"},
                                      {"weights", std::string("\0\xfe\x80w", 4)}};
  ASSERT_TRUE(store_->served_runs().keep_files("maths", "v1", files));
  ASSERT_TRUE(store_->served_runs().keep_files("maths", "v1", files));
  reopen();
  const auto found = store_->served_runs().files("maths", "v1");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->at(0).name, "model.json");
  EXPECT_EQ(found->at(1).content, files[1].content);
  EXPECT_TRUE(store_->served_runs().files("maths", "v2")->empty());
  EXPECT_EQ(store_->served_runs().keep_files("none", "v1", files).error().kind,
            ErrorKind::NotFound);
}

TEST_P(EveryEngine, RefusesAChangeOfRunsThatGoesByAnEarlierOne) {
  ServedRun row{
      .course_id = "maths", .action = "swap", .version = "v1", .base = "b", .figures = "{}"};
  const auto first = store_->served_runs().append_after(row, 0);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(store_->served_runs().append_after(row, 0).error().kind, ErrorKind::Conflict);
  EXPECT_TRUE(store_->served_runs().append_after(row, first->no));
  row.base = "another base";  // a log of its own
  EXPECT_TRUE(store_->served_runs().append_after(row, 0));
  EXPECT_EQ(store_->served_runs().of_course("maths")->size(), 3U);
}

TEST_P(EveryEngine, TellsHowFarAStudentHasCome) {
  EXPECT_EQ(*store_->answers().mark("maths", "ann"), EnrolmentMark{});
  EXPECT_EQ(*store_->answers().mark("maths", "nobody"), EnrolmentMark{});
  ASSERT_TRUE(append(answer("e1")));
  const auto second = append(answer("e2"));
  ASSERT_TRUE(append(answer("e3", "bo")));
  const auto said = append_feedback(feedback("f1", "swap"));
  ASSERT_TRUE(said);
  EXPECT_EQ(*store_->answers().mark("maths", "ann"),
            (EnrolmentMark{.seq = second->answer.seq, .feedback = said->feedback.no}));
  const auto later = store_->answers().history_after("maths", "ann", second->answer.seq - 1);
  ASSERT_TRUE(later);
  ASSERT_EQ(later->size(), 1U);
  EXPECT_EQ(later->front().event_id, "e2");
  EXPECT_TRUE(store_->feedback().of_student_after("maths", "ann", said->feedback.no)->empty());
}

/// A connection to a store that is not there yet, and the steps that make it.
std::unique_ptr<Connection> connected(const std::string& location) {
  if (!is_postgres_url(location)) return *SqliteConnection::open(location, true);
  return *PostgresConnection::open(*parse_postgres_url(location));
}

Result<Done> made_of_version(Connection& connection, const std::string& location,
                             std::size_t version) {
  if (is_postgres_url(location))
    return migrate_postgres(connection, postgres_schema().first(version), "it");
  return migrate(connection, sqlite_schema().first(version), "it");
}

TEST_P(EveryEngine, OfEachEarlierVersionIsMigratedWithAllItHolds) {
  ASSERT_EQ(postgres_schema().size(), sqlite_schema().size());
  for (std::size_t version = 1; version < sqlite_schema().size(); ++version) {
    const std::filesystem::path folder = folder_ / fmt::format("v{}", version);
    std::filesystem::create_directories(folder);
    const std::string location = GetParam().new_location(folder);
    {
      const std::unique_ptr<Connection> old = connected(location);
      ASSERT_TRUE(made_of_version(*old, location, version));
      ASSERT_TRUE(old->execute(
          "INSERT INTO course (id, name_en, name_zh, simulated, content) VALUES ('old', 'O', 'O', "
          "0, ''); INSERT INTO item (course_no, position, id, title_en, title_zh) SELECT no, 0, "
          "'i', 'I', 'I' FROM course; INSERT INTO student (id, display_name, simulated) VALUES "
          "('s', 'S', 0); INSERT INTO enrolment (course_no, student_no) SELECT c.no, s.no FROM "
          "course c CROSS JOIN student s; INSERT INTO answer (event_id, enrolment_no, item_id, "
          "variant, response, correct, answered_at_ms, fingerprint) SELECT 'e', no, 'i', 3, '1/2', "
          "1.0, 1700000000123, 'f' FROM enrolment"));
      if (version >= 2) {
        ASSERT_TRUE(old->execute(
            "INSERT INTO served_run (course_no, action, version, base, at_ms, after_seq, figures) "
            "SELECT no, 'swap', 'v', 'b', 1, 1, '{}' FROM course"));
      }
      if (version >= 3) {
        ASSERT_TRUE(old->execute(
            "INSERT INTO feedback (event_id, enrolment_no, item_id, kind, given_at_ms, after_seq) "
            "SELECT 'f', no, 'i', 'swap', 1, 1 FROM enrolment"));
      }
    }
    for (int time = 0; time < 2; ++time) {  // migrated, then as it is
      const Result<std::unique_ptr<Store>> store = open_store(location);
      ASSERT_TRUE(store) << version << ": " << store.error().message;
      const auto history = (*store)->answers().history("old", "s");
      ASSERT_TRUE(history);
      ASSERT_EQ(history->size(), 1U) << version;
      EXPECT_EQ(history->front().response, "1/2");
      EXPECT_EQ(history->front().variant, 3U);
      EXPECT_EQ((*store)->served_runs().of_course("old")->size(), version >= 2 ? 1U : 0U);
      EXPECT_EQ((*store)->feedback().of_student("old", "s")->size(), version >= 3 ? 1U : 0U);
      EXPECT_EQ((*store)->answers().count(), 1U);
      EXPECT_FALSE(*(*store)->states().find("old", "s"));
    }
  }
}

}  // namespace
}  // namespace meno

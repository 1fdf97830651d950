// A copy of a store holds what the store holds, whichever engines are on the two sides.
#include "store/copy.h"

#include <map>

#include <fmt/format.h>

#include "store/engine_for_test.h"

namespace meno {
namespace {

/// Everything in a store as text, with the numbers that it gives itself counted from the first.
std::string rows_of(Store& store) {
  std::string text;
  std::map<std::uint64_t, std::size_t> place = {{0, 0}};
  const auto answers = *store.answers().since(0, 10'000);
  for (const StoredAnswer& row : answers) {
    place.emplace(row.seq, place.size());
    text += fmt::format("{} {} {} {} {} {} {} {} {} {} {} {} {}\n", place.at(row.seq), row.event_id,
                        row.course_id, row.student_id, row.item_id, row.variant,
                        row.response.value_or("none"), row.correct,
                        row.answered_at.time_since_epoch().count(), row.response_ms.value_or(-1),
                        row.hints_used.value_or(-1), row.fingerprint, row.request_id);
  }
  const auto schools = *store.roster().schools();
  for (const StoredSchool& one : schools)
    text +=
        fmt::format("{} {} {} {}\n", one.id, one.name, one.organisation_id, one.organisation_name);
  const auto classes = *store.roster().classes();
  for (const StoredClass& one : classes)
    text += fmt::format("{} {} {} {} {} {}\n", one.id, one.school_id, one.name,
                        fmt::join(one.courses, ","), fmt::join(one.teachers, ","),
                        fmt::join(one.students, ","));
  const auto accounts = *store.accounts().list();
  for (const StoredAccount& one : accounts)
    text += fmt::format("{} {} {} {} {} {} {}\n", one.id, name_of(one.role), one.school_id,
                        one.student_id, one.password_hash, one.disabled, one.failures);
  const auto links = *store.links().list();
  for (const StoredLink& one : links)
    text += fmt::format("{} {} {}\n", one.issuer, one.subject, one.account_id);
  const auto keys = *store.accounts().keys();
  for (const StoredKey& one : keys)
    text += fmt::format("{} {} {} {} {}\n", one.id, one.token_hash, one.scopes, one.school_id,
                        one.revoked);
  const auto audit = *store.audit().since(0, 1000);
  for (const AuditRow& row : audit) text += fmt::format("{} {}\n", row.no, row.hash);
  const auto courses = *store.courses().list();
  for (const CourseSummary& summary : courses) {
    const StoredCourse course = *store.courses().find(summary.id);
    text += fmt::format("{} {} {} {} {}\n", course.id, course.name.en, course.name.zh_cn,
                        course.simulated, course.content);
    for (const StoredSkill& skill : course.skills)
      text += fmt::format("{} {} {} {} {}\n", skill.id, skill.name.en, skill.name.zh_cn,
                          skill.strand ? skill.strand->zh_cn : "none",
                          fmt::join(skill.prerequisites, ","));
    for (const StoredItem& item : course.items)
      text += fmt::format("{} {} {} {}\n", item.id, item.title.en, item.title.zh_cn,
                          fmt::join(item.skills, ","));
    const auto students = *store.students().of_course(course.id);
    for (const StoredStudent& student : students)
      text += fmt::format("{} {} {} {}\n", student.id, student.display_name, student.simulated,
                          student.answers);
    const auto served = *store.served_runs().of_course(course.id);
    for (const ServedRun& row : served)
      text +=
          fmt::format("{} {} {} {} {} {} {}\n", row.course_id, row.action, row.version, row.base,
                      row.at.time_since_epoch().count(), place.at(row.after_seq), row.figures);
    for (const StoredStudent& student : students) {
      const auto said = *store.feedback().of_student(course.id, student.id);
      for (const StoredFeedback& row : said)
        text +=
            fmt::format("{} {} {} {} {} {} {} {}\n", row.event_id, row.course_id, row.student_id,
                        row.item_id, row.kind, row.given_at.time_since_epoch().count(),
                        place.at(row.after_seq), row.request_id);
    }
    const auto runs = *store.model_runs().of_course(course.id);
    for (const ModelRun& row : runs)
      text += fmt::format("{} {} {} {}\n", row.version, row.parent, row.state, row.metrics);
    const auto alarms = *store.model_runs().alarms(course.id);
    for (const CourseAlarm& row : alarms)
      text += fmt::format("{} {} {}\n", row.kind, row.version, place.at(row.seq));
    const auto settings = *store.settings().of_course(course.id);
    for (const StoredSetting& row : settings)
      text += fmt::format("{} {} {} {} {}\n", row.course_id, row.student_id, row.name, row.document,
                          row.changed_at.time_since_epoch().count());
  }
  const auto recommendations = *store.recommendations().since(0, 1000);
  for (const StoredRecommendation& row : recommendations)
    text += fmt::format("{} {} {} {} {} {} {}\n", row.student_id, row.context->document,
                        row.answers, row.feedback, row.chosen, row.digest, row.request_id);
  return text;
}

StoredRecommendation recommendation(std::uint64_t answers, std::uint64_t last_feedback) {
  StoredRecommendation row;
  row.course_id = "maths";
  row.student_id = "ann";
  row.context = std::make_shared<const DecisionContext>(
      DecisionContext{.hash = "h", .document = "{\"run\":\"v1\"}"});
  row.made_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  row.answers = answers;
  row.last_feedback = last_feedback;
  row.chosen = "[]";
  row.digest = "d";
  return row;
}

TEST_P(EveryEngine, IsCopiedRowForRowToEveryEngine) {
  StoredAnswer bare = answer("e2", "bo");
  bare.response.reset();
  bare.response_ms.reset();
  bare.hints_used = 3;
  bare.correct = 0.125;
  ServedRun run{.no = 0,
                .course_id = "maths",
                .action = "swap",
                .version = "v1",
                .base = "v0",
                .at = bare.answered_at,
                .after_seq = 0,
                .figures = "{}"};
  add_two_schools(*store_);
  ASSERT_TRUE(store_->links().add({"https://a", "s1", "tina"}, {.at = bare.answered_at}));
  ASSERT_TRUE(store_->accounts().add_key(
      {.id = "k", .token_hash = "kh", .scopes = "admin", .school_id = "north", .revoked = true},
      {.at = bare.answered_at, .actor = "x", .action = "key_added", .target = "k", .detail = ""}));
  ASSERT_TRUE(append(answer("e1")));
  ASSERT_TRUE(append(answer("e1")));  // may leave a gap
  ASSERT_TRUE(append_feedback(feedback("f1", "swap", "bo")));
  ASSERT_TRUE(append_feedback(feedback("f2", "dismiss")));
  ASSERT_TRUE(store_->served_runs().append(run));
  ASSERT_TRUE(append(bare));
  const auto third = append(answer("e3"));
  const auto fourth = append_feedback(feedback("f4", "swap"));
  store_->recommendations().append(recommendation(2, fourth->feedback.no));
  store_->recommendations().append(recommendation(1, 0));
  ASSERT_TRUE(store_->recommendations().flush());
  ASSERT_TRUE(store_->model_runs().put({.course_id = "maths",
                                        .version = "v1",
                                        .parent = "v0",
                                        .base = "v0",
                                        .origin = "adapted",
                                        .model = "m",
                                        .data_hash = "h",
                                        .metrics = "{}",
                                        .state = "canary",
                                        .figures = "{}"}));
  ASSERT_TRUE(store_->model_runs().add_alarm({.course_id = "maths",
                                              .kind = "surprise",
                                              .version = "v0",
                                              .seq = third->answer.seq,
                                              .figures = "{}"}));
  ASSERT_TRUE(append(answer("e4")));
  run.action = "rollback";
  ASSERT_TRUE(store_->served_runs().append(run));
  ASSERT_TRUE(append_feedback(feedback("f3", "too_easy", "bo")));
  for (const char* student : {"", "bo"})
    ASSERT_TRUE(store_->settings().put({.course_id = "maths",
                                        .student_id = student,
                                        .name = "rules",
                                        .document = "{}",
                                        .changed_at = bare.answered_at}));
  for (const Engine& engine : kEngines) {
    const std::filesystem::path folder = folder_ / engine.name;
    std::filesystem::create_directory(folder);
    const std::string location = engine.new_location(folder);
    if (location.empty()) continue;
    Result<std::unique_ptr<Store>> copy = open_store(location);
    ASSERT_TRUE(copy) << copy.error().message;
    const auto copied = copy_store(*store_, **copy, [](const CopiedStore&) { return true; });
    ASSERT_TRUE(copied) << copied.error().message;
    EXPECT_EQ(copied->answers, 4U);
    EXPECT_EQ(copied->feedback, 4U);
    EXPECT_EQ(copied->settings, 2U);
    EXPECT_EQ(copied->recommendations, 2U);
    EXPECT_EQ((*copy)->links().list()->size(), 1U);
    EXPECT_EQ(rows_of(**copy), rows_of(*store_));
    const auto again = copy_store(*store_, **copy, [](const CopiedStore&) { return true; });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
  }
}

}  // namespace
}  // namespace meno

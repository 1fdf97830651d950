// What every engine must do. One suite, run on each: a new engine adds a row to kEngines.
#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "store/copy.h"
#include "store/postgres/cluster_for_test.h"
#include "store/store.h"

namespace meno {
namespace {

struct Engine {
  const char* name;
  /// The location of a store that is not there yet; "" when the engine is not installed.
  std::string (*new_location)(const std::filesystem::path& folder);
};

std::string new_file(const std::filesystem::path& folder) { return (folder / "store.db").string(); }

std::string new_database(const std::filesystem::path& /*folder*/) {
  ClusterForTest& cluster = ClusterForTest::get();
  return cluster.installed() ? cluster.new_database() : "";
}

constexpr Engine kEngines[] = {{"sqlite", &new_file}, {"postgres", &new_database}};

StoredCourse small_course() {
  StoredCourse course{.id = "maths",
                      .name = {"Maths", "数学"},
                      .simulated = true,
                      .content = "{\"k\":1}",
                      .skills = {},
                      .items = {}};
  course.skills.push_back({.id = "add",
                           .name = {"Adding", "加法"},
                           .strand = Text{"Numbers", "数"},
                           .prerequisites = {}});
  course.skills.push_back(
      {.id = "mul", .name = {"Multiplying", "乘法"}, .strand = {}, .prerequisites = {"add"}});
  course.items.push_back({.id = "i1", .title = {"One", "一"}, .skills = {"add"}});
  course.items.push_back({.id = "i2", .title = {"Two", "二"}, .skills = {"add", "mul"}});
  return course;
}

StoredAnswer answer(const std::string& event, const std::string& student = "ann") {
  StoredAnswer answer;
  answer.event_id = event;
  answer.course_id = "maths";
  answer.student_id = student;
  answer.item_id = "i1";
  answer.variant = 7;
  answer.response = "3/4";
  answer.correct = 1.0;
  answer.answered_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  answer.response_ms = 4200;
  answer.fingerprint = "f-" + event;
  return answer;
}

StoredFeedback feedback(const std::string& event, const std::string& kind,
                        const std::string& student = "ann") {
  StoredFeedback feedback;
  feedback.event_id = event;
  feedback.course_id = "maths";
  feedback.student_id = student;
  feedback.item_id = "i1";
  feedback.kind = kind;
  feedback.given_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  return feedback;
}

class EveryEngine : public testing::TestWithParam<Engine> {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-store-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    location_ = GetParam().new_location(folder_);
    if (location_.empty()) GTEST_SKIP() << GetParam().name << " is not installed";
    reopen();
    ASSERT_TRUE(store_->courses().add(small_course()));
    const std::vector<StoredStudent> students = {
        {.id = "ann", .display_name = "Ann A."},
        {.id = "bo", .display_name = "Bo", .simulated = true}};
    ASSERT_TRUE(store_->students().enrol("maths", students));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void reopen() {
    store_.reset();
    Result<std::unique_ptr<Store>> opened = open_store(location_);
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
  }

  Result<Appended> append(StoredAnswer one) {
    std::promise<Result<Appended>> promise;
    store_->answers().append(
        std::move(one), [&promise](Result<Appended> done) { promise.set_value(std::move(done)); });
    return promise.get_future().get();
  }

  Result<AppendedFeedback> append_feedback(StoredFeedback one) {
    std::promise<Result<AppendedFeedback>> promise;
    store_->feedback().append(std::move(one), [&promise](Result<AppendedFeedback> done) {
      promise.set_value(std::move(done));
    });
    return promise.get_future().get();
  }

  std::filesystem::path folder_;
  std::string location_;
  std::unique_ptr<Store> store_;
};

TEST_P(EveryEngine, ReturnsACourseAsItWasAdded) {
  reopen();
  const Result<StoredCourse> course = store_->courses().find("maths");
  ASSERT_TRUE(course) << course.error().message;
  EXPECT_EQ(course->name.zh_cn, "数学");
  EXPECT_EQ(course->content, "{\"k\":1}");
  EXPECT_TRUE(course->simulated);
  ASSERT_EQ(course->skills.size(), 2U);
  EXPECT_EQ(course->skills[0].strand->en, "Numbers");
  EXPECT_FALSE(course->skills[1].strand);
  EXPECT_EQ(course->skills[1].prerequisites, std::vector<std::string>{"add"});
  ASSERT_EQ(course->items.size(), 2U);
  EXPECT_EQ(course->items[1].skills, (std::vector<std::string>{"add", "mul"}));
}

TEST_P(EveryEngine, CountsWhatACourseHolds) {
  const Result<std::vector<CourseSummary>> courses = store_->courses().list();
  ASSERT_TRUE(courses);
  ASSERT_EQ(courses->size(), 1U);
  EXPECT_EQ(courses->front().skills, 2U);
  EXPECT_EQ(courses->front().items, 2U);
  EXPECT_EQ(courses->front().students, 2U);
  EXPECT_TRUE(courses->front().has_content);
}

TEST_P(EveryEngine, RefusesACourseWhoseIdIsTaken) {
  const Result<Done> again = store_->courses().add(small_course());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
}

TEST_P(EveryEngine, AddsNothingOfACourseThatNamesAMissingSkill) {
  StoredCourse broken = small_course();
  broken.id = "broken";
  broken.items[1].skills = {"nowhere"};
  const Result<Done> added = store_->courses().add(broken);
  ASSERT_FALSE(added);
  EXPECT_EQ(added.error().kind, ErrorKind::InvalidInput);
  const Result<StoredCourse> found = store_->courses().find("broken");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().kind, ErrorKind::NotFound);
}

TEST_P(EveryEngine, EnrolsAllOrNobody) {
  const std::vector<StoredStudent> students = {{.id = "cy", .display_name = "Cy"},
                                               {.id = "ann", .display_name = "Ann A."}};
  const Result<Done> enrolled = store_->students().enrol("maths", students);
  ASSERT_FALSE(enrolled);
  EXPECT_EQ(enrolled.error().kind, ErrorKind::Conflict);
  EXPECT_FALSE(store_->students().find("maths", "cy")->has_value());
  EXPECT_EQ(store_->students().count(), 2U);
}

TEST_P(EveryEngine, RefusesAStudentIdThatBelongsToAnotherName) {
  StoredCourse other = small_course();
  other.id = "other";
  ASSERT_TRUE(store_->courses().add(other));
  const std::vector<StoredStudent> impostor = {{.id = "ann", .display_name = "Annabel"}};
  EXPECT_EQ(store_->students().enrol("other", impostor).error().kind, ErrorKind::Conflict);
  const std::vector<StoredStudent> same = {{.id = "ann", .display_name = "Ann A."}};
  EXPECT_TRUE(store_->students().enrol("other", same));
  EXPECT_EQ(store_->students().count(), 2U);
}

TEST_P(EveryEngine, KeepsEveryFieldOfAnAnswer) {
  ASSERT_TRUE(append(answer("e1")));
  reopen();
  const Result<std::vector<StoredAnswer>> history = store_->answers().history("maths", "ann");
  ASSERT_TRUE(history);
  ASSERT_EQ(history->size(), 1U);
  const StoredAnswer& kept = history->front();
  EXPECT_EQ(kept.event_id, "e1");
  EXPECT_EQ(kept.item_id, "i1");
  EXPECT_EQ(kept.variant, 7U);
  EXPECT_EQ(kept.response, "3/4");
  EXPECT_EQ(kept.correct, 1.0);
  EXPECT_EQ(kept.answered_at, answer("e1").answered_at);
  EXPECT_EQ(kept.response_ms, 4200);
  EXPECT_FALSE(kept.hints_used);
  EXPECT_EQ(kept.fingerprint, "f-e1");
  EXPECT_EQ(store_->answers().count(), 1U);
}

TEST_P(EveryEngine, RecordsOneEventOnce) {
  const Result<Appended> first = append(answer("e1"));
  const Result<Appended> again = append(answer("e1"));
  ASSERT_TRUE(first);
  ASSERT_TRUE(again);
  EXPECT_TRUE(first->recorded);
  EXPECT_FALSE(again->recorded);
  EXPECT_EQ(again->answer.seq, first->answer.seq);
  EXPECT_EQ(store_->answers().count(), 1U);
}

TEST_P(EveryEngine, RefusesAnotherAnswerUnderTheSameEventId) {
  ASSERT_TRUE(append(answer("e1")));
  StoredAnswer other = answer("e1");
  other.correct = 0.0;
  other.fingerprint = "different";
  const Result<Appended> refused = append(other);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(store_->answers().history("maths", "ann")->front().correct, 1.0);
}

TEST_P(EveryEngine, RefusesAnAnswerOfAStudentWhoIsNotEnrolled) {
  const Result<Appended> refused = append(answer("e1", "stranger"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::NotFound);
}

TEST_P(EveryEngine, OneRefusedAnswerDoesNotTakeItsBatchWithIt) {
  std::promise<void> all;
  std::atomic<int> left = 3;
  std::atomic<int> recorded = 0;
  const auto done = [&](const Result<Appended>& result) {
    if (result) ++recorded;
    if (--left == 0) all.set_value();
  };
  store_->answers().append(answer("e1"), done);
  store_->answers().append(answer("e2", "stranger"), done);
  store_->answers().append(answer("e3"), done);
  all.get_future().get();
  EXPECT_EQ(recorded, 2);
  EXPECT_EQ(store_->answers().history("maths", "ann")->size(), 2U);
}

TEST_P(EveryEngine, KeepsWhatWasBesideAnAnswerThatItCannotKeep) {
  std::promise<void> all;
  std::atomic<int> left = 3;
  std::array<std::optional<Result<Appended>>, 3> results;
  const auto done = [&](std::size_t k) {
    return [&, k](Result<Appended> result) {
      results.at(k) = std::move(result);
      if (--left == 0) all.set_value();
    };
  };
  StoredAnswer odd = answer("e2");
  odd.response = std::string("a\0b", 3);
  store_->answers().append(answer("e1"), done(0));
  store_->answers().append(odd, done(1));
  store_->answers().append(answer("e3"), done(2));
  all.get_future().get();
  EXPECT_TRUE(*results[0]);
  EXPECT_TRUE(*results[2]);
  const auto history = store_->answers().history("maths", "ann");
  ASSERT_TRUE(history);
  const bool kept = static_cast<bool>(*results[1]);
  EXPECT_EQ(history->size(), kept ? 3U : 2U);
  if (kept) {
    EXPECT_EQ(history->at(1).response, odd.response);
  } else {
    EXPECT_EQ(results[1]->error().kind, ErrorKind::InvalidInput) << results[1]->error().message;
  }
  EXPECT_EQ(store_->answers().count(), history->size());
}

TEST_P(EveryEngine, IsRefusedToASecondProcess) {
  const Result<std::unique_ptr<Store>> second = open_store(location_);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().kind, ErrorKind::Conflict) << second.error().message;
}

TEST_P(EveryEngine, ABatchKeepsItsGoodAnswersAndSaysWhatBecameOfEach) {
  ASSERT_TRUE(append(answer("e1")));
  StoredAnswer clash = answer("e1");
  clash.fingerprint = "another";
  std::promise<Result<std::vector<Result<Appended>>>> promise;
  store_->answers().append_batch({answer("e2"), answer("e1"), answer("e3", "nobody"), clash,
                                  answer("e4", "bo"), answer("e5"), answer("e5")},
                                 [&promise](Result<std::vector<Result<Appended>>> outcomes) {
                                   promise.set_value(std::move(outcomes));
                                 });
  const Result<std::vector<Result<Appended>>> outcomes = promise.get_future().get();
  ASSERT_TRUE(outcomes) << outcomes.error().message;
  ASSERT_EQ(outcomes->size(), 7U);
  const auto recorded = [&](std::size_t k) { return (*outcomes)[k]->recorded; };
  EXPECT_TRUE(recorded(0) && recorded(4) && recorded(5));
  EXPECT_FALSE(recorded(1) || recorded(6)) << "there already, or twice in the batch";
  EXPECT_EQ((*outcomes)[2].error().kind, ErrorKind::NotFound);
  EXPECT_EQ((*outcomes)[3].error().kind, ErrorKind::Conflict);
  EXPECT_EQ(store_->answers().count(), 4U);
  reopen();
  EXPECT_EQ(store_->answers().count(), 4U);
  EXPECT_EQ(store_->answers().history("maths", "ann")->size(), 3U);
  EXPECT_EQ(store_->answers().history("maths", "bo")->front().event_id, "e4");
}

TEST_P(EveryEngine, AppendsManyOrNone) {
  ASSERT_TRUE(append(answer("e2")));
  const std::vector<StoredAnswer> clash = {answer("e1"), answer("e2"), answer("e3")};
  const Result<Done> refused = store_->answers().append_many(clash);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(store_->answers().history("maths", "ann")->size(), 1U);
  EXPECT_EQ(store_->answers().count(), 1U);
  const std::vector<StoredAnswer> fine = {answer("e1"), answer("e3", "bo")};
  ASSERT_TRUE(store_->answers().append_many(fine));
  EXPECT_EQ(store_->answers().count(), 3U);
  EXPECT_EQ(store_->students().of_course("maths")->at(0).answers, 2U);
}

TEST_P(EveryEngine, TellsOfCommitsInTheOrderOfSeqAndLosesNoneOfManyThreads) {
  constexpr int kThreads = 8;
  constexpr int kEach = 200;
  std::mutex mutex;
  std::vector<std::uint64_t> order;
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < kThreads; ++t) {
      threads.emplace_back([&, t] {
        for (int k = 0; k < kEach; ++k) {
          store_->answers().append(answer(fmt::format("e-{}-{}", t, k)),
                                   [&](const Result<Appended>& done) {
                                     const std::lock_guard lock(mutex);
                                     order.push_back(done ? done->answer.seq : 0);
                                   });
        }
      });
    }
  }
  reopen();  // waits for the queue
  EXPECT_EQ(order.size(), static_cast<std::size_t>(kThreads * kEach));
  EXPECT_TRUE(std::is_sorted(order.begin(), order.end()));
  EXPECT_EQ(std::set<std::uint64_t>(order.begin(), order.end()).size(), order.size());
  EXPECT_EQ(store_->answers().history("maths", "ann")->size(), order.size());
}

TEST_P(EveryEngine, TellsWhatHasArrivedSince) {
  std::vector<StoredAnswer> answers;
  for (int k = 0; k < 5; ++k)
    answers.push_back(answer(fmt::format("e{}", k), k % 2 ? "bo" : "ann"));
  ASSERT_TRUE(store_->answers().append_many(answers));
  const auto first = store_->answers().since(0, 3);
  ASSERT_TRUE(first) << first.error().message;
  ASSERT_EQ(first->size(), 3U);
  EXPECT_EQ(first->at(1).event_id, "e1");
  EXPECT_EQ(first->at(1).student_id, "bo");
  EXPECT_EQ(first->at(1).course_id, "maths");
  const auto rest = store_->answers().since(first->back().seq, 100);
  ASSERT_TRUE(rest);
  ASSERT_EQ(rest->size(), 2U);
  EXPECT_EQ(rest->at(0).event_id, "e3");
  EXPECT_TRUE(store_->answers().since(rest->back().seq, 100)->empty());
}

TEST_P(EveryEngine, KeepsTheLogOfServedRuns) {
  ASSERT_TRUE(store_->answers().append_many(std::vector{answer("e1"), answer("e2")}));
  ServedRun row;
  row.course_id = "maths";
  row.action = "swap";
  row.version = "v1";
  row.base = "v0";
  row.at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  row.figures = "{}";
  const auto first = store_->served_runs().append(row);
  ASSERT_TRUE(first) << first.error().message;
  row.action = "rollback";
  row.version = "v0";
  ASSERT_TRUE(store_->served_runs().append(row));
  row.course_id = "nowhere";
  EXPECT_EQ(store_->served_runs().append(row).error().kind, ErrorKind::NotFound);
  reopen();
  const auto rows = store_->served_runs().of_course("maths");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(0).version, "v1");
  EXPECT_EQ(rows->at(0).no, first->no);
  EXPECT_LT(rows->at(0).no, rows->at(1).no);
  EXPECT_EQ(rows->at(0).after_seq, store_->answers().since(0, 10)->back().seq);
  EXPECT_EQ(rows->at(0).at, row.at);
  EXPECT_EQ(rows->at(1).action, "rollback");
  EXPECT_TRUE(store_->served_runs().of_course("nowhere")->empty());
}

TEST_P(EveryEngine, KeepsFeedbackBetweenTheAnswersOfItsStudent) {
  ASSERT_TRUE(append(answer("e1")));
  ASSERT_TRUE(append(answer("e2", "bo")));
  const auto given = append_feedback(feedback("f1", "too_hard"));
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_TRUE(given->recorded);
  ASSERT_TRUE(append(answer("e3")));
  ASSERT_TRUE(append_feedback(feedback("f2", "swap")));
  ASSERT_TRUE(append_feedback(feedback("f3", "swap", "bo")));
  reopen();
  const auto rows = store_->feedback().of_student("maths", "ann");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(0).no, given->feedback.no);
  EXPECT_EQ(rows->at(0).event_id, "f1");
  EXPECT_EQ(rows->at(0).course_id, "maths");
  EXPECT_EQ(rows->at(0).student_id, "ann");
  EXPECT_EQ(rows->at(0).item_id, "i1");
  EXPECT_EQ(rows->at(0).kind, "too_hard");
  EXPECT_EQ(rows->at(0).given_at, answer("e1").answered_at);
  const auto history = *store_->answers().history("maths", "ann");
  EXPECT_EQ(rows->at(0).after_seq, history.at(0).seq) << "the other student's answer is not his";
  EXPECT_EQ(rows->at(1).after_seq, history.at(1).seq);
  EXPECT_EQ(store_->feedback().of_course("maths")->size(), 3U);
  EXPECT_TRUE(store_->feedback().of_course("nowhere")->empty());
}

TEST_P(EveryEngine, RecordsOneFeedbackOnceAndRefusesAnotherUnderItsId) {
  const auto first = append_feedback(feedback("f1", "swap"));
  ASSERT_TRUE(append(answer("e1")));
  StoredFeedback later = feedback("f1", "swap");
  later.given_at += std::chrono::seconds(5);
  const auto again = append_feedback(later);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->recorded);
  EXPECT_EQ(again->feedback.no, first->feedback.no);
  EXPECT_EQ(again->feedback.after_seq, 0U);
  EXPECT_EQ(again->feedback.given_at, answer("e").answered_at);
  EXPECT_EQ(append_feedback(feedback("f1", "dismiss")).error().kind, ErrorKind::Conflict);
  EXPECT_EQ(append_feedback(feedback("f2", "swap", "stranger")).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_->feedback().of_student("maths", "ann")->size(), 1U);
}

TEST_P(EveryEngine, KeepsTheLastOfASettingForACourseAndForAStudent) {
  const auto put = [&](const std::string& student, const std::string& document) {
    return store_->settings().put({.course_id = "maths",
                                   .student_id = student,
                                   .name = "rules",
                                   .document = document,
                                   .changed_at = answer("e").answered_at});
  };
  ASSERT_TRUE(put("", "{}"));
  ASSERT_TRUE(put("", "{\"a\":1}"));
  ASSERT_TRUE(put("ann", "{\"b\":2}"));
  EXPECT_EQ(put("stranger", "{}").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_->settings()
                .put({.course_id = "nowhere", .student_id = {}, .name = "rules", .document = "{}"})
                .error()
                .kind,
            ErrorKind::NotFound);
  reopen();
  const auto whole = store_->settings().of("maths", "");
  ASSERT_TRUE(whole) << whole.error().message;
  ASSERT_EQ(whole->size(), 1U);
  EXPECT_EQ(whole->front().document, "{\"a\":1}");
  EXPECT_EQ(whole->front().name, "rules");
  EXPECT_EQ(whole->front().changed_at, answer("e").answered_at);
  const auto of_ann = store_->settings().of("maths", "ann");
  ASSERT_TRUE(of_ann) << of_ann.error().message;
  ASSERT_EQ(of_ann->size(), 1U);
  EXPECT_EQ(of_ann->front().student_id, "ann");
  EXPECT_EQ(of_ann->front().document, "{\"b\":2}");
  EXPECT_TRUE(store_->settings().of("maths", "bo")->empty());
  EXPECT_EQ(store_->settings().of_course("maths")->size(), 2U);
}

/// Two schools of one organisation, each with a class that works on "maths".
void add_two_schools(Store& store) {
  for (const char* id : {"north", "south"})
    ASSERT_TRUE(store.roster().add_school({id, "A school", "city", "City"}, {}));
  StoredAccount teacher;
  teacher.id = "tina";
  teacher.role = Role::Teacher;
  teacher.display_name = "Tina";
  teacher.school_id = "north";
  teacher.password_hash = "h";
  ASSERT_TRUE(store.accounts().add(teacher, {.at = kNoTime, .action = "account_added"}));
  ASSERT_TRUE(store.roster().add_to_class({"7a", "north", "7a", {"maths"}, {"tina"}, {"ann"}}, {}));
  ASSERT_TRUE(store.roster().add_to_class({"s1", "south", "s1", {"maths"}, {}, {"bo"}}, {}));
}

TEST_P(EveryEngine, ReachesOnlyWhatAClassHas) {
  add_two_schools(*store_);
  RosterStore& roster = store_->roster();
  const Reach tina{.teacher_id = "tina", .school_id = ""};
  const Reach south{.teacher_id = "", .school_id = "south"};
  EXPECT_TRUE(*roster.reaches(tina, "maths", "ann"));
  EXPECT_TRUE(*roster.reaches(tina, "", "ann"));
  EXPECT_TRUE(*roster.reaches(tina, "maths", ""));
  EXPECT_FALSE(*roster.reaches(tina, "maths", "bo"));
  EXPECT_FALSE(*roster.reaches(tina, "nowhere", ""));
  EXPECT_FALSE(*roster.reaches(tina, "nowhere", "ann"));
  EXPECT_TRUE(*roster.reaches(south, "maths", "bo"));
  EXPECT_FALSE(*roster.reaches(south, "maths", "ann"));
  EXPECT_FALSE(*roster.reaches({}, "maths", "ann")) << "nobody's reach is nothing";
  EXPECT_EQ(*roster.students_of(tina, "maths"), std::vector<std::string>{"ann"});
  EXPECT_EQ(*roster.classes_of(south, "maths"), std::vector<std::string>{"s1"});
  // The course of one class and the student of another are not a pair.
  StoredCourse other = small_course();
  other.id = "other";
  ASSERT_TRUE(store_->courses().add(other));
  ASSERT_TRUE(roster.add_to_class({"7b", "north", "7b", {"other"}, {"tina"}, {}}, {}));
  EXPECT_TRUE(*roster.reaches(tina, "other", ""));
  EXPECT_FALSE(*roster.reaches(tina, "other", "ann"));
}

TEST_P(EveryEngine, ChangesAClassWhollyOrNotAtAll) {
  add_two_schools(*store_);
  RosterStore& roster = store_->roster();
  const auto kind = [&](const StoredClass& asked) {
    const Result<Done> done = roster.add_to_class(asked, {});
    return done ? ErrorKind::Internal : done.error().kind;
  };
  EXPECT_EQ(kind({"7a", "north", "", {}, {}, {"bo", "stranger"}}), ErrorKind::NotFound);
  EXPECT_EQ(kind({"7a", "south", "", {}, {}, {"bo"}}), ErrorKind::Conflict);
  EXPECT_EQ(kind({"s1", "south", "", {}, {"tina"}, {}}), ErrorKind::Conflict);
  EXPECT_EQ(kind({"7a", "north", "", {"nowhere"}, {}, {}}), ErrorKind::NotFound);
  EXPECT_EQ(kind({"new", "nowhere", "", {}, {}, {}}), ErrorKind::NotFound);
  EXPECT_FALSE(*roster.reaches({.teacher_id = "tina", .school_id = ""}, "maths", "bo"));
  EXPECT_EQ(roster.classes()->size(), 2U);
  EXPECT_EQ(roster.add_school({"north", "N", "city", "City"}, {}).error().kind,
            ErrorKind::Conflict);
}

TEST_P(EveryEngine, KeepsAccountsSessionsAndKeys) {
  add_two_schools(*store_);
  AccountStore& accounts = store_->accounts();
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  StoredAccount tina = **accounts.find("tina");
  EXPECT_EQ(tina.role, Role::Teacher);
  EXPECT_EQ(tina.school_id, "north");
  EXPECT_EQ(tina.locked_until, kNoTime);
  EXPECT_EQ(accounts.add(tina, {}).error().kind, ErrorKind::Conflict);
  tina.failures = 3;
  tina.locked_until = now;
  ASSERT_TRUE(accounts.update(tina, {}));
  EXPECT_EQ((*accounts.find("tina"))->failures, 3);
  EXPECT_EQ((*accounts.find("tina"))->locked_until, now);
  ASSERT_TRUE(accounts.begin_session({"t1", "tina", now + std::chrono::hours(1)}, {.at = now}));
  EXPECT_EQ((*accounts.find("tina"))->failures, 0) << "who comes in is forgiven";
  EXPECT_EQ((*accounts.find_session("t1"))->account_id, "tina");
  ASSERT_TRUE(accounts.end_session("t1", {}));
  EXPECT_FALSE(*accounts.find_session("t1"));
  ASSERT_TRUE(accounts.begin_session({"t2", "tina", now + std::chrono::hours(1)}, {.at = now}));
  tina.password_hash = "another";
  ASSERT_TRUE(accounts.update(tina, {}));
  EXPECT_FALSE(*accounts.find_session("t2")) << "a new password ends sessions";
  ASSERT_TRUE(accounts.begin_session({"t3", "tina", now}, {.at = now - std::chrono::hours(1)}));
  ASSERT_TRUE(accounts.begin_session({"t4", "tina", now}, {.at = now}));
  EXPECT_FALSE(*accounts.find_session("t3")) << "expired ones are forgotten";
  const StoredKey key{.id = "k",
                      .token_hash = "kh",
                      .scopes = "admin",
                      .school_id = "south",
                      .expires_at = now,
                      .revoked = false};
  ASSERT_TRUE(accounts.add_key(key, {}));
  EXPECT_EQ(accounts.add_key(key, {}).error().kind, ErrorKind::Conflict);
  EXPECT_EQ((*accounts.find_key("kh"))->school_id, "south");
  EXPECT_EQ((*accounts.find_key("kh"))->expires_at, now);
  ASSERT_TRUE(accounts.revoke_key("k", {}));
  EXPECT_TRUE((*accounts.find_key("kh"))->revoked);
  EXPECT_EQ(accounts.revoke_key("none", {}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(accounts.begin_session({"t5", "none", now}, {.at = now}).error().kind,
            ErrorKind::NotFound);
}

/// The error of the first row that is not what was written; "" for a whole log.
std::string fault_in(std::span<const AuditRow> rows) {
  ChainCheck check;
  for (const AuditRow& row : rows) {
    if (const Result<Done> fine = check.add(row); !fine) return fine.error().message;
  }
  return "";
}

TEST_P(EveryEngine, KeepsALogInWhichChangesShow) {
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  for (const char* target : {"a", "b", "c"})
    ASSERT_TRUE(store_->audit().append(
        {.at = now, .actor = "x", .action = "tried", .target = target, .detail = "d"}));
  reopen();
  ASSERT_TRUE(store_->audit().append(
      {.at = now, .actor = "x", .action = "tried", .target = "d", .detail = ""}));
  std::vector<AuditRow> rows = *store_->audit().since(0, 10);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(fault_in(rows), "");
  EXPECT_EQ(store_->audit().since(2, 10)->front().no, 3U);
  std::vector<AuditRow> changed = rows;
  changed[1].note.target = "z";
  EXPECT_EQ(fault_in(changed).rfind("row 2 ", 0), 0U) << fault_in(changed);
  std::vector<AuditRow> forged = changed;  // with a hash of its own, the next row no longer fits
  forged[1].hash = chain_hash(forged[0].hash, 2, forged[1].note);
  EXPECT_EQ(fault_in(forged).rfind("row 3 ", 0), 0U) << fault_in(forged);
  std::vector<AuditRow> shorter = rows;
  shorter.erase(shorter.begin() + 1);
  EXPECT_EQ(fault_in(shorter).rfind("row 2 of the audit log is missing", 0), 0U);
  std::vector<AuditRow> moved = rows;  // fields that run into one another are told apart
  moved[1].note.actor = "xt";
  moved[1].note.action = "ried";
  EXPECT_NE(fault_in(moved), "");
}

/// Everything in a store as text, with the numbers that it gives itself counted from the first.
std::string rows_of(Store& store) {
  std::string text;
  std::map<std::uint64_t, std::size_t> place = {{0, 0}};
  const auto answers = *store.answers().since(0, 10'000);
  for (const StoredAnswer& row : answers) {
    place.emplace(row.seq, place.size());
    text += fmt::format("{} {} {} {} {} {} {} {} {} {} {} {}\n", place.at(row.seq), row.event_id,
                        row.course_id, row.student_id, row.item_id, row.variant,
                        row.response.value_or("none"), row.correct,
                        row.answered_at.time_since_epoch().count(), row.response_ms.value_or(-1),
                        row.hints_used.value_or(-1), row.fingerprint);
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
        text += fmt::format("{} {} {} {} {} {} {}\n", row.event_id, row.course_id, row.student_id,
                            row.item_id, row.kind, row.given_at.time_since_epoch().count(),
                            place.at(row.after_seq));
    }
    const auto settings = *store.settings().of_course(course.id);
    for (const StoredSetting& row : settings)
      text += fmt::format("{} {} {} {} {}\n", row.course_id, row.student_id, row.name, row.document,
                          row.changed_at.time_since_epoch().count());
  }
  return text;
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
  ASSERT_TRUE(store_->accounts().add_key(
      {.id = "k", .token_hash = "kh", .scopes = "admin", .school_id = "north", .revoked = true},
      {.at = bare.answered_at, .actor = "x", .action = "key_added", .target = "k", .detail = ""}));
  ASSERT_TRUE(append(answer("e1")));
  ASSERT_TRUE(append(answer("e1")));  // may leave a gap
  ASSERT_TRUE(append_feedback(feedback("f1", "swap", "bo")));
  ASSERT_TRUE(append_feedback(feedback("f2", "dismiss")));
  ASSERT_TRUE(store_->served_runs().append(run));
  ASSERT_TRUE(append(bare));
  ASSERT_TRUE(append(answer("e3")));
  ASSERT_TRUE(append_feedback(feedback("f4", "swap")));
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
    EXPECT_EQ(rows_of(**copy), rows_of(*store_));
    const auto again = copy_store(*store_, **copy, [](const CopiedStore&) { return true; });
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().kind, ErrorKind::Conflict);
  }
}

INSTANTIATE_TEST_SUITE_P(Engines, EveryEngine, testing::ValuesIn(kEngines),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace meno

// What every engine must do with courses, students, answers and the log of served runs. One suite,
// run on each.
#include <array>
#include <atomic>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "store/engine_for_test.h"

namespace meno {
namespace {

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
  EXPECT_EQ(kept.request_id, "r-e1");
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

TEST_P(EveryEngine, IsRefusedToASecondProcessThatNeedsItAlone) {
  const Result<std::unique_ptr<Store>> second = open_store(location_, StoreUse::Alone);
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

TEST_P(EveryEngine, CountsItsCommitsAndTheJobsThatShareThem) {
  const auto jobs = [this] { return store_->figures().commit_jobs.sum; };
  const double before = jobs();
  ASSERT_TRUE(append(answer("e1")));
  EXPECT_FALSE(append(answer("e2", "nobody")));
  EXPECT_EQ(jobs(), before + 2.0) << "a job that is refused was in a commit, too";
  const StoreFigures figures = store_->figures();
  EXPECT_GT(figures.commit_seconds.sum, 0.0);
  EXPECT_EQ(figures.commit_seconds.counts.size(), figures.commit_seconds.bounds.size() + 1);
  EXPECT_EQ(figures.waiting + figures.refused + figures.failed_commits + figures.failed_reads, 0U);
  EXPECT_TRUE(store_->check());
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

INSTANTIATE_TEST_SUITE_P(Engines, EveryEngine, testing::ValuesIn(kEngines),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace meno

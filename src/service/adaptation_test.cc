// Adaptation over a real store: what it swaps in, what it leaves alone, what a restart and a
// rollback do, and requests that pour in meanwhile. All students are simulated.
#include "service/adaptation.h"

#include <atomic>
#include <future>
#include <map>
#include <mutex>
#include <set>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "service/course_model.h"
#include "service/drawn_school_for_test.h"
#include "service/record_answer.h"
#include "service/student_mastery.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

class AdaptationTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "meno-adaptation-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  fs::path folder_;
  const meno::Run prior_ = small_prior();
};

std::vector<double> estimates(DrawnSchool& school, const std::string& student) {
  const auto mastery = student_mastery(school.services(), DrawnSchool::kCourse, student);
  MENO_CHECK(mastery, "a student has estimates");
  std::vector<double> p;
  for (const SkillMastery& skill : mastery->skills) p.push_back(skill.p_mastery);
  return p;
}

/// Lessons until a run has been swapped in; some 150 answers.
void teach_until_swapped(DrawnSchool& school) {
  for (int k = 0; k < 12 && school.version() == school.base(); ++k) school.lesson(3);
}

TEST_F(AdaptationTest, SwapsWhereThePriorIsWrongAndForeseesBetterFromThenOn) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 1);
  school.enrol(10);
  school.lesson(10);
  EXPECT_EQ(school.version(), school.base()) << "a challenger is judged by answers it did not know";
  EXPECT_GT(school.figures().tuned_on, 0U);
  const double before = *school.figures().incumbent.log_loss;
  teach_until_swapped(school);
  ASSERT_NE(school.version(), school.base());
  school.lesson(3);
  EXPECT_LT(*school.figures().incumbent.log_loss, before - 0.1);
  const auto model = course_model(school.services(), DrawnSchool::kCourse);
  ASSERT_TRUE(model);
  EXPECT_EQ(model->changes.front().action, "swap");
  EXPECT_EQ(model->state, AdaptState::Watching);
  EXPECT_EQ(model->course->served().run->simulated, true);
}

TEST_F(AdaptationTest, LeavesARightPriorAlone) {
  DrawnSchool school(folder_, prior_, World::AsPredicted, 2);
  school.enrol(10);
  for (int k = 0; k < 8; ++k) school.lesson(3);
  EXPECT_EQ(school.version(), school.base());
  EXPECT_GT(school.figures().gain.students, 5U);
}

/// The challenger may not know what it is judged by: its first score is of the answer after those
/// it was tuned on.
TEST_F(AdaptationTest, JudgesAChallengerByLaterAnswersAlone) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 3);
  school.enrol(10);
  school.lesson(10);
  const WatchFigures tuned = school.figures();
  EXPECT_EQ(tuned.tuned_on, 100U);
  EXPECT_EQ(tuned.challenger.answers, 0U);
  school.lesson(1);
  EXPECT_EQ(school.figures().challenger.answers, 10U);
  EXPECT_EQ(school.figures().incumbent_alongside.answers, 10U);
  EXPECT_EQ(school.figures().incumbent.answers, 110U);
}

TEST_F(AdaptationTest, ARestartGoesOnWithTheRunThatServedAndItsEstimates) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 4);
  school.enrol(10);
  teach_until_swapped(school);
  const std::string version = school.version();
  ASSERT_NE(version, school.base());
  const std::vector<double> before = estimates(school, "s3");
  school.restart();
  EXPECT_EQ(school.version(), version);
  const std::vector<double> after = estimates(school, "s3");
  ASSERT_EQ(after.size(), before.size());
  for (std::size_t k = 0; k < after.size(); ++k) EXPECT_NEAR(after[k], before[k], 1e-6);
  school.adaptation().catch_up();
  EXPECT_EQ(school.version(), version);
}

TEST_F(AdaptationTest, ARollbackLastsUntilItIsResumed) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 5);
  school.enrol(10);
  teach_until_swapped(school);
  ASSERT_NE(school.version(), school.base());
  EXPECT_EQ(school.versions().rollback(DrawnSchool::kCourse, "another").error().kind,
            ErrorKind::Conflict);
  while (school.version() != school.base()) {
    ASSERT_TRUE(school.versions().rollback(DrawnSchool::kCourse, school.version()));
  }
  EXPECT_EQ(school.versions().rollback(DrawnSchool::kCourse, school.base()).error().kind,
            ErrorKind::Conflict);
  for (int k = 0; k < 3; ++k) school.lesson(3);
  school.restart();
  school.lesson(3);
  EXPECT_EQ(school.version(), school.base());
  EXPECT_EQ(course_model(school.services(), DrawnSchool::kCourse)->state, AdaptState::Paused);
  ASSERT_TRUE(school.versions().resume(DrawnSchool::kCourse, school.version()));
  EXPECT_FALSE(school.versions().resume(DrawnSchool::kCourse, school.version()));
  teach_until_swapped(school);
  EXPECT_NE(school.version(), school.base());
}

TEST_F(AdaptationTest, ADamagedRunLeavesTheOneBeforeInService) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 6);
  school.enrol(10);
  teach_until_swapped(school);
  ASSERT_NE(school.version(), school.base());
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "runs")) {
    if (entry.path().filename() == "weights.safetensors")
      fs::resize_file(entry.path(), fs::file_size(entry.path()) / 2);
  }
  school.restart();
  EXPECT_EQ(school.version(), school.base());
}

TEST_F(AdaptationTest, ARunThatCannotBeWrittenLeavesTheOneBeforeInService) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 7);
  school.enrol(10);
  ASSERT_TRUE(write_file_atomically(folder_ / "runs", "a file where the folder is to be"));
  for (int k = 0; k < 6; ++k) school.lesson(3);
  EXPECT_EQ(school.version(), school.base());
  EXPECT_TRUE(school.versions().log(DrawnSchool::kCourse)->empty());
}

/// Records an answer as a request would.
Result<AnswerOutcome> record(Services& services, const StoredAnswer& answer) {
  RecordAnswer ask;
  ask.event_id = answer.event_id;
  ask.course_id = answer.course_id;
  ask.student_id = answer.student_id;
  ask.item_id = answer.item_id;
  ask.correct = answer.correct > 0.5;
  ask.answered_at = answer.answered_at;
  ask.next = NextDetail::WithoutCounterfactual;
  std::promise<Result<AnswerOutcome>> promise;
  record_answer(services, ask,
                [&promise](Result<AnswerOutcome> done) { promise.set_value(std::move(done)); });
  return promise.get_future().get();
}

/// The answer is applied by another request before the swap, and its own reply is made after it.
TEST_F(AdaptationTest, AReplyMadeAfterASwapIsOfTheNewVersionWholly) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 9);
  school.enrol(1);
  ASSERT_TRUE(record(school.services(), school.answer(0)));
  std::promise<std::function<void()>> replying;
  school.services().later = [&replying](std::function<void()> work) {
    replying.set_value(std::move(work));
  };
  const StoredAnswer answer = school.answer(0);
  RecordAnswer ask;
  ask.event_id = answer.event_id;
  ask.course_id = answer.course_id;
  ask.student_id = answer.student_id;
  ask.item_id = answer.item_id;
  ask.correct = answer.correct > 0.5;
  ask.answered_at = answer.answered_at;
  std::optional<AnswerOutcome> outcome;
  record_answer(school.services(), ask, [&outcome](Result<AnswerOutcome> done) {
    ASSERT_TRUE(done);
    outcome = *std::move(done);
  });
  const std::function<void()> reply = replying.get_future().get();
  estimates(school, "s0");
  meno::Run other = prior_;
  for (double& value : other.theta) value += 0.5;
  ASSERT_TRUE(school.versions().swap(DrawnSchool::kCourse, other, 0, Json::object()));
  reply();
  ASSERT_TRUE(outcome);
  EXPECT_EQ(outcome->course->served().version, version_of(other));
  LearnerState replay(*school.services().courses.find(DrawnSchool::kCourse));
  std::vector<MasteryChange> changes;
  const auto history = school.store().answers().history(DrawnSchool::kCourse, "s0");
  for (const StoredAnswer& past : *history) changes = replay.observe_change(past, kNoResponseTime);
  EXPECT_EQ(outcome->mastery.at(0).after.p_mastery, changes.at(0).after.p_mastery);
  EXPECT_EQ(outcome->mastery.at(0).before.p_mastery, changes.at(0).before.p_mastery);
}

/// Puts one run after another in service, now and then going back, until `done` answers are told.
void swap_until(DrawnSchool& school, const meno::Run& prior, const std::atomic<int>& told,
                int answers) {
  std::vector<meno::Run> runs;
  for (const double shift : {0.3, -0.3, 0.6}) {
    runs.push_back(prior);
    for (double& value : runs.back().theta) value += shift;
  }
  for (std::size_t k = 0; told < answers || k < 6; ++k) {
    const auto course = *school.services().courses.find(DrawnSchool::kCourse);
    // Refused when the adaptation was quicker.
    static_cast<void>(school.versions().swap(DrawnSchool::kCourse, runs[k % 3],
                                             course->served().place, Json::object()));
    if (k % 4 != 3) continue;
    static_cast<void>(school.versions().rollback(DrawnSchool::kCourse, school.version()));
    static_cast<void>(school.versions().resume(DrawnSchool::kCourse, school.version()));
  }
}

/// Four threads send answers while the adaptation tunes and runs are swapped and rolled back.
TEST_F(AdaptationTest, EveryAnswerCountsOnceAndEveryReplyIsOfOneVersionWhileModelsAreSwapped) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 8);
  constexpr std::size_t kStudents = 12;
  school.enrol(kStudents);
  std::vector<std::vector<StoredAnswer>> work(4);
  for (std::size_t k = 0; k < 800; ++k) work[k % 4].push_back(school.answer(k % kStudents));
  std::mutex mutex;
  std::map<std::string, std::pair<std::string, double>> said;  // event -> version, estimate
  std::atomic<int> told = 0;
  school.adaptation().start();
  {
    std::vector<std::jthread> threads;
    for (const auto& answers : work) {
      threads.emplace_back([&school, &answers, &mutex, &said, &told] {
        for (const StoredAnswer& answer : answers) {
          const Result<AnswerOutcome> done = record(school.services(), answer);
          ++told;
          const std::lock_guard lock(mutex);
          if (!done) continue;
          said[answer.event_id] = {done->course->served().version,
                                   done->mastery.at(0).after.p_mastery};
        }
      });
    }
    swap_until(school, prior_, told, 800);
  }
  school.adaptation().stop();
  ASSERT_EQ(said.size(), 800U);
  ASSERT_EQ(school.store().answers().count(), 800U);

  // What each reply said is what its version says of the answers before it.
  std::map<std::string, std::shared_ptr<const LiveCourse>> courses;
  courses[school.base()] =
      *school.services().courses.under(DrawnSchool::kCourse, school.services().courses.base());
  for (const auto& entry : fs::recursive_directory_iterator(folder_ / "runs")) {
    if (entry.path().filename() != "model.json") continue;
    const auto run = std::make_shared<const meno::Run>(*load_run(entry.path().parent_path()));
    courses[entry.path().parent_path().filename().string()] =
        *school.services().courses.under(DrawnSchool::kCourse, served_model(run));
  }
  std::set<std::string> versions;
  for (std::size_t s = 0; s < kStudents; ++s) {
    const auto history =
        school.store().answers().history(DrawnSchool::kCourse, fmt::format("s{}", s));
    for (const auto& [version, course] : courses) {
      LearnerState replay(course);
      for (const StoredAnswer& answer : *history) {
        const std::vector<MasteryChange> changes = replay.observe_change(answer, kNoResponseTime);
        const auto& [by, p_mastery] = said.at(answer.event_id);
        if (by != version) continue;
        versions.insert(by);
        EXPECT_EQ(changes.at(0).after.p_mastery, p_mastery) << answer.event_id << " by " << by;
      }
    }
  }
  EXPECT_GE(versions.size(), 2U);
  for (const auto& [event, reply] : said) EXPECT_TRUE(courses.contains(reply.first)) << reply.first;
}

}  // namespace
}  // namespace meno

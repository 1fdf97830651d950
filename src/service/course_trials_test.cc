// Runs on trial: who is served by them, what a verdict, a restart and a rollback do, and what the
// registry and the audit log say of it. All students are simulated.
#include <map>
#include <set>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "service/course_monitor.h"
#include "service/drawn_school_for_test.h"
#include "service/recommend_next.h"
#include "service/retraining.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

constexpr const char* kCourse = DrawnSchool::kCourse;

class TrialTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "meno-trial-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { fs::remove_all(folder_); }

  meno::Run shifted(double by) const {
    meno::Run run = prior_;
    for (double& value : run.theta) value += by;
    return run;
  }

  static std::map<std::string, std::string> states(DrawnSchool& school) {
    std::map<std::string, std::string> found;
    const auto runs = *course_runs(school.services(), kCourse);
    for (const ModelRun& run : runs) found[run.version] = run.state;
    return found;
  }

  /// The version that each student's next item is chosen by.
  static std::map<std::string, std::set<std::string>> served(DrawnSchool& school,
                                                             std::size_t students) {
    std::map<std::string, std::set<std::string>> by;
    for (std::size_t s = 0; s < students; ++s) {
      const std::string student = fmt::format("s{}", s);
      const auto next =
          recommend_next(school.services(), {.course_id = kCourse, .student_id = student});
      by[next->course->served().version].insert(student);
      EXPECT_EQ(next->items.size(), 1U);
    }
    return by;
  }

  fs::path folder_;
  const meno::Run prior_ = small_prior();
};

TEST_F(TrialTest, ServesAStableShareOfStudentsUntilItIsWithdrawn) {
  constexpr std::size_t kStudents = 60;
  DrawnSchool school(folder_, prior_, World::AsPredicted, 1);
  school.enrol(kStudents);
  ASSERT_EQ(served(school, kStudents / 2).size(), 1U);  // half of them are in use before it begins
  const std::string version = *school.versions().register_run(kCourse, shifted(0.3), "retrained");
  EXPECT_EQ(states(school)[version], "candidate");
  EXPECT_EQ(served(school, kStudents).size(), 1U) << "a candidate serves nobody";
  ASSERT_TRUE(school.versions().begin_trial(kCourse, version, 0.3, Json::object()));
  const auto during = served(school, kStudents);
  ASSERT_EQ(during.size(), 2U);
  EXPECT_GT(during.at(version).size(), 8U);
  EXPECT_LT(during.at(version).size(), 30U);
  EXPECT_EQ(school.version(), school.base()) << "the course itself is as it was";
  EXPECT_EQ(states(school)[version], "canary");
  EXPECT_FALSE(school.versions().begin_trial(kCourse, version, 0.3, Json::object()));
  school.restart();
  EXPECT_EQ(served(school, kStudents), during) << "the same students after a restart";
  EXPECT_FALSE(school.versions().withdraw(kCourse, "another", Json::object()));
  ASSERT_TRUE(school.versions().withdraw(kCourse, version, Json::object(),
                                         {.actor = "root", .request_id = "asked-7"}));
  EXPECT_EQ(served(school, kStudents).size(), 1U);
  EXPECT_EQ(states(school)[version], "retired");
  school.restart();
  EXPECT_EQ(served(school, kStudents).size(), 1U);
  const auto notes = school.store().audit().since(0, 100);
  std::vector<std::string> actions;
  for (const AuditRow& row : *notes) actions.push_back(row.note.action);
  EXPECT_EQ(actions,
            (std::vector<std::string>{"model_candidate", "model_canary", "model_withdraw"}));
  EXPECT_EQ(notes->back().note.actor, "root");
  EXPECT_NE(notes->back().note.detail.find("asked-7"), std::string::npos);
}

TEST_F(TrialTest, PromotionServesEveryoneAndARollbackGoesBackToTheRunBefore) {
  DrawnSchool school(folder_, prior_, World::AsPredicted, 2);
  school.enrol(20);
  const std::string version = *school.versions().register_run(kCourse, shifted(0.3), "retrained");
  EXPECT_FALSE(school.versions().promote(kCourse, version, Json::object()))
      << "only what has been on trial";
  ASSERT_TRUE(school.versions().begin_trial(kCourse, version, 0.5, Json::object()));
  ASSERT_TRUE(school.versions().promote(kCourse, version, Json::object()));
  EXPECT_EQ(served(school, 20).at(version).size(), 20U);
  EXPECT_EQ(states(school)[version], "serving");
  EXPECT_EQ(states(school)[school.base()], "retired");
  school.restart();
  EXPECT_EQ(school.version(), version);
  ASSERT_TRUE(school.versions().rollback(kCourse, version));
  EXPECT_EQ(served(school, 20).at(school.base()).size(), 20U);
  EXPECT_EQ(states(school)[version], "retired");
  EXPECT_FALSE(school.versions().begin_trial(kCourse, version, 0.5, Json::object()))
      << "a course that was rolled back tries nothing out";
}

/// Answers are drawn from the given run, so a run that is far from it must lose, and win the other
/// way round.
TEST_F(TrialTest, TheAnswersDecide) {
  DrawnSchool school(folder_, prior_, World::AsPredicted, 3);
  school.enrol(12);
  const std::string worse = *school.versions().register_run(kCourse, shifted(0.8), "retrained");
  ASSERT_TRUE(school.versions().begin_trial(kCourse, worse, 0.3, Json::object()));
  for (int k = 0; k < 100 && states(school)[worse] == "canary"; ++k) school.lesson(2);
  EXPECT_EQ(states(school)[worse], "retired");
  EXPECT_EQ(school.version(), school.base());
}

TEST_F(TrialTest, ABetterRunIsPromotedAlsoWhenTheServerIsRestartedMeanwhile) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 4, {.trial_share = 0.3});
  school.enrol(10);
  for (int k = 0; k < 20 && school.versions().trial(kCourse).model == nullptr; ++k)
    school.lesson(2);
  const CourseTrial trial = school.versions().trial(kCourse);
  ASSERT_NE(trial.model, nullptr) << "a challenger that has won is tried out";
  EXPECT_EQ(school.version(), school.base());
  EXPECT_EQ(trial.number, 1U);
  school.lesson(1);
  const WatchFigures before = school.figures();
  ASSERT_TRUE(before.trial);
  school.restart();
  school.adaptation().catch_up();
  const WatchFigures after = school.figures();
  ASSERT_TRUE(after.trial);
  EXPECT_EQ(after.trial->candidate.answers, before.trial->candidate.answers)
      << "the evidence is a function of the stored answers";
  EXPECT_NEAR(after.trial->log_better, before.trial->log_better, 1e-9);
  for (int k = 0; k < 30 && school.version() == school.base(); ++k) school.lesson(2);
  EXPECT_EQ(school.version(), trial.model->version);
  EXPECT_EQ(states(school)[trial.model->version], "serving");
}

TEST_F(TrialTest, DriftIsSeenOnceAndKept) {
  DrawnSchool school(folder_, prior_, World::AsPredicted, 5,
                     {.rule = {.least_students = 1000}});  // which nothing is tuned to
  school.enrol(20);
  school.lesson(30);
  EXPECT_TRUE(course_monitor(school.services(), kCourse)->alarms.empty());
  school.set_world(World::Overestimated);
  for (int k = 0; k < 40 && !school.figures().drifting; ++k) school.lesson(2);
  const auto alarms = course_monitor(school.services(), kCourse)->alarms;
  ASSERT_EQ(alarms.size(), 1U);
  EXPECT_EQ(alarms.front().version, school.base());
  EXPECT_EQ(alarms.front().kind, "overestimates");
  school.restart();
  school.adaptation().catch_up();
  EXPECT_EQ(course_monitor(school.services(), kCourse)->alarms.size(), 1U)
      << "the same answers raise the same alarm";
}

TEST_F(TrialTest, RetrainingMakesACandidateOnTrialAndGoesOnWhereItWasStopped) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 6);
  school.enrol(24);
  school.lesson(10);
  const RetrainingOptions options{.every = std::chrono::hours(1),
                                  .least_answers = 200,
                                  .trial_share = 0.3,
                                  .threads = 1,
                                  .epochs = 2};
  const fs::path note = school.versions().folder_of_course(kCourse) / "retrain.json";
  std::string whole;
  {
    Retraining retraining(school.services(), school.versions(), options);
    retraining.run_due();
    EXPECT_EQ(retraining.state(kCourse).phase, "done") << retraining.state(kCourse).error;
    whole = retraining.state(kCourse).version;
    EXPECT_EQ(retraining.state(kCourse).answers, 240U);
    EXPECT_FALSE(fs::exists(note));
  }
  EXPECT_EQ(states(school)[whole], "canary");
  EXPECT_EQ(school.version(), school.base()) << "never in service directly";
  ASSERT_TRUE(school.versions().withdraw(kCourse, whole, Json::object()));

  // As if it had been stopped after it began: the answers that came since are not learnt from.
  ASSERT_TRUE(write_file_atomically(note, R"({"until_seq":240})"));
  school.lesson(5);
  Retraining again(school.services(), school.versions(), options);
  again.run_due();
  EXPECT_EQ(again.state(kCourse).version, whole) << "the same answers make the same run";
  EXPECT_FALSE(fs::exists(note));
}

TEST_F(TrialTest, RetrainingWaitsForNewAnswers) {
  DrawnSchool school(folder_, prior_, World::HardOrEasy, 7);
  school.enrol(24);
  school.lesson(2);
  Retraining retraining(school.services(), school.versions(),
                        {.every = std::chrono::hours(1), .least_answers = 1000});
  retraining.run_due();
  EXPECT_EQ(retraining.state(kCourse).phase, "waiting");
  EXPECT_EQ(states(school).size(), 1U);
}

}  // namespace
}  // namespace meno

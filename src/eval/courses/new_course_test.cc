// The new-course benchmark on made-up courses: nobody is judged who was learnt from, every row is
// there, and bad requests are told in one sentence.
#include "eval/courses/new_course.h"

#include <set>

#include <gtest/gtest.h>

#include "eval/courses/support_draw.h"
#include "eval/synthetic_school_for_test.h"
#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

TEST(SupportDraw, NobodyIsJudgedWhoIsLearntFrom) {
  std::deque<History> histories;
  std::vector<Sequence> students;
  for (std::uint64_t s = 0; s < 30; ++s) {
    History& history = histories.emplace_back();
    for (int t = 0; t < 5; ++t)
      history.push_back({.item = ItemId(s), .skills = {}, .correct = 1.0F});
    students.push_back(history.view());
  }
  const SupportDraw draw = draw_support(students, 12, 3, Rng(4));
  std::set<std::uint64_t> judged;
  for (const ScoredWindow& query : draw.queries) judged.insert(query.window.events[0].item.value);
  EXPECT_EQ(judged.size(), 12U);
  EXPECT_EQ(draw.others.size(), 18U);
  for (const Sequence& other : draw.others) {
    EXPECT_EQ(other.size(), 3U);
    EXPECT_FALSE(judged.contains(other[0].item.value));
  }
}

/// Small enough for every adapter on two draws.
NewCoursePlan quick() {
  NewCoursePlan plan{.students = {0, 3}, .repeats = 2, .scored = 15};
  plan.priors = 2;
  plan.model_options = *parse_options({"width=4", "hidden=8"});
  plan.prior.courses.rows = 3000;
  plan.prior.courses.most = 30;
  plan.prior.scaling_rows = 2000;
  plan.prior.training.epochs = 2;
  plan.tasks.courses.most = 10;
  plan.tasks.courses.longest = 20;
  plan.tasks.per_step = plan.tasks.steps = plan.tasks.rate_tasks = 2;
  plan.tasks.epochs = 1;
  plan.embedding = {.courses = 3, .most = 12, .longest = 30};
  plan.specialist_epochs = 1;
  plan.threads = 1;
  return plan;
}

class NewCourse : public testing::Test {
 protected:
  void SetUp() override {
    Rng rng(8);
    course_ =
        synthetic_course({.skills = 4, .items_per_skill = 3, .median_answers = 25}, 50, 40, 0, rng);
    std::vector<Sequence> students;
    for (const History& student : course_.students) students.push_back(student.view());
    source_ = course_source("made up", students);
    school_ = synthetic_school(40, 3);
  }
  Result<NewCourseResult> run(const NewCoursePlan& plan) const {
    return run_new_course(std::span(&source_, 1), school_->course, school_->source.students, plan);
  }
  static const NewCourseRow* find(const NewCourseResult& result, std::string_view learner,
                                  std::size_t students) {
    for (const NewCourseRow& row : result.rows) {
      if (row.learner == learner && row.students == students) return &row;
    }
    return nullptr;
  }

  DrawnCourse course_;
  CourseSource source_;
  std::unique_ptr<SyntheticSchool> school_;
};

TEST_F(NewCourse, EveryAdapterHasARowForEverySizeItCanServe) {
  const auto result = run(quick());
  ASSERT_TRUE(result) << result.error().message;
  for (const CourseAdapter& adapter : course_adapters()) {
    for (const std::size_t students : {std::size_t{0}, std::size_t{3}}) {
      const NewCourseRow* const row = find(*result, adapter.name, students);
      ASSERT_EQ(row != nullptr, students >= adapter.fewest) << adapter.name << " " << students;
      if (row == nullptr) continue;
      EXPECT_TRUE(row->auc.mean && row->log_loss.mean && row->ece.mean) << adapter.name;
      EXPECT_TRUE(row->auc.interval) << "two draws have a spread";
    }
  }
  const NewCourseRow& reference = *find(*result, "fine-tuned", 3);
  EXPECT_DOUBLE_EQ(*reference.auc_gain.mean, 0.0);
  const NewCourseRow& unadapted = *find(*result, "pretrained", 0);
  const NewCourseRow& own = *find(*result, "hierarchical", 0);
  EXPECT_NEAR(*unadapted.auc.mean, *own.auc.mean, 1e-12) << "without students nothing is tuned";
}

TEST_F(NewCourse, AMapShowsKnownCoursesAndEverySupport) {
  NewCoursePlan plan = quick();
  plan.learners = {"scratch-logistic"};
  EXPECT_FALSE(run(plan)->map);
  plan.map = true;
  const auto result = run(plan);
  ASSERT_TRUE(result && result->map);
  std::size_t known = 0;
  std::size_t supports = 0;
  for (const MapPoint& point : result->map->points) (point.students == 0 ? known : supports) += 1;
  EXPECT_EQ(known, 6U) << "3 of the source, 3 made up";
  EXPECT_EQ(supports, 2U) << "2 draws of 3 students; none of 0";
  EXPECT_EQ(result->map->distances.size(), 2U) << "of one size to two kinds";
  for (const Recognition& one : result->map->recognition) {
    EXPECT_GT(one.halves_apart, 0.0) << one.kind;
    EXPECT_GT(one.others_apart, 0.0) << one.kind;
  }
}

TEST_F(NewCourse, TheSameSeedGivesTheSameFigures) {
  NewCoursePlan plan = quick();
  plan.learners = {"hierarchical-one", "mixture", "meta-sgd"};
  const auto one = run(plan);
  const auto two = run(plan);
  ASSERT_TRUE(one && two);
  for (std::size_t r = 0; r < one->rows.size(); ++r)
    EXPECT_EQ(*one->rows[r].log_loss.mean, *two->rows[r].log_loss.mean) << one->rows[r].learner;
}

TEST_F(NewCourse, BadRequestsAreToldInOneSentence) {
  const auto message = [&](NewCoursePlan plan) {
    const auto result = run(plan);
    return result ? std::string("accepted") : result.error().message;
  };
  NewCoursePlan plan = quick();
  plan.students = {39};
  EXPECT_EQ(message(plan),
            "39 students of 40 with answers, expected at least 2 more than that to be judged on");
  plan = quick();
  plan.learners = {"oracle"};
  EXPECT_NE(message(plan).find("learner \"oracle\", expected one of: scratch-evidence"),
            std::string::npos);
  plan = quick();
  plan.repeats = 0;
  EXPECT_EQ(message(plan), "repeats is 0, expected 1 or more");
  plan = quick();
  plan.students.clear();
  EXPECT_EQ(message(plan), "0 sizes of support, expected at least 1");
}

}  // namespace
}  // namespace meno

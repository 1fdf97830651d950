// Course tasks: nobody is in both halves, the same seed gives the same bytes, and what a learner
// made of a prior adapts without ever fitting the support worse.
#include "meta/prior/course_tasks.h"

#include <cmath>

#include <gtest/gtest.h>

#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

const ModelEntry& evidence() { return **find_model("evidence"); }
Options small() { return *parse_options({"skill_vectors=false", "width=3", "hidden=6"}); }

class CourseTasks : public testing::Test {
 protected:
  void SetUp() override {
    Rng rng(2);
    course_ = synthetic_course({.skills = 4, .median_answers = 15}, 30, 30, 0, rng);
    std::vector<Sequence> students;
    for (const History& student : course_.students) students.push_back(student.view());
    source_ = course_source("made up", students);
    PriorOptions options;
    options.courses = {.most = 20, .longest = 30, .rows = 2000};
    options.scaling_rows = 2000;
    options.training.epochs = 1;
    prior_ = *learn_prior(evidence(), small(), sources(), options);
    plan_.courses.most = 12;
    plan_.courses.longest = 20;
    plan_.steps = 3;
    plan_.per_step = 2;
    plan_.epochs = 1;
    plan_.rate_tasks = 2;
    plan_.seed = 7;
  }
  std::span<const CourseSource> sources() const { return {&source_, 1}; }
  Result<CourseLearner> learnt(std::string_view name) const {
    return learn_to_adapt(evidence(), small(), prior_, sources(), name, plan_);
  }

  DrawnCourse course_;
  CourseSource source_;
  Prior prior_;
  CourseTaskPlan plan_;
};

TEST_F(CourseTasks, HaveAQueryAndASupportAndAreTheSameHoweverTheyAreShared) {
  const auto feed = make_course_task_feed(evidence(), small(), *prior_.model, sources(), plan_);
  ASSERT_EQ(feed->begin_epoch(0), 3U);
  const Share all = feed->share(1, 0, 1);
  const Share second = feed->share(1, 1, 2);
  ASSERT_EQ(all.tasks.size(), 2U);
  ASSERT_EQ(second.tasks.size(), 1U);
  for (const EncodedTask& task : all.tasks) {
    EXPECT_GE(task.support.size(), 2U);
    EXPECT_GE(task.query.size(), 1U);
    EXPECT_LE(task.query.size(), plan_.queries);
  }
  EXPECT_EQ(prior_.model->loss(prior_.theta, all.tasks[1].query, {}, std::nullopt),
            prior_.model->loss(prior_.theta, second.tasks[0].query, {}, std::nullopt));
}

TEST_F(CourseTasks, NobodyIsAskedAboutWhoIsLearntFrom) {
  plan_.courses.fewest = plan_.courses.most = 8;
  plan_.courses.p_synthetic = 1.0;
  const auto feed = make_course_task_feed(evidence(), small(), *prior_.model, sources(), plan_);
  feed->begin_epoch(0);
  const Share share = feed->share(0, 0, 1);
  for (const EncodedTask& task : share.tasks) {
    EXPECT_EQ(task.query.size(), 5U);
    EXPECT_EQ(task.support.size(), 3U) << "the others of 8 students";
  }
}

TEST_F(CourseTasks, EveryLearnerWithTasksLearnsFromThemTheSameEachTime) {
  for (const char* const name : {"maml", "fomaml", "reptile", "anil", "meta-sgd", "imaml"}) {
    const auto one = learnt(name);
    ASSERT_TRUE(one) << name << ": " << one.error().message;
    EXPECT_EQ(one->theta.size(), prior_.theta.size()) << name;
    EXPECT_NE(one->theta, prior_.theta) << name;
  }
  EXPECT_EQ(learnt("maml")->theta, learnt("maml")->theta);
  EXPECT_EQ(learnt("meta-sgd")->inner.rates.size(), prior_.theta.size());
}

TEST_F(CourseTasks, AdaptingNeverFitsTheSupportWorseEvenAtAnAbsurdRate) {
  const auto feed = make_course_task_feed(evidence(), small(), *prior_.model, sources(), plan_);
  feed->begin_epoch(0);
  const Share share = feed->share(0, 0, 1);
  const Batch support = share.tasks.front().support;
  for (const double rate : {0.1, 1e6}) {
    const CourseLearner learner{
        .name = "maml", .theta = prior_.theta, .inner = {.steps = 5, .rate = rate}};
    const Params own = adapted_to_course(*prior_.model, learner, support);
    EXPECT_LE(prior_.model->loss(own, support, {}, std::nullopt),
              prior_.model->loss(prior_.theta, support, {}, std::nullopt))
        << rate;
  }
  EXPECT_EQ(adapted_to_course(*prior_.model, {.name = "", .theta = prior_.theta, .inner = {}}, {}),
            prior_.theta);
}

TEST_F(CourseTasks, ALearnerWithoutTasksIsRefused) {
  const auto refused = learnt("direct");
  ASSERT_FALSE(refused);
}

TEST_F(CourseTasks, ASpecialistKnowsItsKindBetterThanThePrior) {
  PriorOptions options;
  options.courses = {.most = 20, .longest = 30, .rows = 4000};
  options.training.epochs = 2;
  const auto own = specialised(evidence(), small(), prior_, sources(), options);
  ASSERT_TRUE(own);
  const CourseCohort cohort = cohort_of(source_.students);
  const auto moved = moved_to(evidence(), small(), *prior_.model, cohort);
  std::vector<std::unique_ptr<const Encoded>> owned;
  std::vector<const Encoded*> batch;
  for (const Window& window : cohort.windows) {
    owned.push_back((*moved)->encode(window));
    batch.push_back(owned.back().get());
  }
  EXPECT_LT((*moved)->loss(*own, batch, {}, std::nullopt),
            (*moved)->loss(prior_.theta, batch, {}, std::nullopt));
}

}  // namespace
}  // namespace meno

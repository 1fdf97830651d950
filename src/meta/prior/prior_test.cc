// Priors: learnt from drawn courses, the same every time, useful on a course never seen.
#include "meta/prior/prior.h"

#include <cmath>

#include <gtest/gtest.h>

#include "meta/prior/synthetic_course.h"
#include "meta/run.h"

namespace meno {
namespace {

/// Made-up courses stand for real ones.
struct School {
  DrawnCourse course;
  CourseSource source;

  explicit School(std::uint64_t seed) {
    Rng rng(seed);
    course =
        synthetic_course({.skills = 5, .items_per_skill = 4, .median_answers = 30}, 60, 60, 0, rng);
    std::vector<Sequence> students;
    for (const History& student : course.students) students.push_back(student.view());
    source = course_source("school " + std::to_string(seed), students);
  }
};

const ModelEntry& evidence() { return **find_model("evidence"); }
Options small() { return *parse_options({"skill_vectors=false", "width=4", "hidden=8"}); }
PriorOptions quick() {
  PriorOptions options;
  options.courses.rows = 6000;
  options.courses.most = 30;
  options.scaling_rows = 4000;
  options.training.epochs = 3;
  return options;
}

TEST(Prior, TheSameSourcesAndSeedGiveTheSameBytes) {
  const School school(1);
  const auto one = learn_prior(evidence(), small(), std::span(&school.source, 1), quick());
  const auto two = learn_prior(evidence(), small(), std::span(&school.source, 1), quick());
  ASSERT_TRUE(one && two);
  EXPECT_EQ(one->theta, two->theta);
}

/// Log loss of a course the prior has not met, before any of its students and after 20.
TEST(Prior, ForeseesACourseItNeverMetAndBetterAfterSomeOfItsStudents) {
  const School a(1);
  const School b(2);
  const CourseSource sources[] = {a.source, b.source};
  const auto prior = learn_prior(evidence(), small(), sources, quick());
  ASSERT_TRUE(prior) << prior.error().message;
  const School unseen(3);
  const auto loss_after = [&](std::size_t students) {
    const CourseCohort cohort = cohort_of(std::span(unseen.source.students).first(students));
    const auto moved = moved_to(evidence(), small(), *prior->model, cohort);
    std::vector<std::unique_ptr<const Encoded>> owned;
    std::vector<const Encoded*> batch;
    for (std::size_t s = 30; s < 60; ++s) {
      owned.push_back((*moved)->encode({.events = unseen.source.students[s]}));
      batch.push_back(owned.back().get());
    }
    return (*moved)->loss(prior->theta, batch, {}, std::nullopt);
  };
  EXPECT_LT(loss_after(0), std::log(2.0));
  EXPECT_LT(loss_after(20), loss_after(0));
}

TEST(Prior, AModelThatNamesItsItemsIsRefused) {
  const School school(1);
  const auto refused = learn_prior(evidence(), *parse_options({"width=4", "hidden=8"}),
                                   std::span(&school.source, 1), quick());
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("skill_vectors=false"), std::string::npos);
  const auto bkt = learn_prior(**find_model("bkt"), {}, std::span(&school.source, 1), quick());
  ASSERT_FALSE(bkt);
  EXPECT_NE(bkt.error().message.find("\"bkt\" belongs to its course"), std::string::npos);
}

TEST(Prior, SourcesWithoutAnswersAreRefused) {
  EXPECT_FALSE(learn_prior(evidence(), small(), {}, quick()));
  const CourseSource nobody = course_source("empty", {Sequence()});
  const auto refused = learn_prior(evidence(), small(), std::span(&nobody, 1), quick());
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().message, "source empty has no answers, expected some");
}

TEST(SyntheticCourse, StudentsTryAgainAsOftenAsTheSchoolLetsThem) {
  const auto repeats = [](double p_retry) {
    Rng rng(5);
    const DrawnCourse course = synthetic_course(
        {.p_retry_wrong = p_retry, .p_retry_right = 0.0, .median_answers = 50}, 40, 100, 0, rng);
    std::size_t wrong = 0;
    std::size_t again = 0;
    for (const History& student : course.students) {
      for (std::size_t t = 1; t < student.size(); ++t) {
        if (student.view()[t - 1].correct > 0.5F) continue;
        ++wrong;
        again += student.view()[t].item == student.view()[t - 1].item ? 1 : 0;
      }
    }
    return static_cast<double>(again) / static_cast<double>(wrong);
  };
  EXPECT_LT(repeats(0.0), 0.1);
  EXPECT_NEAR(repeats(0.8), 0.8, 0.05);
}

}  // namespace
}  // namespace meno

// Stacking against brute force, and the mixture on a made-up course.
#include "eval/courses/mixture.h"

#include <cmath>

#include <gtest/gtest.h>

#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

/// A member that says `p_right` of what will be right and 1 - p_right of the rest.
Predictions member(double p_right, int students, int answers) {
  Predictions predictions;
  for (int s = 0; s < students; ++s) {
    predictions.start(StudentId(static_cast<std::size_t>(s)));
    for (int t = 0; t < answers; ++t) {
      const bool right = (s + t) % 3 != 0;
      predictions.add(right ? p_right : 1.0 - p_right, right ? 1.0F : 0.0F,
                      static_cast<std::uint32_t>(t), false);
    }
  }
  return predictions;
}

/// One that says `p` of every answer.
Predictions flat(double p, int students, int answers) {
  Predictions predictions = member(0.5, students, answers);
  for (double& one : predictions.p_correct) one = p;
  return predictions;
}

double objective(std::span<const Predictions> members, std::span<const double> weights,
                 std::span<const double> before, double pull) {
  double value = 0.0;
  const Predictions& one = members.front();
  for (std::size_t u = 0; u < one.students(); ++u) {
    for (std::size_t i = one.begin[u]; i < one.begin[u + 1]; ++i) {
      double z = 0.0;
      for (std::size_t k = 0; k < members.size(); ++k)
        z += weights[k] * std::log(members[k].p_correct[i] / (1.0 - members[k].p_correct[i]));
      const double sign = one.correct[i] > 0.5F ? 1.0 : -1.0;
      const auto answers = static_cast<double>(one.begin[u + 1] - one.begin[u]);
      value += 3.0 / std::sqrt(answers) * std::log1p(std::exp(-sign * z));
    }
  }
  for (std::size_t k = 0; k < weights.size(); ++k) {
    if (weights[k] > 0.0) value += pull * weights[k] * std::log(weights[k] / before[k]);
  }
  return value;
}

TEST(StackedWeights, AreThoseOfBruteForce) {
  const Predictions members[] = {member(0.7, 3, 4), flat(0.9, 3, 4), flat(0.3, 3, 4)};
  const double before[] = {0.2, 0.3, 0.5};
  for (const double pull : {0.3, 3.0, 30.0}) {
    const std::vector<double> found = stacked_weights(members, before, pull);
    double least = HUGE_VAL;
    constexpr int kGrid = 200;
    for (int a = 0; a <= kGrid; ++a) {
      for (int b = 0; a + b <= kGrid; ++b) {
        const double weights[] = {a / double{kGrid}, b / double{kGrid},
                                  (kGrid - a - b) / double{kGrid}};
        least = std::min(least, objective(members, weights, before, pull));
      }
    }
    EXPECT_LE(objective(members, found, before, pull), least + 1e-4) << pull;
    EXPECT_NEAR(found[0] + found[1] + found[2], 1.0, 1e-12);
  }
}

TEST(StackedWeights, FollowWhatIsForeseenAndStayWhereAllForeseeAlike) {
  const Predictions told[] = {member(0.9, 6, 20), flat(0.66, 6, 20)};
  const double before[] = {0.5, 0.5};
  EXPECT_GT(stacked_weights(told, before, 3.0)[0], 0.95);
  const Predictions alike[] = {member(0.8, 6, 20), member(0.8, 6, 20)};
  const double uneven[] = {0.2, 0.8};
  EXPECT_NEAR(stacked_weights(alike, uneven, 3.0)[0], 0.2, 1e-6);
}

/// A course of one made-up school among specialists of two, learnt once.
class Mixture : public testing::Test {
 protected:
  static constexpr SchoolTraits kPatient{
      .skills = 3, .level = 1.5, .p_retry_wrong = 0.0, .p_stay = 0.9, .median_answers = 25};
  static constexpr SchoolTraits kStubborn{
      .skills = 8, .level = -0.5, .p_retry_wrong = 0.9, .p_stay = 0.3, .median_answers = 25};

  static DrawnCourse school(const SchoolTraits& traits, std::size_t students, std::uint64_t seed) {
    Rng rng(seed);
    return synthetic_course(traits, students, 40, 0, rng);
  }
  static std::vector<Sequence> views(const DrawnCourse& course) {
    std::vector<Sequence> students;
    for (const History& student : course.students) students.push_back(student.view());
    return students;
  }
};

TEST_F(Mixture, GivesTheKindThatTheCourseIsOfTheMostWeight) {
  const DrawnCourse patient = school(kPatient, 50, 1);
  const DrawnCourse stubborn = school(kStubborn, 50, 2);
  const CourseSource sources[] = {course_source("patient", views(patient)),
                                  course_source("stubborn", views(stubborn))};
  const ModelEntry& entry = **find_model("evidence");
  const Options options = *parse_options({"skill_vectors=false", "width=3", "hidden=6"});
  ForeknowledgeOptions learning;
  learning.prior.courses = {.most = 20, .longest = 30, .rows = 2500};
  learning.prior.scaling_rows = 2500;
  learning.prior.training.epochs = 2;
  learning.embedding.courses = 8;
  learning.embedding.most = 20;
  learning.specialist_epochs = 1;
  learning.threads = 1;
  const auto known =
      learn_from_sources(entry, options, sources, {.priors = 1, .specialists = true}, learning);
  ASSERT_TRUE(known) << known.error().message;
  ASSERT_EQ(known->specialists.size(), 3U) << "two sources and made-up courses";

  const DrawnCourse unseen = school(kStubborn, 24, 3);
  const std::vector<Sequence> students = views(unseen);
  const Course course;
  CourseCase one{.course = course,
                 .support = {students.begin(), students.begin() + 12},
                 .queries = {},
                 .priors = {},
                 .prior_entry = &entry,
                 .prior_options = options,
                 .foreknowledge = &*known};
  for (std::size_t s = 12; s < students.size(); ++s)
    one.queries.push_back({StudentId(s), {.events = students[s]}});
  one.priors = *move_priors(entry, options, known->priors, one.support, 1);
  const std::vector<double> weights = weights_by_place(one);
  EXPECT_GT(weights[1], weights[0]);
  EXPECT_GT(weights[1], 0.4);

  const Embedding before = place_of(one);
  one.queries.clear();
  EXPECT_EQ(place_of(one), before) << "who is judged has no say";
}

}  // namespace
}  // namespace meno

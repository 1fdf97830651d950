// Course embeddings: halves of a course lie nearer to each other than to other courses, nothing
// depends on anything but the support, and the map is the plane of the largest variance.
#include "meta/embedding/course_embedding.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "meta/embedding/descriptors.h"
#include "meta/embedding/known_courses.h"
#include "meta/embedding/projection.h"
#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

const ModelEntry& evidence() { return **find_model("evidence"); }
Options small() { return *parse_options({"skill_vectors=false", "width=4", "hidden=8"}); }

/// A small prior of made-up courses, learnt once.
const Prior& prior() {
  static const Prior learnt = [] {
    Rng rng(1);
    const DrawnCourse any = synthetic_course({.median_answers = 20}, 20, 30, 0, rng);
    std::vector<Sequence> students;
    for (const History& student : any.students) students.push_back(student.view());
    const CourseSource source = course_source("made up", students);
    PriorOptions options;
    options.courses = {.most = 25, .longest = 50, .p_synthetic = 1.0, .rows = 6000};
    options.scaling_rows = 4000;
    options.training.epochs = 2;
    return *learn_prior(evidence(), small(), std::span(&source, 1), options);
  }();
  return learnt;
}

std::vector<Sequence> views(const DrawnCourse& course, std::size_t from, std::size_t step) {
  std::vector<Sequence> students;
  for (std::size_t s = from; s < course.students.size(); s += step)
    students.push_back(course.students[s].view());
  return students;
}

Embedding raw(std::span<const Sequence> students) {
  const auto one = embedded(evidence(), small(), prior(), students);
  return one ? *one : Embedding{};
}

/// Made-up schools (simulated) of random traits, by halves.
std::vector<EmbeddedHalves> schools(std::size_t count, std::uint64_t seed) {
  std::vector<EmbeddedHalves> halves;
  for (std::size_t k = 0; k < count; ++k) {
    Rng rng = Rng(seed).fork(k);
    const DrawnCourse course = synthetic_course(random_traits(rng), 24, 60, 0, rng);
    halves.push_back({raw(views(course, 0, 2)), raw(views(course, 1, 2))});
  }
  return halves;
}

/// In a space of other courses, and for those that nobody embedded before.
TEST(CourseEmbedding, HalvesOfACourseLieNearerToEachOtherThanToOtherCourses) {
  const EmbeddingSpace space(schools(12, 5));
  const std::vector<EmbeddedHalves> unseen = schools(10, 6);
  std::size_t nearest = 0;
  double own = 0.0;
  double others = 0.0;
  for (std::size_t a = 0; a < unseen.size(); ++a) {
    double least = HUGE_VAL;
    for (std::size_t b = 0; b < unseen.size(); ++b) {
      const double d = distance(space.place(unseen[a].first), space.place(unseen[b].second));
      if (a == b) {
        own += d / 10.0;
        continue;
      }
      others += d / 90.0;
      least = std::min(least, d);
    }
    nearest +=
        distance(space.place(unseen[a].first), space.place(unseen[a].second)) < least ? 1 : 0;
  }
  EXPECT_GE(nearest, 8U) << "of 10 courses; by chance 1";
  EXPECT_LT(own, 0.6 * others);
}

TEST(CourseEmbedding, IsOfOneLengthAndFiniteWhateverTheSupport) {
  Rng rng(3);
  const DrawnCourse course = synthetic_course({.median_answers = 20}, 6, 40, 0, rng);
  const std::vector<Sequence> all = views(course, 0, 1);
  const Embedding whole = raw(all);
  for (const std::vector<Sequence>& support :
       {std::vector<Sequence>{}, std::vector<Sequence>{all[0].part(0, 1)},
        std::vector<Sequence>{all[0].part(0, 5)}, all}) {
    const Embedding one = raw(support);
    EXPECT_EQ(one.size(), whole.size());
    EXPECT_TRUE(std::all_of(one.begin(), one.end(), [](double v) { return std::isfinite(v); }));
  }
  EXPECT_EQ(raw(all), whole) << "the same support, the same numbers";
}

TEST(Descriptors, CountWhatIsInTheAnswers) {
  History one;
  for (const float correct : {0.0F, 1.0F, 1.0F})
    one.push_back({.item = ItemId(std::size_t{4}), .skills = {}, .correct = correct});
  const Window window{.events = one.view()};
  const Embedding values = descriptors_of(std::span(&window, 1));
  EXPECT_DOUBLE_EQ(values[0], std::log(3.0)) << "answers";
  EXPECT_DOUBLE_EQ(values[1], std::log(3.0 / 2.0)) << "2 right, 1 wrong";
  EXPECT_DOUBLE_EQ(values[2], std::log(2.0)) << "tried again after the one wrong answer";
  EXPECT_DOUBLE_EQ(values[5], std::log(2.0 / 3.0)) << "1 fresh item of 3";
}

TEST(Descriptors, ResidualsOfAPerfectlyUnsureModelAreOneEach) {
  History one;
  for (const float correct : {1.0F, 1.0F})
    one.push_back({.item = ItemId(std::size_t{4}), .skills = {}, .correct = correct});
  const Window window{.events = one.view()};
  const double p_correct[] = {0.5, 0.5};
  const Embedding values = residuals_of(std::span(&window, 1), p_correct);
  EXPECT_DOUBLE_EQ(values[0], 2.0 / 12.0) << "mean of 2, pulled to 0 as by 10 more";
  EXPECT_DOUBLE_EQ(values[7], 0.0) << "squares are 1, as expected";
}

TEST(EmbeddingSpace, WhatHalvesDoNotShareWeighsNothing) {
  std::vector<EmbeddedHalves> courses;
  Rng rng(9);
  for (int k = 0; k < 40; ++k) {
    EmbeddedHalves course{Embedding(19, 0.0), Embedding(19, 0.0)};
    course.first[0] = course.second[0] = rng.normal();  // of the course
    course.first[1] = rng.normal();                     // of the half
    course.second[1] = rng.normal();
    courses.push_back(course);
  }
  const EmbeddingSpace space(courses);
  Embedding one(19, 0.0);
  one[0] = one[1] = 1.0;
  Embedding other(19, 0.0);
  const Embedding a = space.place(one);
  const Embedding b = space.place(other);
  EXPECT_GT(std::abs(a[0] - b[0]), 4.0 * std::abs(a[1] - b[1]));
  EXPECT_EQ(a[2], 0.0) << "the same for all courses";
}

TEST(Plane, TheFirstAxisIsThatOfTheLargestVariance) {
  std::vector<Embedding> points;
  for (const double x : {-2.0, 2.0, -2.0, 2.0, -2.0, 2.0})  // squares: 6 x 8 = 48
    points.push_back({1.0 + x, 2.0 + x, 5.0});
  for (const double x : {-2.2, 2.2})  // farther out, but few: 2 x 9.68 = 19.36
    points.push_back({1.0 + x, 2.0 - x, 5.0});
  const Plane plane(points);
  const auto at = plane.place({2.0, 3.0, 5.0});  // the centre moved by (1, 1, 0)
  EXPECT_NEAR(std::abs(at[0]), std::sqrt(2.0), 1e-9);
  EXPECT_NEAR(at[1], 0.0, 1e-9);
  EXPECT_NEAR(plane.explained()[0], 48.0 / 67.36, 1e-9);
  EXPECT_NEAR(plane.explained()[1], 19.36 / 67.36, 1e-9);
}

}  // namespace
}  // namespace meno

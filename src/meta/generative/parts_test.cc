// The parts that generators share, and the plain simulator's fit.
#include <cmath>
#include <set>

#include <gtest/gtest.h>

#include "meta/generative/cholesky.h"
#include "meta/generative/corpus.h"
#include "meta/generative/irt.h"
#include "meta/generative/made_up_for_test.h"
#include "meta/generative/simulated_walk.h"

namespace meno {
namespace {

TEST(EvidenceRows, NothingOfALaterAnswerOrStudentIsInARow) {
  const std::deque<History> students = made_up_students(6, 12, 1);
  const std::vector<Sequence> all = views_of(students);
  const auto rows = encoded_in_turn(all, 400);
  const auto earlier = encoded_in_turn(std::span(all).first(4), 400);
  for (std::size_t s = 0; s < 4; ++s) EXPECT_EQ(rows[s].rows, earlier[s].rows);
  const auto shorter = encoded_in_turn(all, 3);
  for (std::size_t t = 0; t < 3; ++t) EXPECT_EQ(rows[0].rows[t], shorter[0].rows[t]);
}

TEST(EvidenceRows, AnAnswerIsNotInItsOwnRow) {
  CourseCounts course;
  History right;
  History wrong;
  for (std::size_t t = 0; t < 4; ++t) {
    add_answer(right, t, true);
    add_answer(wrong, t, t < 3);
  }
  EXPECT_EQ(encoded_student(course, right.view(), 9).rows,
            encoded_student(course, wrong.view(), 9).rows);
}

TEST(EvidenceRows, EaseIsShrunkTowardTheSkillAndThatTowardTheCourse) {
  CourseCounts course;
  History history;
  for (int t = 0; t < 3; ++t) add_answer(history, 0, true);
  add_answer(history, 1, false);
  course.add(history.view());
  const double level = 4.0 / 6.0;
  const double skill = (3.0 + 5.0 * level) / 8.0;
  const double item = (3.0 + 5.0 * skill) / 8.0;
  EXPECT_NEAR(course.item_ease(history.view()[0]), std::log(item / (1.0 - item)), 1e-12);
}

TEST(ItemWalk, WhoAnswersAsTheStudentDidFollowsHim) {
  const std::deque<History> students = made_up_students(8, 12, 2);
  const ItemWalk walk(views_of(students), 0.0);
  Rng rng(1);
  auto at = std::optional(walk.start(rng));
  const std::uint32_t student = at->student;
  for (std::size_t t = 0; t < students[student].size(); ++t) {
    ASSERT_TRUE(at);
    EXPECT_EQ(at->student, student);
    EXPECT_EQ(at->answer, t);
    at = walk.next(*at, students[student].view()[t].correct > 0.5F, t, rng);
  }
  EXPECT_FALSE(at);
}

TEST(ItemWalk, WhoAnswersOtherwiseGoesOnAsSomebodyWhoAnsweredSo) {
  std::deque<History> students(2);
  add_answer(students[0], 0, true);  // right on 0: 1 comes next
  add_answer(students[0], 1, true);
  add_answer(students[1], 0, false);  // wrong on 0: 2 comes next
  add_answer(students[1], 2, true);
  const ItemWalk walk(views_of(students), 0.0);
  Rng rng(1);
  for (const bool right : {true, false}) {
    const auto next = walk.next({0, 0}, right, 0, rng);
    ASSERT_TRUE(next);
    EXPECT_EQ(walk.event(*next).item.value, right ? 1U : 2U);
  }
}

TEST(ItemWalk, NeverIsLongerThanTheLongestStudent) {
  std::deque<History> students(1);  // a circle: 0 right, 0 wrong, 0 right, ...
  for (std::size_t t = 0; t < 10; ++t) add_answer(students[0], 0, t % 2 == 0);
  const SimulatedCourse course(views_of(students), 1.0);
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    Rng rng(seed);
    History student;
    walk_student(
        course, [](const EvidenceRow&) { return 0.0; }, 0, rng, &student);
    EXPECT_LE(student.size(), 10U);
  }
}

TEST(Cholesky, SolvesWhatItFactored) {
  const std::vector<double> a{4.0, 1.0, 0.5, 1.0, 3.0, -0.2, 0.5, -0.2, 2.0};
  const std::vector<double> x = solved(a, {1.0, 2.0, 3.0});
  for (std::size_t i = 0; i < 3; ++i) {
    double b = 0.0;
    for (std::size_t j = 0; j < 3; ++j) b += a[i * 3 + j] * x[j];
    EXPECT_NEAR(b, static_cast<double>(i) + 1.0, 1e-12);
  }
}

TEST(Irt, FindsTheSpreadOfAbilities) {
  // Rows of a constant ease, so that what differs between students is their ability. Modes fall
  // short of the whole posterior by some per cent of the spread.
  for (const double spread : {0.3, 1.5}) {
    Rng rng(4);
    double sum = 0.0;
    double squares = 0.0;
    std::vector<EncodedStudent> students(300);
    for (EncodedStudent& student : students) {
      const double ability = spread * rng.normal();
      sum += ability / 300.0;
      squares += ability * ability / 300.0;
      EvidenceRow row{};
      row[0] = 1.0;
      student.rows.assign(40, row);
      for (int t = 0; t < 40; ++t)
        student.correct.push_back(rng.chance(sigmoid(ability + 0.7)) ? 1.0 : 0.0);
    }
    const AbilityModel model = fitted_abilities(students);
    const double drawn = std::sqrt(squares - sum * sum);
    EXPECT_NEAR(model.ability_sd / drawn, 1.0, 0.15);
    EXPECT_NEAR(model.weights[0], 0.7 + sum, 0.15);
  }
}

TEST(Corpus, EveryStudentHasHisTurnBeforeAnybodyHasASecond) {
  const std::deque<History> students = made_up_students(7, 6, 3);
  const auto encoded = encoded_in_turn(views_of(students), 50);
  Rng rng(2);
  Turns turns(encoded, rng);
  std::multiset<const EncodedStudent*> met;
  while (met.size() < 7) {
    for (const EncodedStudent* one : turns.next(1)) met.insert(one);
  }
  for (const EncodedStudent& one : encoded) EXPECT_EQ(met.count(&one), 1U);
}

TEST(Corpus, OtherCoursesAreMetAsSmallOnes) {
  const std::deque<History> own = made_up_students(6, 8, 1);
  const std::deque<History> others = made_up_students(30, 8, 2);
  const Corpus corpus =
      corpus_of({.students = views_of(own), .sources = {views_of(others)}, .seed = 3}, 5);
  EXPECT_EQ(corpus.own.size(), 6U);
  EXPECT_GT(answers_of(corpus.others), 50'000U);
  for (const EncodedStudent& one : corpus.others) EXPECT_LE(one.correct.size(), 5U);
}

}  // namespace
}  // namespace meno

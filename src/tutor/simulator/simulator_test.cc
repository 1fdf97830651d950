#include "tutor/simulator/simulator.h"

#include <algorithm>
#include <map>
#include <vector>

#include <gtest/gtest.h>

namespace meno {
namespace {

/// Six skills in a chain over two strands, an easy choice item and a hard typed item each.
PracticeCourse chain() {
  PracticeCourse course{.skills = {}, .items = {}, .strands = 2, .misconceptions = 3};
  for (std::size_t s = 0; s < 6; ++s) {
    PracticeSkill skill{.strand = s % 2, .grade = 5 + static_cast<int>(s) / 2, .needs = {}};
    if (s > 0) skill.needs.push_back(s - 1);
    course.skills.push_back(skill);
    course.items.push_back(
        {.skill = s, .difficulty = -0.8, .choices = 4, .misconceptions = {0, 1, 2}});
    course.items.push_back({.skill = s, .difficulty = 0.7, .choices = 0, .misconceptions = {1, 2}});
  }
  return course;
}

PracticePlan six_weeks() {
  return {.begin = TimePoint{std::chrono::sys_days(std::chrono::year{2026} / 5 / 1)}};
}

std::vector<SimulatedStudent> population(LearnerKind kind, int count) {
  const PracticeCourse course = chain();
  std::vector<SimulatedStudent> students;
  for (int k = 0; k < count; ++k) {
    Rng rng = Rng(11).fork(static_cast<std::uint64_t>(k));
    students.push_back(simulate_student(course, six_weeks(), kind, rng));
  }
  return students;
}

double p_correct(const std::vector<SimulatedStudent>& students) {
  double right = 0.0;
  double all = 0.0;
  for (const SimulatedStudent& student : students) {
    for (const SimulatedAnswer& answer : student.answers) {
      right += answer.correct ? 1.0 : 0.0;
      all += 1.0;
    }
  }
  return right / all;
}

std::int32_t median_ms(const std::vector<SimulatedStudent>& students) {
  std::vector<std::int32_t> times;
  for (const SimulatedStudent& student : students) {
    for (const SimulatedAnswer& answer : student.answers) times.push_back(answer.response_ms);
  }
  std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2),
                   times.end());
  return times[times.size() / 2];
}

TEST(Simulator, TheSameSeedGivesTheSameAnswers) {
  const auto once = population(LearnerKind::Steady, 3);
  const auto again = population(LearnerKind::Steady, 3);
  for (std::size_t k = 0; k < once.size(); ++k) {
    ASSERT_EQ(once[k].answers.size(), again[k].answers.size());
    for (std::size_t t = 0; t < once[k].answers.size(); ++t) {
      EXPECT_EQ(once[k].answers[t].item, again[k].answers[t].item);
      EXPECT_EQ(once[k].answers[t].correct, again[k].answers[t].correct);
      EXPECT_EQ(once[k].answers[t].at, again[k].answers[t].at);
    }
  }
}

TEST(Simulator, TimesIncreaseWithinTheSixWeeks) {
  const PracticePlan plan = six_weeks();
  for (const SimulatedStudent& student : population(LearnerKind::Quick, 20)) {
    TimePoint last = plan.begin;
    for (const SimulatedAnswer& answer : student.answers) {
      EXPECT_GT(answer.at, last);
      EXPECT_GT(answer.response_ms, 0);
      last = answer.at;
    }
    EXPECT_LT(last, plan.begin + std::chrono::days(plan.days));
  }
}

TEST(Simulator, OnlyWrongAnswersHaveAReasonAndItIsTheItems) {
  const PracticeCourse course = chain();
  for (const SimulatedStudent& student : population(LearnerKind::Struggling, 30)) {
    for (const SimulatedAnswer& answer : student.answers) {
      const PracticeItem& item = course.items[answer.item];
      if (answer.correct) {
        EXPECT_FALSE(answer.wrong_option);
      } else if (item.choices > 0) {
        EXPECT_TRUE(answer.wrong_option);
      }
      if (answer.wrong_option) {
        EXPECT_LT(*answer.wrong_option, item.misconceptions.size());
      }
    }
  }
}

TEST(Simulator, LearnerTypesDifferTheWayTheirNamesSay) {
  const double steady = p_correct(population(LearnerKind::Steady, 200));
  EXPECT_GT(p_correct(population(LearnerKind::Quick, 200)), steady + 0.05);
  EXPECT_LT(p_correct(population(LearnerKind::Struggling, 200)), steady - 0.05);
  EXPECT_LT(median_ms(population(LearnerKind::RapidGuesser, 100)), 3000);
  EXPECT_GT(median_ms(population(LearnerKind::Steady, 100)), 6000);
  std::size_t idle = 0;
  std::size_t busy = 0;
  for (const SimulatedStudent& student : population(LearnerKind::Idle, 100))
    idle += student.answers.size();
  for (const SimulatedStudent& student : population(LearnerKind::Steady, 100))
    busy += student.answers.size();
  EXPECT_LT(3 * idle, busy);
}

TEST(Simulator, PracticeTeaches) {
  double before = 0.0;
  double after = 0.0;
  for (const SimulatedStudent& student : population(LearnerKind::Steady, 100)) {
    for (std::size_t s = 0; s < student.prior.size(); ++s) {
      before += student.prior[s];
      after += student.final[s];
    }
  }
  EXPECT_GT(after, before + 100.0);  // more than a sixth of a logit per skill
}

TEST(Simulator, ForgettersKeepLessOfWhatTheyPractised) {
  // Both learn; after the same idle month the forgetful one has lost more of his gain per answer.
  const auto kept = [](LearnerKind kind) {
    const PracticeCourse course = chain();
    double gain = 0.0;
    double answers = 0.0;
    for (int k = 0; k < 100; ++k) {
      PracticePlan plan = six_weeks();
      plan.days = 14;
      Rng rng = Rng(3).fork(static_cast<std::uint64_t>(k));
      const SimulatedStudent student = simulate_student(course, plan, kind, rng);
      for (std::size_t s = 0; s < student.prior.size(); ++s)
        gain += student.final[s] - student.prior[s];
      answers += static_cast<double>(student.answers.size());
    }
    return gain / answers;
  };
  // The forgetful learner gains more per answer at first (.22 against .16), yet keeps hardly more.
  EXPECT_LT(kept(LearnerKind::Forgetful), 1.2 * kept(LearnerKind::Steady));
}

TEST(Simulator, KnowledgeRestsOnPrerequisites) {
  for (const SimulatedStudent& student : population(LearnerKind::Steady, 200)) {
    for (std::size_t s = 1; s < student.prior.size(); ++s) {
      EXPECT_LE(student.prior[s], std::max(student.prior[s - 1] + 0.8, -3.0) + 1e-12);
    }
  }
}

TEST(Simulator, GuessersAndIdlersAreAMinority) {
  Rng rng(1);
  std::map<LearnerKind, int> count;
  for (int k = 0; k < 20000; ++k) ++count[draw_learner_kind(rng)];
  EXPECT_EQ(count.size(), 7U);
  EXPECT_NEAR(count[LearnerKind::RapidGuesser] / 20000.0, 0.07, 0.01);
  EXPECT_NEAR(count[LearnerKind::Idle] / 20000.0, 0.07, 0.01);
  EXPECT_GT(count[LearnerKind::Steady], 8000);
}

TEST(Simulator, ARapidGuessIsRightByChance) {
  const PracticeCourse course = chain();
  double right = 0.0;
  double all = 0.0;
  for (const SimulatedStudent& student : population(LearnerKind::RapidGuesser, 400)) {
    for (const SimulatedAnswer& answer : student.answers) {
      if (answer.response_ms >= 3000 || course.items[answer.item].choices == 0) continue;
      right += answer.correct ? 1.0 : 0.0;
      all += 1.0;
    }
  }
  ASSERT_GT(all, 2000.0);
  EXPECT_NEAR(right / all, 0.25, 0.04);  // four choices
}

}  // namespace
}  // namespace meno

#include "eval/reference/sinusoid.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/interrupt.h"
#include "eval/reference/waves.h"

namespace meno {
namespace {

TEST(Waves, AreWhatThePaperDraws) {
  Rng rng(1);
  for (int draw = 0; draw < 50; ++draw) {
    const Waves waves = Waves::draw(rng);
    LaneSamples told;
    waves.points(rng, 3, true, told);
    for (std::size_t i = 0; i < told.y.size(); ++i) {
      const auto amplitude = static_cast<double>(told.x[told.y.size() + i]);
      const auto phase = static_cast<double>(told.x[2 * told.y.size() + i]);
      EXPECT_LE(std::abs(told.x[i]), 5.0F);
      EXPECT_GE(amplitude, 0.1 - 1e-6);
      EXPECT_LE(amplitude, 5.0);
      EXPECT_GE(phase, 0.0);
      EXPECT_LE(phase, 3.15);
      EXPECT_NEAR(told.y[i], amplitude * std::sin(static_cast<double>(told.x[i]) - phase), 1e-4);
    }
  }
}

TEST(Sinusoid, LearningToLearnBeatsLearningAllTasksAsOne) {
  const auto rows = run_sinusoid({.learners = {"pretrained", "maml", "meta-sgd", "oracle"},
                                  .steps = 600,
                                  .tasks = 16,
                                  .rate = 1e-2,
                                  .test_tasks = 200});
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 4U);
  const auto mse = [&](std::size_t row, std::size_t step) { return (*rows)[row].mse[step]; };
  EXPECT_LT(mse(1, 0), 0.8 * mse(0, 0));
  EXPECT_LT(mse(2, 0), 0.8 * mse(0, 0));
  EXPECT_LT(mse(3, 0), mse(1, 0)) << "an oracle is told what others have to find out";
  EXPECT_EQ(mse(3, 0), mse(3, 2)) << "an oracle does not adapt";
  EXPECT_LT(mse(1, 2), mse(1, 0)) << "more steps on the support, less error elsewhere";
}

TEST(Sinusoid, EveryLearnerRunsAndTheSameSeedGivesTheSameRow) {
  const SinusoidPlan plan{.learners = {}, .seed = 4, .steps = 10, .test_tasks = 24};
  const auto once = run_sinusoid(plan);
  const auto again = run_sinusoid(plan);
  ASSERT_TRUE(once && again);
  ASSERT_EQ(once->size(), sinusoid_learners().size());
  for (std::size_t r = 0; r < once->size(); ++r) {
    EXPECT_EQ((*once)[r].mse, (*again)[r].mse) << (*once)[r].learner;
    for (const double value : (*once)[r].mse) EXPECT_TRUE(std::isfinite(value));
  }
}

TEST(Sinusoid, RefusesWhatItCannotDoInOneSentence) {
  EXPECT_EQ(run_sinusoid({.learners = {"nonsense"}}).error().message.substr(0, 38),
            "learner \"nonsense\", expected one of: p");
  EXPECT_EQ(run_sinusoid({.shots = 0}).error().message, "shots is 0, expected 1 to 1000");
  EXPECT_EQ(run_sinusoid({.steps = 0}).error().message, "steps is 0, expected 1 or more");
  EXPECT_EQ(run_sinusoid({.tasks = 12}).error().message, "tasks is 12, expected a multiple of 8");
  EXPECT_EQ(run_sinusoid({.rate = -1.0}).error().message, "rate is -1, expected above 0");
  EXPECT_EQ(run_sinusoid({.test_tasks = 1}).error().message, "test tasks is 1, expected 2 or more");
}

TEST(Sinusoid, NamesALearnerWhoseInnerLoopsDiverge) {
  const auto rows = run_sinusoid({.learners = {"maml"}, .steps = 20, .rate = 1e6});
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(rows.error().message.find("maml: the inner loops of"), std::string::npos)
      << rows.error().message;
}

TEST(Sinusoid, StopsAtASignal) {
  set_interrupted(true);
  const auto rows = run_sinusoid({.learners = {"maml"}});
  set_interrupted(false);
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().kind, ErrorKind::Unavailable);
}

}  // namespace
}  // namespace meno

// Every learner under private training, and what the noise and the samples must be.
#include "meta/privacy/privacy.h"

#include <cmath>
#include <deque>
#include <optional>
#include <set>

#include <gtest/gtest.h>

#include "core/ranks_for_test.h"
#include "meta/privacy/private_feed.h"
#include "meta/training.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 8;

/// Students of different ability; the last one is as odd as can be: very long, always wrong.
std::deque<History> students() {
  std::deque<History> all;
  Rng rng(3);
  for (std::size_t k = 0; k < 30; ++k) {
    History& history = all.emplace_back();
    const bool odd = k == 29;
    const double ability = rng.normal();
    for (std::size_t t = 0; t < (odd ? 150U : 12U); ++t) {
      const std::size_t item = rng.below(kItems);
      const SkillId skills[] = {SkillId(item % 2)};
      const bool right = !odd && rng.chance(sigmoid(ability));
      history.push_back({.item = ItemId(item), .skills = skills, .correct = right ? 1.0F : 0.0F});
    }
  }
  return all;
}

PrivateSteps steps_of(const Privacy& options, std::size_t students) {
  const auto alone = single_rank();
  auto steps = PrivateSteps::make(options, students, *alone);
  EXPECT_TRUE(steps) << steps.error().message;
  return *steps;
}

double norm_of(const Params& values) {
  double squares = 0.0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
}

class EveryLearnerInPrivate : public ::testing::TestWithParam<std::string> {
 protected:
  EveryLearnerInPrivate() {
    model_ = std::move(
        *(*find_model("logistic"))->fit({}, {.items = kItems, .skills = 2, .training = {}}));
    learner_ = *(*find_learner(GetParam()))->make({});
    theta_ = model_->layout().initial(rng_);
    if (learner_.own) {
      const Params own = learner_.own(model_->layout()).initial(rng_);
      theta_.insert(theta_.end(), own.begin(), own.end());
    }
    for (double& value : theta_) value += 0.1 * rng_.normal();
    for (const History& history : histories_) {
      EncodedTask task;
      task.support.push_back(encoded({.events = history.view().part(0, 5)}));
      task.query.push_back(encoded({.events = history.view(), .from = 5}));
      tasks_.push_back(task);
    }
  }

  const Encoded* encoded(const Window& window) {
    return owned_.emplace_back(model_->encode(window)).get();
  }

  /// The sum of what all students may add, or all but one.
  Params sum(const PrivateSteps& steps, std::optional<std::size_t> absent = std::nullopt) const {
    std::vector<EncodedTask> present = tasks_;
    if (absent) present.erase(present.begin() + static_cast<std::ptrdiff_t>(*absent));
    MetaStep step = steps.bounded_mean(learner_, *model_, theta_, present, 1);
    for (double& value : step.direction) value *= step.weight;
    return step.direction;
  }

  Rng rng_{11};
  std::deque<History> histories_ = students();
  std::unique_ptr<const StudentModel> model_;
  LearnerSetup learner_;
  Params theta_;
  std::vector<std::unique_ptr<const Encoded>> owned_;
  std::vector<EncodedTask> tasks_;
};

/// What the accountant takes for granted. Fails when a part's mean is bounded instead of each
/// student, or when a student reaches what another one says.
TEST_P(EveryLearnerInPrivate, OneStudentMoreMovesTheSumByTheClipAtMost) {
  for (const double clip : {1e-3, 0.05, 1e6}) {
    const PrivateSteps steps = steps_of({.clip = clip, .delta = 1e-3, .seed = 1}, tasks_.size());
    for (const std::size_t absent : {std::size_t{0}, tasks_.size() - 1}) {
      const Params without = sum(steps, absent);
      Params moved = sum(steps);
      for (std::size_t i = 0; i < moved.size(); ++i) moved[i] -= without[i];
      EXPECT_LE(norm_of(moved), clip * (1.0 + 1e-9)) << "clip " << clip;
      EXPECT_GT(norm_of(moved), 0.0);
      if (clip < 0.01) {
        EXPECT_NEAR(norm_of(moved), clip, 1e-9);
      }
    }
  }
}

std::vector<std::string> learners() {
  std::vector<std::string> names;
  for (const LearnerEntry& entry : learner_registry()) names.emplace_back(entry.name);
  return names;
}
INSTANTIATE_TEST_SUITE_P(Registry, EveryLearnerInPrivate, ::testing::ValuesIn(learners()),
                         [](const auto& row) {
                           std::string name = row.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(PrivateSteps, AddNoiseOfTheDeviationThatTheAccountantIsTold) {
  const Privacy options{.noise = 2.0, .clip = 0.5, .delta = 1e-4, .students = 40, .seed = 5};
  const PrivateSteps steps = steps_of(options, 1000);
  MetaStep step{.loss = 0.0, .direction = Params(40'000, 0.25), .weight = 50.0};
  steps.make_noisy(step, 7);
  double mean = 0.0;
  double squares = 0.0;
  for (const double value : step.direction) mean += value / 40'000;
  for (const double value : step.direction) squares += (value - mean) * (value - mean) / 40'000;
  const double deviation = 2.0 * 0.5 / 40.0;
  EXPECT_NEAR(mean, 0.25 * 50.0 / 40.0, 5.0 * deviation / 200.0);  // five standard errors
  EXPECT_NEAR(std::sqrt(squares), deviation, 5.0 * deviation / 283.0);
  EXPECT_EQ(steps.spent(12).epsilon,
            epsilon_of({.noise = 2.0, .sampling = 0.04, .steps = 12}, 1e-4));
}

TEST(PrivateSteps, AddOtherNoiseToEveryStepAndUnderEverySeed) {
  std::set<double> seen;
  for (const std::uint64_t seed : {1U, 2U}) {
    const PrivateSteps steps = steps_of({.delta = 1e-3, .seed = seed}, 100);
    for (std::uint64_t number = 0; number < 5; ++number) {
      MetaStep step{.loss = 0.0, .direction = Params(3, 0.0), .weight = 0.0};
      steps.make_noisy(step, number);
      for (const double value : step.direction) seen.insert(value);
    }
  }
  EXPECT_EQ(seen.size(), 30U);
  EXPECT_NE(steps_of({.delta = 1e-3}, 100).sample_seed(),
            steps_of({.delta = 1e-3}, 100).sample_seed())
      << "unseeded samples are drawn from the system";
}

TEST(PrivateSteps, ShareTheFirstRanksSeed) {
  run_as_ranks(3, [](Ranks& ranks) {
    const auto steps = PrivateSteps::make(
        {.delta = 1e-3, .seed = 0xfedcba9876543210ULL + ranks.rank()}, 100, ranks);
    ASSERT_TRUE(steps);
    EXPECT_EQ(steps->sample_seed(),
              steps_of({.delta = 1e-3, .seed = 0xfedcba9876543210ULL}, 100).sample_seed());
  });
}

/// Each student is there with the same probability, whoever else is: a Poisson sample.
TEST(PrivateFeed, SamplesEveryStudentIndependently) {
  constexpr std::size_t kStudents = 200;
  constexpr double kSampling = 0.1;
  const auto feed = make_private_feed(kStudents, kSampling, 9, [](std::size_t k, Rng&, Share&) {
    EncodedTask task;
    task.support.resize(k);  // says who it is
    return task;
  });
  std::vector<double> times(kStudents, 0.0);
  double together = 0.0;  // students 0 and 1
  std::set<std::size_t> sizes;
  constexpr std::size_t kEpochs = 400;
  for (std::size_t epoch = 0; epoch < kEpochs; ++epoch) {
    ASSERT_EQ(feed->begin_epoch(epoch), 10U);
    for (std::size_t step = 0; step < 10; ++step) {
      std::set<std::size_t> sampled;
      std::size_t tasks = 0;
      for (std::size_t part = 0; part < 3; ++part) {
        for (const EncodedTask& task : feed->share(step, part, 3).tasks) {
          sampled.insert(task.support.size());
          ++tasks;
        }
      }
      EXPECT_EQ(sampled.size(), tasks) << "a student was given to two parts";
      sizes.insert(tasks);
      for (const std::size_t k : sampled) times[k] += 1.0;
      if (sampled.contains(0) && sampled.contains(1)) together += 1.0;
    }
  }
  constexpr double kSteps = 10.0 * kEpochs;
  const double error = std::sqrt(kSteps * kSampling * (1.0 - kSampling));
  for (const double count : times) EXPECT_NEAR(count, kSteps * kSampling, 5.0 * error);
  EXPECT_NEAR(together, kSteps * kSampling * kSampling, 5.0 * std::sqrt(kSteps * 0.01));
  EXPECT_GT(sizes.size(), 10U) << "a sample of fixed size needs another accountant";
}

class PrivateTrainingTest : public ::testing::Test {
 protected:
  PrivateTrainingTest() {
    for (std::size_t i = 0; i < kItems; ++i) course_.items.intern("item " + std::to_string(i));
    for (std::size_t s = 0; s < 2; ++s) course_.skills.intern("skill " + std::to_string(s));
  }

  Result<Trained> trained(const TrainOptions& options, const char* model = "logistic") const {
    TrainingData data{.course = course_, .training = {}, .validation = {}, .data_hash = "made up"};
    for (const History& history : histories_) data.training.push_back(history.view());
    return train(**find_model(model), {}, data, options);
  }

  Course course_;
  std::deque<History> histories_ = students();
};

TEST_F(PrivateTrainingTest, TellsWhatItSpent) {
  const auto result = trained({.epochs = 3, .privacy = Privacy{.noise = 2.0, .delta = 1e-3}});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_TRUE(result->privacy);
  EXPECT_EQ(result->privacy->students, 30U);
  EXPECT_EQ(result->privacy->taken.steps, 60U);
  EXPECT_EQ(result->privacy->epsilon,
            epsilon_of({.noise = 2.0, .sampling = 0.05, .steps = 60}, 1e-3));
  EXPECT_FALSE(trained({.epochs = 1})->privacy);
}

TEST_F(PrivateTrainingTest, IsTheSameOnThreadsAndRanksUnderOneSeedAndAnotherUnderAnother) {
  for (const char* const learner : {"direct", "maml", "meta-sgd"}) {
    TrainOptions options{.learner = learner,
                         .threads = 3,
                         .epochs = 3,
                         .privacy = Privacy{.delta = 1e-3, .students = 6, .seed = 1}};
    const auto threads = trained(options);
    ASSERT_TRUE(threads) << threads.error().message;
    run_as_ranks(3, [&](Ranks& ranks) {
      TrainOptions mine = options;
      mine.threads = 1;
      mine.ranks = &ranks;
      EXPECT_EQ(trained(mine)->theta, threads->theta) << learner;
    });
    options.privacy->seed = 2;
    EXPECT_NE(trained(options)->theta, threads->theta);
    options.privacy->seed.reset();
    EXPECT_NE(trained(options)->theta, trained(options)->theta);
  }
}

/// With hardly any noise and all students in every step it is training as ever, one vote a student.
TEST_F(PrivateTrainingTest, WithHardlyAnyNoiseLearns) {
  const auto result = trained(
      {.epochs = 60,
       .privacy = Privacy{.noise = 1e-6, .clip = 1e3, .delta = 1e-3, .students = 30, .seed = 1}});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_LT(result->epochs.back().train_loss, 0.9 * result->epochs.front().train_loss);
}

TEST_F(PrivateTrainingTest, RefusesModelsThatCountStudentsAndTasksThatMixThem) {
  const TrainOptions options{.epochs = 1, .privacy = Privacy{.delta = 1e-3}};
  EXPECT_EQ(trained(options, "evidence").error().message,
            "private training: evidence counts the training students' answers and would store the "
            "counts without noise, expected a model that learns from gradients alone");
  EXPECT_TRUE(trained(options, "bkt"));
  TrainOptions mixed = options;
  mixed.learner = "maml";
  mixed.learner_options = {{"tasks", "skill"}};
  EXPECT_EQ(trained(mixed).error().message,
            "private training: tasks by skill mix students, expected tasks of one student each");
}

TEST_F(PrivateTrainingTest, RefusesBadOptionsInOneSentence) {
  const auto refusal = [&](const Privacy& privacy) {
    return trained({.epochs = 1, .privacy = privacy}).error().message;
  };
  EXPECT_EQ(refusal({.noise = 0.0}), "private noise is 0, expected above 0");
  EXPECT_EQ(refusal({.noise = NAN}), "private noise is nan, expected above 0");
  EXPECT_EQ(refusal({.clip = -1.0}), "private clip is -1, expected above 0");
  EXPECT_EQ(refusal({.clip = INFINITY}), "private clip is inf, expected above 0");
  EXPECT_EQ(refusal({.delta = 0.5}),
            "private delta is 0.5, expected above 0 and below 0.033, one over the 30 training "
            "students");
  EXPECT_EQ(refusal({.students = 31}), "private students is 31, expected from 1 to all 30");
}

}  // namespace
}  // namespace meno

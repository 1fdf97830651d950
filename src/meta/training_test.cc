#include "meta/training.h"

#include <cmath>
#include <deque>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/interrupt.h"
#include "core/ranks_for_test.h"
#include "meta/registry.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 12;
constexpr std::size_t kSkills = 4;

/// Students of different ability answering items of different difficulty: there is something to
/// learn.
class Training : public ::testing::Test {
 protected:
  Training() {
    Rng rng(7);
    for (std::size_t i = 0; i < kItems; ++i) course_.items.intern("item " + std::to_string(i));
    for (std::size_t s = 0; s < kSkills; ++s) course_.skills.intern("skill " + std::to_string(s));
    for (std::size_t k = 0; k < 80; ++k) add_student(rng);
  }

  void add_student(Rng& rng) {
    History& history = histories_.emplace_back();
    const double ability = rng.normal();
    const std::size_t answers = 5 + rng.below(40);
    for (std::size_t t = 0; t < answers; ++t) {
      const std::size_t item = rng.below(kItems);
      const SkillId skills[] = {SkillId(item % kSkills)};
      const double z = ability + 0.4 * static_cast<double>(item) - 2.0;
      history.push_back({.item = ItemId(item),
                         .skills = skills,
                         .correct = rng.chance(sigmoid(z)) ? 1.0F : 0.0F});
    }
  }

  TrainingData data() const {
    TrainingData data{
        .course = course_, .training = {}, .validation = {}, .data_hash = "synthetic"};
    for (std::size_t k = 0; k < histories_.size(); ++k) {
      (k % 4 == 0 ? data.validation : data.training).push_back(histories_[k].view());
    }
    return data;
  }

  Result<Trained> trained(const TrainOptions& options) const {
    return train(**find_model("logistic"), {}, data(), options);
  }

  Course course_;
  std::deque<History> histories_;
};

TEST_F(Training, LearnsWhatThereIsToLearn) {
  const auto result = trained({.epochs = 10, .batch_rows = 200});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_GT(*result->epochs.back().valid_auc, 0.7);
  EXPECT_LT(result->epochs.back().train_loss, result->epochs.front().train_loss);
  EXPECT_LT(*result->epochs.back().valid_log_loss, std::log(2.0));
}

TEST_F(Training, KeepsTheEpochWithTheBestValidationAuc) {
  const auto result = trained({.epochs = 12, .patience = 0, .batch_rows = 200});
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->epochs.size(), 12U);
  const auto best = static_cast<std::size_t>(result->best_epoch);
  for (const EpochRecord& record : result->epochs) {
    EXPECT_LE(*record.valid_auc, *result->epochs[best - 1].valid_auc);
  }
}

TEST_F(Training, StopsWhenPatienceIsSpent) {
  const auto result = trained({.epochs = 500, .patience = 2, .batch_rows = 200});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(static_cast<int>(result->epochs.size()), result->best_epoch + 2);
}

TEST_F(Training, GivesTheSameBytesForTheSameSeedAndThreads) {
  for (const int threads : {1, 3}) {
    const TrainOptions options{.seed = 5, .threads = threads, .epochs = 3, .batch_rows = 200};
    const auto first = trained(options);
    const auto second = trained(options);
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->theta, second->theta) << threads << " threads";
  }
  const auto other = trained({.seed = 6, .epochs = 3, .batch_rows = 200});
  ASSERT_TRUE(other);
  EXPECT_NE(other->theta, trained({.seed = 5, .epochs = 3, .batch_rows = 200})->theta);
}

TEST_F(Training, GivesNearlyTheSameForAnyNumberOfThreads) {
  const auto one = trained({.threads = 1, .epochs = 3, .batch_rows = 200});
  const auto four = trained({.threads = 4, .epochs = 3, .batch_rows = 200});
  ASSERT_TRUE(one && four);
  for (std::size_t i = 0; i < one->theta.size(); ++i)
    EXPECT_NEAR(one->theta[i], four->theta[i], 1e-9);
}

/// Also when the learner has parameters of its own.
TEST_F(Training, OnSeveralRanksGivesTheBytesOfAsManyThreads) {
  for (const char* const learner : {"direct", "maml", "meta-sgd"}) {
    TrainOptions options{.learner = learner, .threads = 3, .epochs = 3, .batch_rows = 200};
    const auto expected = trained(options);
    ASSERT_TRUE(expected);
    options.threads = 1;
    run_as_ranks(3, [&](Ranks& ranks) {
      TrainOptions mine = options;
      mine.ranks = &ranks;
      const auto result = trained(mine);
      ASSERT_TRUE(result) << result.error().message;
      EXPECT_EQ(result->theta, expected->theta) << learner;
      EXPECT_EQ(result->learnt, expected->learnt) << learner;
      EXPECT_EQ(result->best_epoch, expected->best_epoch);
      for (std::size_t e = 0; e < 3; ++e) {
        EXPECT_EQ(result->epochs[e].valid_auc, expected->epochs[e].valid_auc);
        EXPECT_EQ(result->epochs[e].valid_log_loss, expected->epochs[e].valid_log_loss);
        EXPECT_EQ(result->epochs[e].train_loss, expected->epochs[e].train_loss);
      }
    });
  }
}

TEST_F(Training, OnSeveralRanksOfSeveralThreadsGivesNearlyTheSame) {
  const auto one = trained({.threads = 1, .epochs = 3, .batch_rows = 200});
  run_as_ranks(2, [&](Ranks& ranks) {
    const auto both = trained({.threads = 2, .epochs = 3, .batch_rows = 200, .ranks = &ranks});
    ASSERT_TRUE(both);
    for (std::size_t i = 0; i < one->theta.size(); ++i)
      EXPECT_NEAR(one->theta[i], both->theta[i], 1e-9);
  });
}

TEST_F(Training, RefusesRanksThatAreNotAboutToDoTheSame) {
  run_as_ranks(3, [&](Ranks& ranks) {
    const auto result =
        trained({.seed = ranks.rank() == 1 ? 9U : 8U, .epochs = 1, .ranks = &ranks});
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().message,
              "rank 1 of 3 has other data or options than rank 0, expected the same on all");
  });
}

TEST_F(Training, WithoutValidationKeepsTheLastEpoch) {
  TrainingData data = this->data();
  data.validation.clear();
  const auto result = train(**find_model("logistic"), {}, data, {.epochs = 6});
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->best_epoch, 6);
  EXPECT_FALSE(result->epochs.back().valid_auc);
}

TEST_F(Training, NamesTheStepAtWhichTheLossIsNotFinite) {
  TrainOptions options{.epochs = 1};
  options.start.assign(train(**find_model("logistic"), {}, data(), {.epochs = 1})->theta.size(),
                       NAN);
  const auto result = trained(options);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(result.error().message.find("step 1 of epoch 1"), std::string::npos)
      << result.error().message;
}

TEST_F(Training, GrowsFromAnAncestorWhatTheyHaveInCommon) {
  const ModelEntry& evidence = **find_model("evidence");
  const Options small = {{"width", "4"}, {"hidden", "8"}};
  Options unnamed = small;
  unnamed["skill_vectors"] = "false";
  const auto first = train(evidence, unnamed, data(), {.epochs = 1, .batch_rows = 200});
  ASSERT_TRUE(first) << first.error().message;
  const auto ancestor = ancestor_of(*first->model, first->theta);
  const auto grown =
      train(evidence, small, data(),
            {.seed = 3, .epochs = 1, .rate = 1e-12, .weight_decay = 0.0, .ancestor = ancestor});
  ASSERT_TRUE(grown) << grown.error().message;
  const ParamLayout& layout = grown->model->layout();
  EXPECT_EQ(layout.blocks().front().name, "skill_vector");
  Rng rng(1);
  const Params taken = transplanted(layout, grown->theta, ancestor->layout, rng);
  for (std::size_t i = 0; i < taken.size(); ++i) EXPECT_NEAR(taken[i], first->theta[i], 1e-6) << i;
  const Tensors kept = grown->model->statistics();
  EXPECT_EQ(*tensor_values<float>(kept, "scale.mean", "it"),
            *tensor_values<float>(ancestor->statistics, "scale.mean", "it"));
  EXPECT_EQ(train(**find_model("logistic"), {}, data(), {.ancestor = ancestor}).error().message,
            "model \"logistic\" belongs to its course, expected one that grows from another: "
            "evidence");
  EXPECT_FALSE(train(evidence, small, data(), {.start = {1.0}, .ancestor = ancestor}));
}

TEST_F(Training, RefusesBadOptionsInOneSentence) {
  EXPECT_EQ(trained({.learner = "nonsense"}).error().message,
            "learner \"nonsense\", expected one of: direct, reptile, maml, fomaml, anil, "
            "meta-sgd, imaml, bayes, adversarial");
  EXPECT_EQ(trained({.epochs = -1}).error().message, "epochs is -1, expected 1 or more");
  EXPECT_EQ(trained({.batch_rows = 0}).error().message, "batch rows is 0, expected 1 or more");
  EXPECT_EQ(trained({.folds = 1}).error().message, "folds is 1, expected 0 or at least 2");
  EXPECT_EQ(trained({.rate = 0.0}).error().message, "rate is 0, expected above 0");
  const TrainingData nobody{.course = course_, .training = {}, .validation = {}, .data_hash = ""};
  EXPECT_FALSE(train(**find_model("logistic"), {}, nobody, {}));
}

TEST_F(Training, ReptileLearnsThroughTheSameLoop) {
  const auto result =
      trained({.learner = "reptile", .learner_options = {{"tasks_per_step", "8"}}, .epochs = 20});
  ASSERT_TRUE(result) << result.error().message;
  const EpochRecord& best = result->epochs[static_cast<std::size_t>(result->best_epoch) - 1];
  EXPECT_GT(*best.valid_auc, 0.68);
}

TEST_F(Training, KeepsWhatTheLearnerLearnsOfItsOwnApartFromTheModel) {
  const TrainOptions options{
      .learner = "meta-sgd", .learner_options = {{"inner_rate", "0.1"}}, .epochs = 3};
  const auto result = trained(options);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->theta.size(), result->model->layout().size());
  ASSERT_EQ(result->learnt.size(), result->theta.size());
  std::size_t moved = 0;
  for (const double rate : result->learnt) moved += rate != 0.1 ? 1 : 0;
  EXPECT_GT(moved, result->learnt.size() / 2);
  const LearnerSetup learner = *(*find_learner("meta-sgd"))->make(options.learner_options);
  const auto inner = inner_loop(learner, result->model->layout(), result->learnt);
  ASSERT_TRUE(inner);
  EXPECT_EQ(inner->rates, result->learnt);
  EXPECT_TRUE(inner_loop(learner, result->model->layout(), {})->rates.empty());
  EXPECT_EQ(inner_loop(learner, result->model->layout(), Params(3)).error().kind,
            ErrorKind::InvalidInput);
}

/// Logistic regression during whose n-th gradient a signal arrives.
class InterruptedModel final : public StudentModel {
 public:
  explicit InterruptedModel(std::unique_ptr<const StudentModel> inner) : inner_(std::move(inner)) {}
  const ParamLayout& layout() const override { return inner_->layout(); }
  std::unique_ptr<const Encoded> encode(const Window& window) const override {
    return inner_->encode(window);
  }
  void predict(ParamView theta, Batch batch, std::span<double> p_correct) const override {
    inner_->predict(theta, batch, p_correct);
  }
  double loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const override {
    if (--losses_left == 0) set_interrupted(true);
    return inner_->loss(theta, batch, grad, noise);
  }
  void hessian_vector(ParamView theta, Batch batch, ParamView v,
                      std::span<double> out) const override {
    inner_->hessian_vector(theta, batch, v, out);
  }
  std::unique_ptr<const OnlineModel> online(ParamView theta) const override {
    return inner_->online(theta);
  }
  Tensors statistics() const override { return inner_->statistics(); }

  static Result<std::unique_ptr<const StudentModel>> fit(const Options& options,
                                                         const Cohort& cohort) {
    MENO_TRY(auto inner, (*find_model("logistic"))->fit(options, cohort));
    return std::unique_ptr<const StudentModel>(
        std::make_unique<InterruptedModel>(std::move(inner)));
  }

  static int losses_left;

 private:
  std::unique_ptr<const StudentModel> inner_;
};
int InterruptedModel::losses_left = 0;

/// Also when the learner has parameters of its own.
class InterruptedTraining : public Training, public ::testing::WithParamInterface<const char*> {};

TEST_P(InterruptedTraining, GoesOnToTheSameBytes) {
  ModelEntry entry = **find_model("logistic");
  entry.fit = &InterruptedModel::fit;
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / (std::string("meno_resume_") + GetParam());
  std::filesystem::remove_all(folder);
  TrainOptions options{
      .learner = GetParam(), .seed = 3, .epochs = 5, .batch_rows = 150, .checkpoint = folder};
  const auto whole = train(entry, {}, data(), options);
  ASSERT_TRUE(whole) << whole.error().message;
  for (const int stop_at : {3, 20, 24}) {  // each counted from the start of a go
    InterruptedModel::losses_left = stop_at;
    const auto stopped = train(entry, {}, data(), options);
    set_interrupted(false);
    ASSERT_FALSE(stopped);
    EXPECT_EQ(stopped.error().kind, ErrorKind::Unavailable);
    options.resume = true;
  }
  const auto resumed = train(entry, {}, data(), options);
  ASSERT_TRUE(resumed) << resumed.error().message;
  EXPECT_EQ(resumed->theta, whole->theta);
  EXPECT_EQ(resumed->learnt, whole->learnt);
  EXPECT_EQ(resumed->best_epoch, whole->best_epoch);
  for (std::size_t e = 0; e < whole->epochs.size(); ++e) {
    EXPECT_EQ(resumed->epochs[e].train_loss, whole->epochs[e].train_loss);
    EXPECT_EQ(resumed->epochs[e].valid_auc, whole->epochs[e].valid_auc);
  }
  options.seed = 4;
  const auto other = train(entry, {}, data(), options);
  ASSERT_FALSE(other) << "a checkpoint of another seed was taken";
  EXPECT_EQ(other.error().kind, ErrorKind::InvalidInput);
  std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Learners, InterruptedTraining, ::testing::Values("direct", "meta-sgd"),
                         [](const auto& row) { return std::string(row.param).substr(0, 4); });

}  // namespace
}  // namespace meno

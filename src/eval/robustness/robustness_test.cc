// Damage must reach what a model observes, never what it is judged on.
#include "eval/robustness/robustness.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "eval/evaluation.h"
#include "eval/synthetic_school_for_test.h"

namespace meno {
namespace {

const Corruption& corruption(std::string_view name) {
  const auto all = corruption_registry();
  return *std::find_if(all.begin(), all.end(),
                       [&](const Corruption& one) { return one.name == name; });
}

/// What is observed of all students' answers.
std::vector<Event> observed(const SyntheticSchool& school, const Corruption& corruption) {
  std::vector<Event> all;
  Rng rng(3);
  for (const Sequence& history : school.source.students) {
    for (std::size_t t = 0; t < history.size(); ++t) corruption.observe(history, t, rng, all);
  }
  return all;
}

TEST(Corruptions, DamageAsMuchAsTheySay) {
  const auto school = synthetic_school(200, 1);
  const std::vector<Event> clean = observed(*school, corruption("clean"));
  const auto size = static_cast<double>(clean.size());
  const std::vector<Event> flipped = observed(*school, corruption("flipped"));
  ASSERT_EQ(flipped.size(), clean.size());
  double turned = 0.0;
  for (std::size_t i = 0; i < clean.size(); ++i) {
    turned += flipped[i].correct != clean[i].correct ? 1.0 : 0.0;
    EXPECT_EQ(flipped[i].item, clean[i].item);
  }
  EXPECT_NEAR(turned / size, 0.1, 0.02);
  const auto kept = static_cast<double>(observed(*school, corruption("missing")).size());
  EXPECT_NEAR(kept / size, 0.8, 0.03);
  const auto longer = static_cast<double>(observed(*school, corruption("bursts")).size());
  EXPECT_NEAR(longer / size, 1.2, 0.06);
}

TEST(Corruptions, LookAtNoLaterAnswer) {
  const auto school = synthetic_school(3, 5);
  const Sequence history = school->source.students[0];
  for (const Corruption& one : corruption_registry()) {
    std::vector<Event> whole;
    std::vector<Event> part;
    for (std::uint64_t seed = 0; seed < 400; ++seed) {  // so that rare damage happens too
      const std::size_t t = seed % 4;
      Rng rng(seed);
      Rng same(seed);
      one.observe(history, t, rng, whole);
      one.observe(history.part(0, t + 1), t, same, part);
    }
    ASSERT_EQ(whole.size(), part.size()) << one.name;
    for (std::size_t i = 0; i < whole.size(); ++i) EXPECT_EQ(whole[i].item, part[i].item);
  }
}

TEST(Corruptions, BotsAreTheShareThatWasAskedForAndAnswerAtRandom) {
  const auto school = synthetic_school(100, 2);
  const auto mixed = with_bots(school->source.students, 0.3, 1);
  ASSERT_EQ(mixed.size(), 100U);
  int changed = 0;
  double right = 0.0;
  double answers = 0.0;
  for (std::size_t k = 0; k < mixed.size(); ++k) {
    const Sequence before = school->source.students[k];
    const Sequence after = mixed[k].view();
    ASSERT_EQ(after.size(), before.size());
    bool same = true;
    double own = 0.0;
    for (std::size_t t = 0; t < before.size(); ++t) {
      EXPECT_EQ(after[t].item, before[t].item);
      same = same && after[t].correct == before[t].correct;
      own += static_cast<double>(after[t].correct);
    }
    if (same) continue;
    ++changed;
    right += own;
    answers += static_cast<double>(after.size());
  }
  EXPECT_NEAR(changed, 30, 1);
  EXPECT_NEAR(right / answers, 0.25, 0.05);
}

TEST(Robustness, ScoresTheTrueAnswersWhateverIsObserved) {
  const auto school = synthetic_school(60, 3);
  EvaluationPlan plan{.model = "logistic", .protocol = "holdout", .folds = {1}, .robust = true};
  plan.training.epochs = 8;
  plan.resamples = 0;
  const auto evaluation = evaluate(school->course, school->source, "hash", plan);
  ASSERT_TRUE(evaluation) << evaluation.error().message;
  const FoldResult& fold = evaluation->folds[0];
  ASSERT_EQ(fold.robust.size(), corruption_registry().size());
  for (const UnderCorruption& row : fold.robust) EXPECT_EQ(row.scored, fold.predictions.size());
  EXPECT_NEAR(*value_of(fold.robust[0].measured, "auc"), *value_of(fold.measured, "auc"), 1e-6)
      << "clean is what is reported elsewhere";
  for (std::size_t c = 1; c < fold.robust.size(); ++c) {
    EXPECT_NE(*value_of(fold.robust[c].measured, "auc"), *value_of(fold.measured, "auc"))
        << fold.robust[c].corruption->name << " has reached no model";
  }
}

TEST(Robustness, BotsAmongTheTrainingStudentsAreNotJudged) {
  const auto school = synthetic_school(60, 3);
  EvaluationPlan plan{.model = "logistic", .protocol = "holdout", .folds = {1}, .bots = 0.5};
  plan.training.epochs = 3;
  plan.resamples = 0;
  const auto bots = evaluate(school->course, school->source, "hash", plan);
  ASSERT_TRUE(bots) << bots.error().message;
  plan.bots = 0.0;
  const auto none = evaluate(school->course, school->source, "hash", plan);
  ASSERT_TRUE(none);
  EXPECT_EQ(bots->folds[0].predictions.correct, none->folds[0].predictions.correct);
  EXPECT_NE(bots->folds[0].predictions.p_correct, none->folds[0].predictions.p_correct);
  plan.bots = 1.5;
  const auto refused = evaluate(school->course, school->source, "hash", plan);
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("1.5"), std::string::npos);
}

}  // namespace
}  // namespace meno

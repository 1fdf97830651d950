// The rule that ends trials, against gains that are known. All are simulated.
#include "service/trial_rule.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

/// `truth` of the two decides each answer: both foresee, and neither knows more but by chance.
Verdict verdict_of(std::uint64_t seed, double sharp_serving, double sharp_candidate,
                   std::size_t answers) {
  Rng rng(seed);
  Trial trial(TrialRule(), 1);
  for (std::size_t k = 0; k < answers && trial.verdict() == Verdict::Open; ++k) {
    const double logit = 1.5 * rng.normal();
    const auto p = [logit](double sharp, double noise) {
      return 1.0 / (1.0 + std::exp(-(sharp * logit + noise)));
    };
    const double correct = rng.chance(p(1.0, 0.0)) ? 1.0 : 0.0;
    trial.add(k % 20, p(sharp_serving, 0.5 * rng.normal()), p(sharp_candidate, 0.5 * rng.normal()),
              correct);
  }
  return trial.verdict();
}

TEST(TrialRuleTest, ACandidateThatIsNoBetterIsPromotedAtMostWithProbabilityAlpha) {
  int promoted = 0;
  for (std::uint64_t seed = 0; seed < 400; ++seed)
    promoted += verdict_of(seed, 1.0, 1.0, 2900) == Verdict::Promote ? 1 : 0;
  RecordProperty("promoted_of_400", promoted);
  EXPECT_LE(promoted, 20) << "alpha of the first trial is .025, of all .05";
}

TEST(TrialRuleTest, ABetterCandidateIsPromotedAndAWorseOneWithdrawn) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    EXPECT_EQ(verdict_of(seed, -0.5, 1.0, 2900), Verdict::Promote) << seed;
    EXPECT_EQ(verdict_of(seed, 1.0, -0.5, 2900), Verdict::Withdraw) << seed;
  }
}

TEST(TrialRuleTest, WhatDecidesNothingIsWithdrawn) {
  Trial trial(TrialRule(), 1);
  for (int k = 0; k < 2999; ++k) trial.add(static_cast<std::size_t>(k % 9), 0.6, 0.6, k % 2);
  EXPECT_EQ(trial.verdict(), Verdict::Open);
  trial.add(0, 0.6, 0.6, 1.0);
  EXPECT_EQ(trial.verdict(), Verdict::Withdraw);
}

TEST(TrialRuleTest, FewStudentsOrAnswersPromoteNobody) {
  Trial few(TrialRule(), 1);
  for (int k = 0; k < 500; ++k) few.add(static_cast<std::size_t>(k % 4), 0.1, 0.9, 1.0);
  EXPECT_EQ(few.verdict(), Verdict::Open);
  Trial soon(TrialRule(), 1);
  for (int k = 0; k < 49; ++k) soon.add(static_cast<std::size_t>(k % 9), 0.1, 0.9, 1.0);
  EXPECT_EQ(soon.verdict(), Verdict::Open);
  soon.add(0, 0.1, 0.9, 1.0);
  EXPECT_EQ(soon.verdict(), Verdict::Promote);
}

/// One bettor's wealth, worked out by hand.
TEST(TrialRuleTest, EvidenceIsTheMeanOfTheBets) {
  BettingEvidence evidence(2.0);
  evidence.add(1.0);
  evidence.add(-0.5);
  double mean = 0.0;
  for (const double stake : {0.05, 0.1, 0.2, 0.4, 0.8})
    mean += (1.0 + stake / 2.0) * (1.0 - stake / 4.0) / 5.0;
  EXPECT_NEAR(evidence.log_evidence(), std::log(mean), 1e-12);
}

TEST(TrialRuleTest, LaterTrialsNeedMore) {
  EXPECT_NEAR(Trial(TrialRule(), 1).figures().needed, std::log(40.0), 1e-12);
  EXPECT_NEAR(Trial(TrialRule(), 3).figures().needed, std::log(240.0), 1e-12);
}

}  // namespace
}  // namespace meno

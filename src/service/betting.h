// Betting: evidence that may be looked at after every answer. Pure arithmetic.
//
// BettingEvidence asks whether gains g_1, g_2, ... >= -B are positive in the mean. A bettor who
// stakes the share l of his wealth has after t answers
//
//   W_t(l) = product over i <= t of (1 + l g_i),      0 < l < 1/B,
//
// and the evidence is the mean of W_t over five stakes. While the expected gains, each given what
// was known before its answer, have added up to no more than 0, W_t is at most a non-negative
// martingale that starts at 1: prod (1 + l m_i) <= exp(l sum m_i) <= 1 for those expectations m_i.
// So the probability that it EVER reaches 1/alpha is alpha at most, whatever the students have in
// common.
// Sources: Ville 1939; Choe & Ramdas 2023, Operations Research ("Comparing sequential forecasters":
// forecasts of the same outcomes, by the mean difference of their scores so far); the product form
// as a bet, Waudby-Smith & Ramdas 2024, JRSS B 86.
//
// ChangeDetector asks whether a mean that was m at most has risen. It adds up the wealth of bettors
// who begin at every answer,
//
//   M_t = (1 + M_(t-1)) (1 + l (x_t - m)),
//
// which is an e-detector: if nothing ever changes, the first M_t >= c comes after c answers or more
// in the mean. Source: Shin, Ramdas & Rinaldo 2024, New England Journal of Statistics in Data
// Science 2 ("E-detectors": a Shiryaev-Roberts sum of e-processes). Means of several are one again.
#pragma once

#include <array>

namespace meno {

/// Stakes as shares of the largest that cannot ruin.
inline constexpr std::array kStakes = {0.05, 0.1, 0.2, 0.4, 0.8};

class BettingEvidence {
 public:
  /// `most_loss`: B, no gain is below -B.
  explicit BettingEvidence(double most_loss) : most_loss_(most_loss) {}
  void add(double gain);
  /// The natural logarithm of the evidence.
  double log_evidence() const;

 private:
  double most_loss_;
  std::array<double, kStakes.size()> log_wealth_{};
};

class ChangeDetector {
 public:
  /// `mean`: m; `least`: no x is below it, and it is below m.
  ChangeDetector(double mean, double least) : mean_(mean), most_loss_(mean - least) {}
  void add(double x);
  /// M_t, the mean over the stakes.
  double evidence() const;

 private:
  double mean_;
  double most_loss_;
  std::array<double, kStakes.size()> sums_{};
};

}  // namespace meno

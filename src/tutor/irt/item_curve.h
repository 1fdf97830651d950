// ItemCurve: the probability of a right answer as a function of ability.
//   p = guess + (1 - guess) sigmoid(slope * ability + easiness)
// Source: Birnbaum 1968 (three parameters, in slope and intercept form); slope 1 is Rasch 1960.
#pragma once

#include <cmath>

namespace meno {

struct ItemCurve {
  double easiness = 0.0;  // logits at ability 0
  double slope = 1.0;     // > 0
  double guess = 0.0;     // in [0, 1)

  /// The ability at which the answer is known by half of those who do not guess.
  double difficulty() const { return -easiness / slope; }
  double p_correct(double ability) const {
    const double p = 1.0 / (1.0 + std::exp(-(slope * ability + easiness)));
    return guess + (1.0 - guess) * p;
  }
  /// Fisher information of one answer on the ability; slope^2 p (1 - p) without guessing.
  double information(double ability) const {
    const double p = p_correct(ability);
    const double known = (p - guess) / (1.0 - guess);
    return slope * slope * known * known * (1.0 - p) / p;
  }
};

/// log p of an answer with its derivatives in (easiness, log slope).
struct CurveScore {
  double log_p = 0.0;
  double by_easiness = 0.0;
  double by_log_slope = 0.0;
};
inline CurveScore score_of(const ItemCurve& curve, double ability, bool correct) {
  const double p = curve.p_correct(ability);
  const double known = (p - curve.guess) / (1.0 - curve.guess);
  // d log p(answer) / d logit
  const double slope = correct ? known * (1.0 - p) / p : -known;
  return {.log_p = std::log(correct ? p : 1.0 - p),
          .by_easiness = slope,
          .by_log_slope = slope * curve.slope * ability};
}

}  // namespace meno

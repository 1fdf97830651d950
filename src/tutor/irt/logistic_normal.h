// A logistic answer to a normal logit: predictive probability and what the answer says of the
// logit. Integrals by the trapezium rule over six standard deviations.
#pragma once

namespace meno {

struct NormalLogit {
  double mean = 0.0;
  double variance = 1.0;  // >= 0
};

/// E sigmoid(z), z normal.
double p_correct(const NormalLogit& logit);

/// Mean and variance of z given the answer: the projection of assumed density filtering.
NormalLogit after_answer(const NormalLogit& logit, bool correct);

}  // namespace meno

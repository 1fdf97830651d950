// Posterior: what is believed of a task's parameters after its support, and what that says of
// answers: a mean and a band.
#pragma once

#include <cstdint>
#include <vector>

#include "meta/adapt.h"
#include "meta/bayes/variational.h"
#include "meta/unrolled/student_tasks.h"
#include "models/student_model.h"

namespace meno {

/// A Gaussian with independent parts. sd 0: known, or not adapted.
struct Posterior {
  Params mean;  // [P]
  Params sd;    // [P]
};

/// How q of one task is found, from the inner loop's own. Its spans view `rates` and `log_sd`.
struct PosteriorPlan {
  Params rates;   // [P]
  Params log_sd;  // [P]
  double lambda = 1.0;
  double pull = 0.0;
  int steps = 0;
  int pairs = 1;

  /// `inner.prior` must be set.
  PosteriorPlan(const ParamLayout& layout, const InnerLoop& inner);
  /// For a support of `scored` answers: none, no steps.
  VariationalSteps steps_for(std::size_t scored, std::uint64_t seed) const;
};

/// Of the inner loop on `support`; the prior for an empty one. Without inner.prior its mean is
/// adapted() and every sd 0. The noise is always the same, so the same support gives the same
/// posterior.
Posterior posterior_of(const StudentModel& model, ParamView theta, const InnerLoop& inner,
                       Batch support);

/// theta drawn `count` times from it, in pairs that mirror each other at the mean.
std::vector<Params> draws_of(const Posterior& posterior, std::size_t count, std::uint64_t seed);

/// What a posterior says of one answer: `low` to `high` holds p_correct with probability `level`.
struct PredictiveBand {
  double p_correct = 0.0;  // in the mean over the posterior
  double low = 0.0;
  double high = 0.0;
};

struct BandOptions {
  std::size_t draws = 64;  // places an end of the band to about 3 points of percentile
  double level = 0.9;      // in (0, 1)
  std::uint64_t seed = 0;
};

/// For every computed event of `batch`, in the order of StudentModel::predict. The band is between
/// quantiles of drawn parameters: of the probability, not of the answer.
std::vector<PredictiveBand> predictive_bands(const StudentModel& model, const Posterior& posterior,
                                             Batch batch, const BandOptions& options = {});

}  // namespace meno

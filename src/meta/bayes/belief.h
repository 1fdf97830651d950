// Belief: what a student's answers say of his own parameters, online. Where a run has learnt a
// Gaussian prior of its tasks' parameters (meta/bayes), theta is drawn from it a fixed number of
// times; each draw follows the student with a tracker of its own and weighs what it foresaw:
//
//   theta_d ~ N(theta, diag(sigma^2)),   w_d = prod over his answers of p_d(answer),
//
// so that the weighted draws are his posterior. A band is between weighted quantiles of what the
// draws say. Source: importance sampling from the prior; Ravi & Beatson 2019, ICLR, for the prior.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "core/rng.h"
#include "meta/run.h"
#include "models/tracker.h"

namespace meno {

/// Holds the probability with kBandLevel; low <= p <= high.
struct BeliefBand {
  double low = 0.0;
  double high = 1.0;
};

/// As the mastery band (docs/decisions/0005-mastery-band.md).
inline constexpr double kBandLevel = 0.8;

/// The draws of a run, shared by its students. Immutable and thread-safe; keeps the run's model
/// alive.
class BeliefModel {
 public:
  /// `sd` [P]: of the prior around `theta`.
  BeliefModel(std::shared_ptr<const StudentModel> model, ParamView theta, ParamView sd,
              std::size_t draws, std::uint64_t seed);

  std::size_t draws() const { return online_.size(); }
  const OnlineModel& draw(std::size_t d) const { return *online_[d]; }

 private:
  std::shared_ptr<const StudentModel> model_;
  std::vector<std::unique_ptr<const OnlineModel>> online_;
};

/// Null for a run whose learner has no prior.
std::shared_ptr<const BeliefModel> belief_model(const Run& run);

/// Of one student. Not thread-safe: one owner. The model must outlive it.
class Belief {
 public:
  explicit Belief(const BeliefModel& model);

  void observe(const Event& event);
  /// Of the mean probability of a right answer over `targets` (none: 0 to 1), stretched to hold
  /// `p`, the estimate it goes with.
  BeliefBand band_of_mean(std::span<const Target> targets, double p) const;
  /// The student under one of the draws, taken by its weight: a sample of his posterior.
  std::unique_ptr<Tracker> sampled(Rng& rng) const;
  /// How many equally weighing draws say as much: 1 / sum of squared weights.
  double effective_draws() const;

 private:
  std::vector<double> weights() const;  // [D], adding up to 1

  std::vector<std::unique_ptr<Tracker>> trackers_;  // [D]
  std::vector<double> log_weight_;                  // [D]
};

}  // namespace meno

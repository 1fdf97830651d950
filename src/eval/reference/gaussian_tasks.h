// Few-shot classification where the best answer is known: points in the plane from a few Gaussian
// classes, drawn anew for every task from a prior under which prediction has a closed form.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/rng.h"
#include "eval/reference/lane_network.h"

namespace meno {

/// The prior of a class's mean and covariance S: S ~ inverse Wishart(nu, psi I), mean ~ N(0, S /
/// kappa). E[S] = I, and means lie about 3 of a class's standard deviations from the origin.
struct ClassPrior {
  static constexpr double kNu = 6.0;
  static constexpr double kPsi = 3.0;
  static constexpr double kKappa = 1.0 / 9.0;
};

using Point = std::array<double, 2>;

/// N(mean, root root').
struct GaussianClass {
  Point mean = {};
  std::array<Point, 2> root = {};  // rows of an upper triangle

  static GaussianClass draw(Rng& rng);
  Point point(Rng& rng) const;
};

/// log p(x | points of the same class) under ClassPrior: a Student density; `points` may be empty.
/// Source: Murphy 2007, "Conjugate Bayesian analysis of the Gaussian distribution", section 9
/// (normal-inverse-Wishart).
double log_predictive(std::span<const Point> points, const Point& x);

/// Eight tasks side by side.
struct GaussianTasks {
  static constexpr std::size_t kClasses = 5;

  std::array<std::array<GaussianClass, kClasses>, LaneNetwork::kLanes> classes = {};

  static GaussianTasks draw(Rng& rng);
  /// `per_class` points of every class: x [2, samples, 8], y the class; class by class.
  LaneSamples points(Rng& rng, std::size_t per_class) const;
};

/// Point `sample` of a lane.
Point point_of(const LaneSamples& data, std::size_t sample, std::size_t lane);

/// Samples of both, one after the other.
LaneSamples joined(const LaneSamples& a, const LaneSamples& b, std::size_t inputs);

}  // namespace meno

// Accountant: what a number of noisy steps reveals about one student, as (epsilon, delta).
// Source: Mironov 2017, arXiv:1702.07476 (Renyi differential privacy and its composition); Mironov,
// Talwar & Zhang 2019, arXiv:1908.10530, section 3.3 (the Gaussian mechanism on a Poisson sample,
// integer orders).
#pragma once

#include <cstdint>

namespace meno {

/// Steps of one training. Neighbouring data sets differ by one student, there or not.
struct NoisySteps {
  double noise = 1.0;     // standard deviation over the bound on one student's share; above 0
  double sampling = 1.0;  // probability that a step looks at a given student, in (0, 1]
  std::uint64_t steps = 0;
};

/// The Renyi divergence of order `order` >= 2 that one step may add.
double renyi_of_step(double noise, double sampling, int order);

/// The smallest epsilon, over integer orders to 1,024, such that all steps together are (epsilon,
/// delta)-differentially private; 0 of no steps. delta in (0, 1). An upper bound: a finer
/// accountant may find less. Source of the conversion: Canonne, Kamath & Steinke 2020,
/// arXiv:2004.00010, proposition 12.
double epsilon_of(const NoisySteps& taken, double delta);

}  // namespace meno

#include "meta/privacy/accountant.h"

#include <cmath>

#include <gtest/gtest.h>

namespace meno {
namespace {

constexpr int kOrders[] = {2, 3, 8, 32, 200};

/// The slow oracle: the same expectation by quadrature over the output x of a step without the
/// student. Logarithms throughout, since the integrand spans hundreds of orders of magnitude.
double renyi_by_quadrature(double noise, double sampling, int order) {
  const double width = noise * (20.0 + 2.0 * order / noise);
  const int cells = 400'000;
  const double step = 2.0 * width / cells;
  double most = -1e300;
  const auto log_integrand = [&](int i) {
    const double x = -width + step * (i + 0.5);
    const double log_ratio = (2.0 * x - 1.0) / (2.0 * noise * noise);
    const double log_mixture =
        log_ratio > 0.0 ? log_ratio + std::log(sampling + (1.0 - sampling) * std::exp(-log_ratio))
                        : std::log(1.0 - sampling + sampling * std::exp(log_ratio));
    return order * log_mixture - x * x / (2.0 * noise * noise) -
           std::log(noise * std::sqrt(2.0 * M_PI));
  };
  for (int i = 0; i < cells; ++i) most = std::max(most, log_integrand(i));
  double sum = 0.0;
  for (int i = 0; i < cells; ++i) sum += std::exp(log_integrand(i) - most);
  return (most + std::log(sum * step)) / (order - 1.0);
}

TEST(Accountant, WithoutSamplingIsThePlainGaussianMechanism) {
  for (const double noise : {0.5, 1.0, 4.0}) {
    for (const int order : kOrders) {
      EXPECT_DOUBLE_EQ(renyi_of_step(noise, 1.0, order), order / (2.0 * noise * noise));
    }
  }
}

TEST(Accountant, OfASampledStepIsTheIntegralOfItsDefinition) {
  for (const double noise : {0.7, 1.3, 5.0}) {
    for (const double sampling : {0.001, 0.1, 0.9}) {
      for (const int order : kOrders) {
        const double expected = renyi_by_quadrature(noise, sampling, order);
        EXPECT_NEAR(renyi_of_step(noise, sampling, order), expected, 1e-6 * expected + 1e-9)
            << "noise " << noise << ", sampling " << sampling << ", order " << order;
      }
    }
  }
}

/// delta of the Gaussian mechanism, exactly. Source: Balle & Wang 2018, arXiv:1805.06530,
/// theorem 8.
double exact_delta(double noise, double epsilon) {
  const auto below = [](double z) { return 0.5 * std::erfc(-z / std::sqrt(2.0)); };
  return below(0.5 / noise - epsilon * noise) -
         std::exp(epsilon) * below(-0.5 / noise - epsilon * noise);
}

TEST(Accountant, IsNeverBelowTheExactEpsilonOfTheGaussianMechanismAndCloseToIt) {
  for (const double noise : {0.8, 2.0, 6.0}) {
    for (const std::uint64_t steps : {1U, 25U}) {
      const double delta = 1e-5;
      const double epsilon = epsilon_of({.noise = noise, .sampling = 1.0, .steps = steps}, delta);
      // Many steps of the plain mechanism are one with less noise.
      const double joint = noise / std::sqrt(static_cast<double>(steps));
      EXPECT_LE(exact_delta(joint, epsilon), delta);
      EXPECT_GE(exact_delta(joint, 0.85 * epsilon), delta) << "far above the exact value";
    }
  }
}

/// What the reference implementation of the method states for its own examples: TensorFlow Privacy,
/// compute_dp_sgd_privacy_lib_test.py, Test0 and Test1. It also tries orders between integers.
TEST(Accountant, AgreesWithTensorFlowPrivacy) {
  const double first =
      epsilon_of({.noise = 1.3, .sampling = 150.0 / 60000.0, .steps = 15 * 60000 / 150}, 1e-5);
  EXPECT_NEAR(first, 0.7242234026109595, 1e-4);
  EXPECT_GE(first, 0.7242234026109595 - 1e-9);
  const double second =
      epsilon_of({.noise = 1.0, .sampling = 100.0 / 100000.0, .steps = 30 * 100000 / 100}, 1e-7);
  EXPECT_NEAR(second, 1.4154988495444845, 1e-2);
  EXPECT_GE(second, 1.4154988495444845 - 1e-9);
}

TEST(Accountant, SpendsMoreWithLessNoiseMoreStepsOrMoreSampling) {
  const double base = epsilon_of({.noise = 2.0, .sampling = 0.1, .steps = 100}, 1e-5);
  EXPECT_GT(epsilon_of({.noise = 1.9, .sampling = 0.1, .steps = 100}, 1e-5), base);
  EXPECT_GT(epsilon_of({.noise = 2.0, .sampling = 0.11, .steps = 100}, 1e-5), base);
  EXPECT_GT(epsilon_of({.noise = 2.0, .sampling = 0.1, .steps = 110}, 1e-5), base);
  EXPECT_GT(epsilon_of({.noise = 2.0, .sampling = 0.1, .steps = 100}, 1e-6), base);
  EXPECT_EQ(epsilon_of({.noise = 2.0, .sampling = 0.1, .steps = 0}, 1e-5), 0.0);
}

}  // namespace
}  // namespace meno

#include "meta/privacy/accountant.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include <math.h>  // lgamma_r

namespace meno {
namespace {

/// std::lgamma also writes the sign to a global variable, which threads would share.
double log_factorial(int n) {
  int sign = 0;
  return ::lgamma_r(n + 1.0, &sign);
}

double log_choose(int n, int k) {
  return log_factorial(n) - log_factorial(k) - log_factorial(n - k);
}

double log_of_sum(const std::vector<double>& logs) {
  const double most = *std::max_element(logs.begin(), logs.end());
  double sum = 0.0;
  for (const double log : logs) sum += std::exp(log - most);
  return most + std::log(sum);
}

/// Every order while they matter most, then ever fewer: large ones serve only tiny epsilons.
std::vector<int> orders() {
  std::vector<int> all;
  for (int order = 2; order <= 1024; order += std::max(1, order / 64)) all.push_back(order);
  return all;
}

}  // namespace

/// log E[(1 - q + q N(1, s^2) / N(0, s^2))^a] / (a - 1) by the binomial theorem: the k-th power of
/// the ratio has the mean exp(k (k - 1) / (2 s^2)).
double renyi_of_step(double noise, double sampling, int order) {
  const double curve = 1.0 / (2.0 * noise * noise);
  if (sampling >= 1.0) return order * curve;
  std::vector<double> terms;
  for (int k = 0; k <= order; ++k) {
    terms.push_back(log_choose(order, k) + k * std::log(sampling) +
                    (order - k) * std::log1p(-sampling) + k * (k - 1.0) * curve);
  }
  return std::max(0.0, log_of_sum(terms)) / (order - 1.0);
}

double epsilon_of(const NoisySteps& taken, double delta) {
  if (taken.steps == 0) return 0.0;
  double least = std::numeric_limits<double>::infinity();
  for (const int order : orders()) {
    const double divergence =
        static_cast<double>(taken.steps) * renyi_of_step(taken.noise, taken.sampling, order);
    const double epsilon =
        divergence + std::log1p(-1.0 / order) - (std::log(delta) + std::log(order)) / (order - 1.0);
    least = std::min(least, epsilon);
  }
  return std::max(0.0, least);
}

}  // namespace meno

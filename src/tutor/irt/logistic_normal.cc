#include "tutor/irt/logistic_normal.h"

#include <array>
#include <cmath>

namespace meno {
namespace {

constexpr int kNodes = 25;
constexpr double kReach = 6.0;

struct Nodes {
  std::array<double, kNodes> at{};
  std::array<double, kNodes> weight{};
};

Nodes make_nodes() {
  Nodes nodes;
  double total = 0.0;
  for (std::size_t q = 0; q < kNodes; ++q) {
    nodes.at[q] = -kReach + 2.0 * kReach * static_cast<double>(q) / (kNodes - 1);
    nodes.weight[q] = std::exp(-0.5 * nodes.at[q] * nodes.at[q]);
    total += nodes.weight[q];
  }
  for (double& weight : nodes.weight) weight /= total;
  return nodes;
}

const Nodes& nodes() {
  static const Nodes all = make_nodes();
  return all;
}

}  // namespace

double p_correct(const NormalLogit& logit) {
  const double sd = std::sqrt(logit.variance);
  double p = 0.0;
  for (std::size_t q = 0; q < kNodes; ++q)
    p += nodes().weight[q] / (1.0 + std::exp(-(logit.mean + sd * nodes().at[q])));
  return p;
}

NormalLogit after_answer(const NormalLogit& logit, bool correct) {
  const double sd = std::sqrt(logit.variance);
  const double sign = correct ? -1.0 : 1.0;
  double total = 0.0;
  double first = 0.0;
  double second = 0.0;
  for (std::size_t q = 0; q < kNodes; ++q) {
    const double x = nodes().at[q];
    const double w = nodes().weight[q] / (1.0 + std::exp(sign * (logit.mean + sd * x)));
    total += w;
    first += w * x;
    second += w * x * x;
  }
  first /= total;
  second /= total;
  return {.mean = logit.mean + sd * first, .variance = logit.variance * (second - first * first)};
}

}  // namespace meno

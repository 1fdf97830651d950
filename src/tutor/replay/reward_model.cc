#include "tutor/replay/reward_model.h"

#include <cmath>

namespace meno {
namespace {

constexpr double kRidge = 10.0;  // imagined choices worth nothing, along each feature

}  // namespace

RewardModel::Row RewardModel::row(const ChoiceFeatures& c) {
  return {1.0,
          c.ability,
          c.own,
          c.answers,
          c.again,
          c.rate,
          c.again * c.own,
          c.own * c.answers,
          c.ability * c.rate};
}

void RewardModel::observe(const ChoiceFeatures& choice, double reward) {
  const Row x = row(choice);
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) squares_[i][j] += x[i] * x[j];
    sums_[i] += reward * x[i];
  }
}

/// By Cholesky's factor L L' of squares + ridge.
void RewardModel::fit() {
  std::array<Row, kSize> lower{};
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double left = squares_[i][j] + (i == j ? kRidge : 0.0);
      for (std::size_t k = 0; k < j; ++k) left -= lower[i][k] * lower[j][k];
      lower[i][j] = i == j ? std::sqrt(left) : left / lower[j][j];
    }
  }
  Row half{};
  for (std::size_t i = 0; i < kSize; ++i) {
    double left = sums_[i];
    for (std::size_t k = 0; k < i; ++k) left -= lower[i][k] * half[k];
    half[i] = left / lower[i][i];
  }
  for (std::size_t i = kSize; i-- > 0;) {
    double left = half[i];
    for (std::size_t k = i + 1; k < kSize; ++k) left -= lower[k][i] * coefficients_[k];
    coefficients_[i] = left / lower[i][i];
  }
}

double RewardModel::foreseen(const ChoiceFeatures& choice) const {
  const Row x = row(choice);
  double sum = 0.0;
  for (std::size_t i = 0; i < kSize; ++i) sum += coefficients_[i] * x[i];
  return sum;
}

}  // namespace meno

#include "service/betting.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace meno {

void BettingEvidence::add(double gain) {
  for (std::size_t k = 0; k < kStakes.size(); ++k)
    log_wealth_[k] += std::log1p(kStakes[k] / most_loss_ * gain);
}

double BettingEvidence::log_evidence() const {
  const double most = *std::max_element(log_wealth_.begin(), log_wealth_.end());
  double sum = 0.0;
  for (const double wealth : log_wealth_) sum += std::exp(wealth - most);
  return most + std::log(sum / static_cast<double>(kStakes.size()));
}

void ChangeDetector::add(double x) {
  for (std::size_t k = 0; k < kStakes.size(); ++k)
    sums_[k] = (1.0 + sums_[k]) * (1.0 + kStakes[k] / most_loss_ * (x - mean_));
}

double ChangeDetector::evidence() const {
  return std::accumulate(sums_.begin(), sums_.end(), 0.0) / static_cast<double>(kStakes.size());
}

}  // namespace meno

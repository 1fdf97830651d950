#include "service/prequential.h"

#include <algorithm>
#include <cmath>

namespace meno {

double surprise(double p_correct, double correct) {
  constexpr double kLeast = 1e-9;  // a certainty that fails costs 21 nats, not infinitely many
  const double p = std::clamp(p_correct, kLeast, 1.0 - kLeast);
  return -correct * std::log(p) - (1.0 - correct) * std::log1p(-p);
}

void PrequentialScore::add(double p_correct, double correct) {
  ++answers_;
  nats_ += surprise(p_correct, correct);
  Bin& bin = bins_[calibration_bin(p_correct)];
  bin.answers += 1.0;
  bin.p_correct += p_correct;
  bin.right += correct;
  const auto at =
      std::min(static_cast<std::size_t>(p_correct * static_cast<double>(kGrid)), kGrid - 1);
  (correct > 0.5 ? right_ : wrong_)[at] += 1.0;
}

PrequentialFigures PrequentialScore::figures() const {
  PrequentialFigures figures{.answers = answers_, .log_loss = {}, .auc = {}, .ece = {}, .bias = {}};
  if (answers_ == 0) return figures;
  const auto n = static_cast<double>(answers_);
  figures.log_loss = nats_ / n;
  double gaps = 0.0;
  double bias = 0.0;
  for (const Bin& bin : bins_) {
    gaps += std::abs(bin.p_correct - bin.right);
    bias += bin.p_correct - bin.right;
  }
  figures.ece = gaps / n;
  figures.bias = bias / n;
  double wrong_below = 0.0;
  double rights = 0.0;
  double ordered = 0.0;  // pairs with the right answer above, ties counting half
  for (std::size_t k = 0; k < kGrid; ++k) {
    ordered += right_[k] * (wrong_below + 0.5 * wrong_[k]);
    wrong_below += wrong_[k];
    rights += right_[k];
  }
  if (rights > 0.0 && wrong_below > 0.0) figures.auc = ordered / (rights * wrong_below);
  return figures;
}

}  // namespace meno

#include "service/drift_watch.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "service/prequential.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 3> kNames{"surprise", "overestimates", "underestimates"};

/// Surprise beyond what p itself lets expect, at least -log 2. Certainties are taken as .98, so
/// that one answer cannot decide.
double excess_surprise(double p_correct, double correct) {
  constexpr double kMost = 0.98;
  const double p = std::clamp(p_correct, 1.0 - kMost, kMost);
  return surprise(p, correct) - surprise(p, p);
}

}  // namespace

std::string_view name_of(DriftKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

void DriftWatch::begin() {
  const double excess = excess_ / static_cast<double>(answers_) + rule_.surprise_tolerance;
  const double bias = bias_ / static_cast<double>(answers_);
  detectors_ = Detectors{.surprise = {excess, -std::log(2.0)},
                         .over = {bias + rule_.bias_tolerance, -1.0},
                         .under = {-bias + rule_.bias_tolerance, -1.0}};
}

std::optional<DriftKind> DriftWatch::add(double p_correct, double correct) {
  if (raised_) return std::nullopt;
  const double excess = excess_surprise(p_correct, correct);
  if (!detectors_) {
    ++answers_;
    excess_ += excess;
    bias_ += p_correct - correct;
    if (answers_ == rule_.reference) begin();
    return std::nullopt;
  }
  detectors_->surprise.add(excess);
  detectors_->over.add(p_correct - correct);
  detectors_->under.add(correct - p_correct);
  if (evidence() < rule_.run_length) return std::nullopt;
  raised_ = true;
  const std::array by_kind = {detectors_->surprise.evidence(), detectors_->over.evidence(),
                              detectors_->under.evidence()};
  return static_cast<DriftKind>(std::max_element(by_kind.begin(), by_kind.end()) - by_kind.begin());
}

double DriftWatch::evidence() const {
  if (!detectors_) return 0.0;
  return (detectors_->surprise.evidence() + detectors_->over.evidence() +
          detectors_->under.evidence()) /
         3.0;
}

}  // namespace meno

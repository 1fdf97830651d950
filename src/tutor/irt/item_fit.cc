#include "tutor/irt/item_fit.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr int kNewtonSteps = 8;
constexpr double kSmallStep = 1e-6;

struct Information {
  double easiness = 0.0;
  double both = 0.0;
  double log_slope = 0.0;
};

/// Fisher information of the expected counts plus the prior's precision.
Information information_of(const NodeCounts& counts, const ItemPrior& prior,
                           const ItemCurve& curve) {
  Information info{.easiness = 1.0 / (prior.easiness_sd * prior.easiness_sd)};
  if (prior.slope_sd > 0.0) info.log_slope = 1.0 / (prior.slope_sd * prior.slope_sd);
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    if (counts.asked[q] <= 0.0) continue;
    const double ability = ability_grid().at[q];
    const double w = counts.asked[q] * curve.information(ability) / (curve.slope * curve.slope);
    const double s = curve.slope * ability;
    info.easiness += w;
    if (prior.slope_sd > 0.0) {
      info.both += w * s;
      info.log_slope += w * s * s;
    }
  }
  return info;
}

ItemCovariance inverse(const Information& info, bool slope) {
  if (!slope) return {.easiness = 1.0 / info.easiness};
  const double determinant = info.easiness * info.log_slope - info.both * info.both;
  return {.easiness = info.log_slope / determinant,
          .both = -info.both / determinant,
          .log_slope = info.easiness / determinant};
}

}  // namespace

CurveScore item_objective(const NodeCounts& counts, const ItemPrior& prior,
                          const ItemCurve& curve) {
  CurveScore total;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    if (counts.asked[q] <= 0.0) continue;
    for (const bool correct : {true, false}) {
      const double weight = correct ? counts.right[q] : counts.asked[q] - counts.right[q];
      const CurveScore one = score_of(curve, ability_grid().at[q], correct);
      total.log_p += weight * one.log_p;
      total.by_easiness += weight * one.by_easiness;
      total.by_log_slope += weight * one.by_log_slope;
    }
  }
  const double e = (curve.easiness - prior.easiness) / prior.easiness_sd;
  total.log_p -= 0.5 * e * e;
  total.by_easiness -= e / prior.easiness_sd;
  if (prior.slope_sd == 0.0) {
    total.by_log_slope = 0.0;
    return total;
  }
  const double s = (std::log(curve.slope) - prior.log_slope) / prior.slope_sd;
  total.log_p -= 0.5 * s * s;
  total.by_log_slope -= s / prior.slope_sd;
  return total;
}

FittedItem fit_item(const NodeCounts& counts, const ItemPrior& prior, const ItemCurve& start) {
  const bool slope = prior.slope_sd > 0.0;
  ItemCurve curve = start;
  CurveScore here = item_objective(counts, prior, curve);
  for (int step = 0; step < kNewtonSteps; ++step) {
    const ItemCovariance inv = inverse(information_of(counts, prior, curve), slope);
    double by_e = inv.easiness * here.by_easiness + inv.both * here.by_log_slope;
    double by_s = inv.both * here.by_easiness + inv.log_slope * here.by_log_slope;
    if (std::abs(by_e) + std::abs(by_s) < kSmallStep) break;
    bool gained = false;
    for (int half = 0; half < 10 && !gained; ++half, by_e *= 0.5, by_s *= 0.5) {
      ItemCurve next = curve;
      next.easiness += by_e;
      next.slope *= std::exp(std::clamp(by_s, -1.0, 1.0));
      const CurveScore there = item_objective(counts, prior, next);
      if (!(there.log_p >= here.log_p)) continue;
      curve = next;
      here = there;
      gained = true;
    }
    if (!gained) break;
  }
  return {.curve = curve, .covariance = inverse(information_of(counts, prior, curve), slope)};
}

double fit_common_slope(std::span<const NodeCounts> counts, std::span<const IrtItem> items) {
  double score = 0.0;
  double info = 1.0;  // a unit normal prior on the log keeps an uninformative bank at slope 1
  for (std::size_t i = 0; i < items.size(); ++i) {
    const ItemCurve& curve = items[i].curve;
    for (std::size_t q = 0; q < kAbilityNodes; ++q) {
      if (counts[i].asked[q] <= 0.0) continue;
      const double ability = ability_grid().at[q];
      const CurveScore right = score_of(curve, ability, true);
      const CurveScore wrong = score_of(curve, ability, false);
      score += counts[i].right[q] * right.by_log_slope +
               (counts[i].asked[q] - counts[i].right[q]) * wrong.by_log_slope;
      info += counts[i].asked[q] * curve.information(ability) * ability * ability;
    }
  }
  const double now = std::log(items.front().curve.slope);
  return now + std::clamp((score - now) / info, -0.5, 0.5);
}

void LostInformation::add(const ItemCurve& curve, bool correct, const AbilityWeights& weights) {
  double mean_e = 0.0;
  double mean_s = 0.0;
  Information square;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    const CurveScore score = score_of(curve, ability_grid().at[q], correct);
    mean_e += weights[q] * score.by_easiness;
    mean_s += weights[q] * score.by_log_slope;
    square.easiness += weights[q] * score.by_easiness * score.by_easiness;
    square.both += weights[q] * score.by_easiness * score.by_log_slope;
    square.log_slope += weights[q] * score.by_log_slope * score.by_log_slope;
  }
  easiness += square.easiness - mean_e * mean_e;
  both += square.both - mean_e * mean_s;
  log_slope += square.log_slope - mean_s * mean_s;
}

ItemCovariance item_covariance(const NodeCounts& counts, const ItemPrior& prior,
                               const ItemCurve& curve, const LostInformation& lost) {
  const bool slope = prior.slope_sd > 0.0;
  const Information complete = information_of(counts, prior, curve);
  const Information seen{.easiness = complete.easiness - lost.easiness,
                         .both = complete.both - lost.both,
                         .log_slope = complete.log_slope - lost.log_slope};
  const bool positive = seen.easiness > 0.0 &&
                        (!slope || seen.easiness * seen.log_slope - seen.both * seen.both > 0.0);
  return inverse(positive ? seen : complete, slope);
}

}  // namespace meno

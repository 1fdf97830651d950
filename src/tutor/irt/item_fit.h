// One item's part of calibration: given how often students of each ability were asked and right,
// the most probable curve and how sure it is.
#pragma once

#include <array>
#include <span>

#include "tutor/irt/ability_grid.h"
#include "tutor/irt/irt_bank.h"
#include "tutor/irt/item_curve.h"

namespace meno {

/// Expected numbers of students at each node.
struct NodeCounts {
  std::array<double, kAbilityNodes> asked{};
  std::array<double, kAbilityNodes> right{};
};

/// Normal in easiness and log slope; slope_sd 0 fixes the slope at the curve's.
struct ItemPrior {
  double easiness = 0.0;
  double easiness_sd = 1.0;
  double log_slope = 0.0;
  double slope_sd = 0.3;
};

/// Of (easiness, log slope).
struct ItemCovariance {
  double easiness = 0.0;
  double both = 0.0;
  double log_slope = 0.0;
};

struct FittedItem {
  ItemCurve curve;
  ItemCovariance covariance;  // inverse of the complete information and the prior's precision
};

/// log posterior (up to a constant) of a curve, with its gradient in (easiness, log slope).
CurveScore item_objective(const NodeCounts& counts, const ItemPrior& prior, const ItemCurve& curve);

/// Newton steps by Fisher scoring from `start`, halved until they gain.
FittedItem fit_item(const NodeCounts& counts, const ItemPrior& prior, const ItemCurve& start);

/// The one log slope that suits all items best, one scoring step from the present one.
double fit_common_slope(std::span<const NodeCounts> counts, std::span<const IrtItem> items);

/// Information lost because abilities are not observed: the posterior covariance of the score.
struct LostInformation {
  double easiness = 0.0;
  double both = 0.0;
  double log_slope = 0.0;

  /// Adds one student's answer, ability weighted by `weights`.
  void add(const ItemCurve& curve, bool correct, const AbilityWeights& weights);
};

/// Inverse of complete information less `lost` plus the prior's precision. Where that is not
/// positive (few answers), without the loss.
ItemCovariance item_covariance(const NodeCounts& counts, const ItemPrior& prior,
                               const ItemCurve& curve, const LostInformation& lost);

}  // namespace meno

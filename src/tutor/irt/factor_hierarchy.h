// FactorHierarchy: normal priors item -> group -> bank over (easiness, loading), one column at a
// time, with means and spreads estimated from the items (empirical Bayes).
#pragma once

#include <span>
#include <vector>

#include "core/rng.h"
#include "tutor/irt/answer_sheet.h"

namespace meno {

/// Independent normals.
struct NormalVector {
  std::vector<double> mean;
  std::vector<double> variance;
};

class FactorHierarchy {
 public:
  /// Columns: easiness, then R loadings.
  FactorHierarchy(ItemGroups groups, std::size_t columns);

  /// Easiness 0, first loading 1, others 0, and the groups' loadings scattered by `spread`, since
  /// dimensions that start alike stay alike.
  void start(double spread, Rng& rng);
  /// What is known of an item without its answers.
  NormalVector prior_of(std::size_t item) const;
  /// One step of EM. Items never answered say nothing. Both spans are [items].
  void update(std::span<const NormalVector> items, std::span<const double> answered);

 private:
  void update_column(std::size_t column, std::span<const NormalVector> items,
                     std::span<const double> answered);

  ItemGroups groups_;
  std::size_t columns_;
  std::vector<std::vector<double>> group_;  // [columns][groups]
  std::vector<double> bank_;                // [columns]
  std::vector<double> item_variance_;
  std::vector<double> group_variance_;
};

}  // namespace meno

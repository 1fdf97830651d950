#include "tutor/irt/factor_hierarchy.h"

#include <algorithm>
#include <utility>

namespace meno {
namespace {

/// Below this a spread would freeze its items for good.
constexpr double kLeastVariance = 1e-4;

}  // namespace

FactorHierarchy::FactorHierarchy(ItemGroups groups, std::size_t columns)
    : groups_(std::move(groups)), columns_(columns) {}

void FactorHierarchy::start(double spread, Rng& rng) {
  bank_.assign(columns_, 0.0);
  bank_[1] = 1.0;
  item_variance_.assign(columns_, spread * spread);
  group_variance_.assign(columns_, spread * spread);
  item_variance_[0] = 1.0;
  group_variance_[0] = 1.0;
  group_.assign(columns_, std::vector<double>(groups_.count, 0.0));
  for (std::size_t c = 1; c < columns_; ++c)
    for (double& mean : group_[c]) mean = bank_[c] + spread * rng.normal();
}

NormalVector FactorHierarchy::prior_of(std::size_t item) const {
  NormalVector prior;
  for (std::size_t c = 0; c < columns_; ++c) {
    prior.mean.push_back(group_[c][groups_.of_item[item]]);
    prior.variance.push_back(item_variance_[c]);
  }
  return prior;
}

void FactorHierarchy::update(std::span<const NormalVector> items,
                             std::span<const double> answered) {
  for (std::size_t c = 0; c < columns_; ++c) update_column(c, items, answered);
}

void FactorHierarchy::update_column(std::size_t column, std::span<const NormalVector> items,
                                    std::span<const double> answered) {
  std::vector<double>& group = group_[column];
  std::vector<double> sum(groups_.count, 0.0);
  std::vector<double> size(groups_.count, 0.0);
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (answered[i] == 0.0) continue;
    sum[groups_.of_item[i]] += items[i].mean[column];
    size[groups_.of_item[i]] += 1.0;
  }
  std::vector<double> variance(groups_.count, 0.0);
  double mean = 0.0;
  double seen = 0.0;
  for (std::size_t g = 0; g < groups_.count; ++g) {
    const double precision = size[g] / item_variance_[column] + 1.0 / group_variance_[column];
    variance[g] = 1.0 / precision;
    group[g] =
        (sum[g] / item_variance_[column] + bank_[column] / group_variance_[column]) / precision;
    if (size[g] == 0.0) continue;
    mean += group[g];
    seen += 1.0;
  }
  // Dimensions beyond the first are only distinguished by scattering about 0.
  if (column < 2) bank_[column] = mean / seen;
  double between = 0.0;
  for (std::size_t g = 0; g < groups_.count; ++g) {
    const double d = group[g] - bank_[column];
    if (size[g] > 0.0) between += d * d + variance[g];
  }
  double within = 0.0;
  double count = 0.0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (answered[i] == 0.0) continue;
    const std::uint32_t g = groups_.of_item[i];
    const double d = items[i].mean[column] - group[g];
    within += d * d + items[i].variance[column] + variance[g];
    count += 1.0;
  }
  group_variance_[column] = std::max(between / seen, kLeastVariance);
  item_variance_[column] = std::max(within / count, kLeastVariance);
}

}  // namespace meno

#include "tutor/adaptive_test/factor_state.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

double uncertainty(const NormalLogit& logit) {
  // sigmoid of the mean shrunk by the spread (MacKay 1992): close enough for a weight
  const double shrunk = logit.mean / std::sqrt(1.0 + 0.392699 * logit.variance);
  const double p = 1.0 / (1.0 + std::exp(-shrunk));
  return p * (1.0 - p);
}

}  // namespace

FactorState::FactorState(const FactorBank& bank, std::span<const ItemId> items, Cohort cohort)
    : bank_(bank),
      layout_(bank, items),
      items_(items.begin(), items.end()),
      cohort_(cohort),
      taker_sum_(layout_.size(), 0.0),
      taker_count_(layout_.size(), 0.0),
      direction_(bank.general, 0.0),
      mean_(layout_.size(), 0.0),
      covariance_(layout_.size()) {
  std::sort(items_.begin(), items_.end());
  for (std::size_t k = 0; k < layout_.size(); ++k) covariance_.at(k, k) = 1.0;
  double length = 0.0;
  for (const ItemId item : items_) {
    rows_.push_back(row_of(item));
    for (std::size_t k = 0; k < direction_.size(); ++k)
      direction_[k] += rows_.back().item->loading[k];
  }
  if (cohort == Cohort::Bank)
    for (const Row& row : rows_) add_taker(row, taker_sum_, taker_count_);
  for (const double part : direction_) length += part * part;
  for (double& part : direction_) part /= std::sqrt(std::max(length, 1e-12));
}

FactorState::Row FactorState::row_of(ItemId item) const {
  return {.item = &bank_.items[item.value], .terms = layout_.terms(bank_, item)};
}

double FactorState::dot(const Row& row, std::span<const double> vector) const {
  double sum = 0.0;
  for (std::size_t k = 0; k < bank_.general; ++k) sum += row.item->loading[k] * vector[k];
  for (const SkillTerm& term : row.terms) sum += term.weight * vector[term.at];
  return sum;
}

double FactorState::mean_of(const Row& row) const { return row.item->easiness + dot(row, mean_); }

std::vector<double> FactorState::spread_of(const Row& row) const {
  std::vector<double> spread(layout_.size());
  for (std::size_t a = 0; a < spread.size(); ++a)
    spread[a] = dot(row, std::span(covariance_.cells).subspan(a * spread.size(), spread.size()));
  return spread;
}

double FactorState::quadratic(const Row& row, const SmallMatrix& matrix) const {
  double sum = 0.0;
  const auto line = [&](std::size_t a) {
    return dot(row, std::span(matrix.cells).subspan(a * matrix.size, matrix.size));
  };
  for (std::size_t k = 0; k < bank_.general; ++k) sum += row.item->loading[k] * line(k);
  for (const SkillTerm& term : row.terms) sum += term.weight * line(term.at);
  return sum;
}

void FactorState::add_taker(const Row& row, std::vector<double>& sum,
                            std::vector<double>& count) const {
  const std::vector<double>& taker = row.item->taker;
  for (std::size_t k = 0; k < bank_.general; ++k) {
    sum[k] += taker[k];
    count[k] += 1.0;
  }
  if (row.terms.size() + bank_.general != taker.size()) return;  // some skills are not ours
  for (std::size_t k = 0; k < row.terms.size(); ++k) {
    sum[row.terms[k].at] += taker[bank_.general + k];
    count[row.terms[k].at] += 1.0;
  }
}

std::vector<double> FactorState::prior_mean(const Row& row) const {
  if (cohort_ == Cohort::None) return std::vector<double>(layout_.size(), 0.0);
  std::vector<double> mean = taker_sum_;
  std::vector<double> count = taker_count_;
  if (cohort_ == Cohort::Asked) add_taker(row, mean, count);
  for (std::size_t k = 0; k < mean.size(); ++k) mean[k] /= std::max(count[k], 1.0);
  return mean;
}

double FactorState::shift_of(std::span<const double> spread, std::span<const double> prior) const {
  double shift = 0.0;
  for (std::size_t k = 0; k < prior.size(); ++k) shift += spread[k] * prior[k];
  return shift;
}

NormalLogit FactorState::logit(ItemId item) const {
  const Row row = row_of(item);
  return {
      .mean = mean_of(row) + shift_of(spread_of(row), prior_mean(row)),
      .variance = quadratic(row, covariance_) + row.item->variance + layout_.outside(bank_, item)};
}

void FactorState::observe(ItemId item, bool correct) {
  const Row row = row_of(item);
  const std::vector<double> spread = spread_of(row);
  const NormalLogit before = logit(item);
  const NormalLogit after = after_answer(before, correct);
  const double shift = (after.mean - before.mean) / before.variance;
  const double shrink = (before.variance - after.variance) / (before.variance * before.variance);
  // mean_ is what the mean would be under a prior mean of 0; the prior's own part is spread, in
  // `covariance`, over what is still uncertain. Both move by the same answer.
  const double prior = shift_of(spread, prior_mean(row));
  for (std::size_t a = 0; a < spread.size(); ++a) {
    mean_[a] += spread[a] * (shift + shrink * prior);
    for (std::size_t b = 0; b < spread.size(); ++b)
      covariance_.at(a, b) -= spread[a] * spread[b] * shrink;
  }
  if (cohort_ == Cohort::Asked) add_taker(row, taker_sum_, taker_count_);
}

SmallMatrix FactorState::aim() const {
  SmallMatrix matrix(layout_.size());
  std::vector<SkillTerm> all;
  for (const Row& row : rows_) {
    const double weight = uncertainty(
        {.mean = mean_of(row), .variance = quadratic(row, covariance_) + row.item->variance});
    all.clear();
    for (std::size_t k = 0; k < bank_.general; ++k)
      all.push_back({static_cast<std::uint32_t>(k), row.item->loading[k]});
    all.insert(all.end(), row.terms.begin(), row.terms.end());
    for (const SkillTerm& a : all)
      for (const SkillTerm& b : all) matrix.at(a.at, b.at) += weight * a.weight * b.weight;
  }
  return matrix;
}

void FactorState::expected_gain(std::span<const ItemId> candidates, std::span<double> gain) const {
  // row' C A C row, A the aim: products of [size] square matrices, once per step
  const SmallMatrix a = aim();
  const std::size_t n = layout_.size();
  SmallMatrix half(n);
  SmallMatrix whole(n);
  const auto multiply = [n](const SmallMatrix& x, const SmallMatrix& y, SmallMatrix& out) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t k = 0; k < n; ++k) {
        const double factor = x.at(i, k);
        if (factor == 0.0) continue;
        for (std::size_t j = 0; j < n; ++j) out.at(i, j) += factor * y.at(k, j);
      }
    }
  };
  multiply(covariance_, a, half);
  multiply(half, covariance_, whole);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Row row = row_of(candidates[c]);
    const NormalLogit z{.mean = mean_of(row),
                        .variance = quadratic(row, covariance_) + row.item->variance};
    const double t = uncertainty(z);
    gain[c] = 0.5 * quadratic(row, whole) * t / (1.0 + t * z.variance);
  }
}

AbilityEstimate FactorState::ability() const {
  double mean = 0.0;
  double variance = 0.0;
  for (std::size_t a = 0; a < direction_.size(); ++a) {
    mean += direction_[a] * mean_[a];
    for (std::size_t b = 0; b < direction_.size(); ++b)
      variance += direction_[a] * covariance_.at(a, b) * direction_[b];
  }
  return {.mean = mean, .sd = std::sqrt(std::max(variance, 0.0))};
}

}  // namespace meno

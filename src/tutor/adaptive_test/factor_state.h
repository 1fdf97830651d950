// FactorState: what is known of one student's abilities on a FactorBank, moved by each answer.
#pragma once

#include <span>
#include <vector>

#include "tutor/irt/ability_grid.h"
#include "tutor/irt/factor_bank.h"
#include "tutor/irt/factor_layout.h"
#include "tutor/irt/logistic_normal.h"
#include "tutor/irt/small_matrix.h"

namespace meno {

/// Whose ability is expected of a student before he answers: the bank's average; or that of those
/// who answered the same items as he is asked (and the one foreseen); or of those who answered the
/// items the test is about. Items are not given to students at random, and easiness is net of who
/// answered.
enum class Cohort { None, Asked, Bank };

/// Normal over R general abilities and the skills of `items`. Not thread-safe. `bank` must outlive
/// it.
class FactorState {
 public:
  /// Nothing known: independent standard normals. `items` are what the test is about.
  FactorState(const FactorBank& bank, std::span<const ItemId> items, Cohort cohort);

  /// Projects the answer's posterior onto a normal. Source: Opper 1998 (assumed density
  /// filtering), exact in the mean and covariance of each single answer.
  void observe(ItemId item, bool correct);
  /// The logit of an answer to any item of the course, with all that is not known of it.
  NormalLogit logit(ItemId item) const;
  /// See make_expected_loss. Both spans are [C].
  void expected_gain(std::span<const ItemId> candidates, std::span<double> gain) const;
  /// Along the bank's mean loading: the ability that most items share.
  AbilityEstimate ability() const;

 private:
  struct Row {
    const FactorItem* item = nullptr;
    std::vector<SkillTerm> terms;
  };

  Row row_of(ItemId item) const;
  double mean_of(const Row& row) const;
  /// covariance * row, [size].
  std::vector<double> spread_of(const Row& row) const;
  double dot(const Row& row, std::span<const double> vector) const;
  double quadratic(const Row& row, const SmallMatrix& matrix) const;
  void add_taker(const Row& row, std::vector<double>& sum, std::vector<double>& count) const;
  /// Abilities expected a priori of who answers this item and those asked, [size].
  std::vector<double> prior_mean(const Row& row) const;
  /// What a prior mean adds to a logit whose covariance with the abilities is `spread`.
  double shift_of(std::span<const double> spread, std::span<const double> prior) const;
  /// sum_j p_j (1 - p_j) row_j row_j' over the items of the test.
  SmallMatrix aim() const;

  const FactorBank& bank_;
  FactorLayout layout_;
  std::vector<ItemId> items_;
  std::vector<Row> rows_;  // of items_
  Cohort cohort_;
  std::vector<double> taker_sum_;    // [size] over the items asked, or of the test
  std::vector<double> taker_count_;  // [size] how many of them
  std::vector<double> direction_;    // [R] unit
  std::vector<double> mean_;
  SmallMatrix covariance_;
};

}  // namespace meno

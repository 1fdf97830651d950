#include "tutor/irt/irt_bank.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "tutor/irt/ability_grid.h"
#include "tutor/irt/item_fit.h"

namespace meno {
namespace {

/// One item's log probabilities at the nodes.
struct NodeLogs {
  std::array<double, kAbilityNodes> right{};
  std::array<double, kAbilityNodes> wrong{};
};

NodeLogs logs_of(const ItemCurve& curve) {
  NodeLogs logs;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    const double p = curve.p_correct(ability_grid().at[q]);
    logs.right[q] = std::log(p);
    logs.wrong[q] = std::log1p(-p);
  }
  return logs;
}

class Calibration {
 public:
  Calibration(const Course& course, std::span<const AnswerSheet> sheets, const IrtOptions& options)
      : sheets_(sheets),
        options_(options),
        groups_(item_groups(course)),
        counts_(course.items.size()),
        logs_(course.items.size()) {
    bank_.items.resize(course.items.size());
    for (IrtItem& item : bank_.items) item.curve.guess = options.guess;
    for (const AnswerSheet& sheet : sheets) {
      answers_ += sheet.size();
      for (const SheetAnswer& answer : sheet) ++bank_.items[answer.item.value].answers;
    }
    bank_.prior.group_easiness.assign(groups_.count, 0.0);
    if (!options.slopes) bank_.prior.slope_sd = 0.0;
  }

  IrtBank run() {
    double before = 0.0;
    for (int round = 0; round < options_.rounds && !interrupted(); ++round) {
      const double now = expectation();
      maximisation();
      bank_.rounds = round + 1;
      if (round > 0 && now - before < options_.tolerance * static_cast<double>(answers_)) break;
      before = now;
    }
    standard_errors();
    return std::move(bank_);
  }

 private:
  /// Posterior weights of a student's ability. Returns the log likelihood of the sheet.
  double posterior(const AnswerSheet& sheet, AbilityWeights& weights) const {
    std::array<double, kAbilityNodes> logs = ability_grid().log_prior;
    for (const SheetAnswer& answer : sheet) {
      const NodeLogs& item = logs_[answer.item.value];
      const auto& row = answer.correct ? item.right : item.wrong;
      for (std::size_t q = 0; q < kAbilityNodes; ++q) logs[q] += row[q];
    }
    return normalise(logs, weights);
  }

  double expectation() {
    for (std::size_t i = 0; i < logs_.size(); ++i) logs_[i] = logs_of(bank_.items[i].curve);
    std::fill(counts_.begin(), counts_.end(), NodeCounts{});
    AbilityWeights weights;
    double total = 0.0;
    for (const AnswerSheet& sheet : sheets_) {
      total += posterior(sheet, weights);
      for (const SheetAnswer& answer : sheet) {
        NodeCounts& count = counts_[answer.item.value];
        for (std::size_t q = 0; q < kAbilityNodes; ++q) {
          count.asked[q] += weights[q];
          if (answer.correct) count.right[q] += weights[q];
        }
      }
    }
    bank_.log_likelihood = total;
    return total;
  }

  ItemPrior prior_of(std::size_t item) const {
    const IrtPrior& prior = bank_.prior;
    return {.easiness = prior.group_easiness[groups_.of_item[item]],
            .easiness_sd = prior.item_sd,
            .log_slope = prior.log_slope,
            .slope_sd = prior.slope_sd};
  }

  void maximisation() {
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      IrtItem& item = bank_.items[i];
      const FittedItem fit = fit_item(counts_[i], prior_of(i), item.curve);
      item.curve = fit.curve;
      item.easiness_se = std::sqrt(fit.covariance.easiness);
      item.log_slope_se = std::sqrt(fit.covariance.log_slope);
    }
    if (options_.slopes)
      update_slope_prior();
    else
      update_common_slope();
    update_easiness_prior();
  }

  /// Mean and spread of log slopes over the items with answers; sd is kept from collapsing, since
  /// a MAP estimate of a variance over few items runs to 0.
  void update_slope_prior() {
    double sum = 0.0;
    double count = 0.0;
    for (const IrtItem& item : bank_.items) {
      if (item.answers == 0) continue;
      sum += std::log(item.curve.slope);
      count += 1.0;
    }
    const double mean = sum / count;
    double spread = 0.0;
    for (const IrtItem& item : bank_.items) {
      if (item.answers == 0) continue;
      const double d = std::log(item.curve.slope) - mean;
      spread += d * d + item.log_slope_se * item.log_slope_se;
    }
    bank_.prior.log_slope = mean;
    bank_.prior.slope_sd = std::sqrt(std::max(spread / count, 0.01));
  }

  void update_common_slope() {
    bank_.prior.log_slope = fit_common_slope(counts_, bank_.items);
    for (IrtItem& item : bank_.items) item.curve.slope = std::exp(bank_.prior.log_slope);
  }

  /// One step of EM for the normal hierarchy item -> group -> bank.
  void update_easiness_prior() {
    IrtPrior& prior = bank_.prior;
    std::vector<double> sum(groups_.count, 0.0);
    std::vector<double> size(groups_.count, 0.0);
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      if (bank_.items[i].answers == 0) continue;
      sum[groups_.of_item[i]] += bank_.items[i].curve.easiness;
      size[groups_.of_item[i]] += 1.0;
    }
    const double item_precision = 1.0 / (prior.item_sd * prior.item_sd);
    const double group_precision = 1.0 / (prior.group_sd * prior.group_sd);
    std::vector<double> variance(groups_.count);
    double mean = 0.0;
    double seen = 0.0;
    for (std::size_t g = 0; g < groups_.count; ++g) {
      variance[g] = 1.0 / (size[g] * item_precision + group_precision);
      prior.group_easiness[g] =
          variance[g] * (sum[g] * item_precision + prior.easiness * group_precision);
      if (size[g] == 0.0) continue;
      mean += prior.group_easiness[g];
      seen += 1.0;
    }
    prior.easiness = mean / seen;
    spread_of_easiness(size, variance);
  }

  void spread_of_easiness(std::span<const double> size, std::span<const double> variance) {
    IrtPrior& prior = bank_.prior;
    double groups = 0.0;
    double between = 0.0;
    for (std::size_t g = 0; g < size.size(); ++g) {
      if (size[g] == 0.0) continue;
      const double d = prior.group_easiness[g] - prior.easiness;
      between += d * d + variance[g];
      groups += 1.0;
    }
    double items = 0.0;
    double within = 0.0;
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      const IrtItem& item = bank_.items[i];
      if (item.answers == 0) continue;
      const std::uint32_t g = groups_.of_item[i];
      const double d = item.curve.easiness - prior.group_easiness[g];
      within += d * d + item.easiness_se * item.easiness_se + variance[g];
      items += 1.0;
    }
    prior.group_sd = std::sqrt(std::max(between / groups, 1e-4));
    prior.item_sd = std::sqrt(std::max(within / items, 1e-4));
  }

  /// Observed information of the marginal likelihood: complete information less what is lost by
  /// not knowing the abilities (Louis 1982), item by item, plus the prior's precision.
  void standard_errors() {
    expectation();
    std::vector<LostInformation> lost(bank_.items.size());
    AbilityWeights weights;
    for (const AnswerSheet& sheet : sheets_) {
      posterior(sheet, weights);
      for (const SheetAnswer& answer : sheet) {
        const std::size_t i = answer.item.value;
        lost[i].add(bank_.items[i].curve, answer.correct, weights);
      }
    }
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      IrtItem& item = bank_.items[i];
      const ItemCovariance c = item_covariance(counts_[i], prior_of(i), item.curve, lost[i]);
      item.easiness_se = std::sqrt(c.easiness);
      item.log_slope_se = std::sqrt(c.log_slope);
      // difficulty = -easiness / slope: d/d easiness = -1/slope, d/d log slope = easiness/slope
      const double by_e = -1.0 / item.curve.slope;
      const double by_s = item.curve.easiness / item.curve.slope;
      item.difficulty_se = std::sqrt(by_e * by_e * c.easiness + 2.0 * by_e * by_s * c.both +
                                     by_s * by_s * c.log_slope);
    }
  }

  std::span<const AnswerSheet> sheets_;
  IrtOptions options_;
  ItemGroups groups_;
  std::vector<NodeCounts> counts_;
  std::vector<NodeLogs> logs_;
  IrtBank bank_;
  std::size_t answers_ = 0;
};

}  // namespace

Result<IrtBank> calibrate_irt(const Course& course, std::span<const AnswerSheet> sheets,
                              const IrtOptions& options) {
  MENO_TRY_DONE(check_sheets(course, sheets));
  if (!(options.guess >= 0.0 && options.guess < 1.0))
    return invalid_input(fmt::format("guess {}, expected a number in [0, 1)", options.guess));
  return Calibration(course, sheets, options).run();
}

}  // namespace meno

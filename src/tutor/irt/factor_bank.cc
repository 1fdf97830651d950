#include "tutor/irt/factor_bank.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/rng.h"
#include "tutor/irt/factor_hierarchy.h"
#include "tutor/irt/factor_layout.h"
#include "tutor/irt/small_matrix.h"

namespace meno {
namespace {

/// Skills with fewer students than about this borrow their scale from the others.
constexpr double kScaleShrinkage = 20.0;
constexpr double kTakerShrinkage = 2.0;
constexpr double kFirstScale = 0.5;
constexpr double kFirstLoadingSpread = 0.3;
/// How often bounds and abilities are brought into line per round; the widths are kept between
/// rounds.
constexpr int kInnerRounds = 2;

/// tanh(width / 2) / (2 width): twice the bound's curvature at this width.
double curvature(double width) {
  return width < 1e-4 ? 0.25 : std::tanh(0.5 * width) / (2.0 * width);
}

/// What the answers to one item say of its (easiness, loading): a linear system of [1 + R].
struct ItemSystem {
  SmallMatrix matrix;
  std::vector<double> right;
  std::vector<double> taker;  // sums of abilities, as in FactorItem
};

/// One student during calibration.
struct StudentFit {
  FactorLayout layout;
  std::vector<std::vector<SkillTerm>> terms;  // [answers]
  std::vector<double> width;                  // [answers] of the bound
};

/// A student's abilities: normal.
struct Abilities {
  std::vector<double> mean;
  SmallMatrix covariance;
};

class FactorCalibration {
 public:
  FactorCalibration(const Course& course, std::span<const AnswerSheet> sheets,
                    const FactorOptions& options)
      : sheets_(sheets),
        options_(options),
        general_(static_cast<std::size_t>(options.general)),
        hierarchy_(item_groups(course), general_ + 1) {
    start(course);
    for (const AnswerSheet& sheet : sheets_) students_.push_back(make_student(sheet));
  }

  FactorBank run() {
    for (int round = 0; round < options_.rounds && !interrupted(); ++round) {
      clear();
      for (std::size_t u = 0; u < sheets_.size(); ++u) learn_from(sheets_[u], students_[u]);
      update_takers();
      update_items();
      hierarchy_.update(estimates_, answered());
      update_scales();
    }
    return std::move(bank_);
  }

 private:
  std::span<const double> answered() const { return bank_.answered; }

  void start(const Course& course) {
    const std::size_t items = course.items.size();
    bank_.general = general_;
    bank_.item_skills = course.item_skills;
    bank_.skill_scale.assign(course.skills.size(), options_.skills ? kFirstScale : 0.0);
    bank_.answered.assign(items, 0.0);
    for (const AnswerSheet& sheet : sheets_)
      for (const SheetAnswer& answer : sheet) bank_.answered[answer.item.value] += 1.0;
    Rng rng(options_.seed);
    hierarchy_.start(kFirstLoadingSpread, rng);
    estimates_.resize(items);
    bank_.items.resize(items);
    for (std::size_t i = 0; i < items; ++i) {
      estimates_[i] = hierarchy_.prior_of(i);
      publish(i);
    }
  }

  StudentFit make_student(const AnswerSheet& sheet) const {
    std::vector<ItemId> items;
    for (const SheetAnswer& answer : sheet) items.push_back(answer.item);
    return {.layout = FactorLayout(bank_, items),
            .terms = std::vector<std::vector<SkillTerm>>(sheet.size()),
            .width = std::vector<double>(sheet.size(), 1.0)};
  }

  /// The estimate of item i as others see it.
  void publish(std::size_t i) {
    FactorItem& item = bank_.items[i];
    item.easiness = estimates_[i].mean[0];
    item.variance = estimates_[i].variance[0];
    item.loading.assign(estimates_[i].mean.begin() + 1, estimates_[i].mean.end());
  }

  void clear() {
    systems_.assign(bank_.items.size(),
                    {SmallMatrix(general_ + 1), std::vector<double>(general_ + 1, 0.0), {}});
    for (std::size_t i = 0; i < systems_.size(); ++i)
      systems_[i].taker.assign(general_ + bank_.item_skills[i].size(), 0.0);
    scale_square_.assign(bank_.skill_scale.size(), 0.0);
    scale_count_.assign(bank_.skill_scale.size(), 0.0);
  }

  /// The item's logit as a row over the student's abilities, [size].
  std::vector<double> row_of(ItemId item, const std::vector<SkillTerm>& terms,
                             std::size_t size) const {
    std::vector<double> row(size, 0.0);
    const FactorItem& known = bank_.items[item.value];
    std::copy(known.loading.begin(), known.loading.end(), row.begin());
    for (const SkillTerm& term : terms) row[term.at] = term.weight;
    return row;
  }

  Abilities abilities_of(const AnswerSheet& sheet, const StudentFit& student,
                         const std::vector<std::vector<double>>& rows) const {
    const std::size_t size = student.layout.size();
    SmallMatrix precision(size);
    std::vector<double> right(size, 0.0);
    for (std::size_t k = 0; k < size; ++k) precision.at(k, k) = 1.0;
    for (std::size_t t = 0; t < sheet.size(); ++t) {
      const double curve = curvature(student.width[t]);
      const double pull =
          (sheet[t].correct ? 0.5 : -0.5) - curve * bank_.items[sheet[t].item.value].easiness;
      const std::vector<double>& row = rows[t];
      for (std::size_t a = 0; a < size; ++a) {
        if (row[a] == 0.0) continue;
        right[a] += pull * row[a];
        for (std::size_t b = 0; b <= a; ++b) precision.at(a, b) += curve * row[a] * row[b];
      }
    }
    Abilities abilities{.mean = {}, .covariance = inverse_of(std::move(precision))};
    abilities.mean = product(abilities.covariance, right);
    return abilities;
  }

  void fit_widths(const AnswerSheet& sheet, StudentFit& student, const Abilities& abilities,
                  const std::vector<std::vector<double>>& rows) const {
    for (std::size_t t = 0; t < sheet.size(); ++t) {
      const FactorItem& item = bank_.items[sheet[t].item.value];
      double mean = item.easiness;
      double variance = item.variance;
      for (std::size_t a = 0; a < rows[t].size(); ++a) {
        if (rows[t][a] == 0.0) continue;
        mean += rows[t][a] * abilities.mean[a];
        for (std::size_t b = 0; b < rows[t].size(); ++b)
          variance += rows[t][a] * abilities.covariance.at(a, b) * rows[t][b];
      }
      student.width[t] = std::sqrt(mean * mean + variance);
    }
  }

  void learn_from(const AnswerSheet& sheet, StudentFit& student) {
    std::vector<std::vector<double>> rows;
    for (std::size_t t = 0; t < sheet.size(); ++t) {
      student.terms[t] = student.layout.terms(bank_, sheet[t].item);
      rows.push_back(row_of(sheet[t].item, student.terms[t], student.layout.size()));
    }
    Abilities abilities;
    for (int inner = 0; inner < kInnerRounds; ++inner) {
      abilities = abilities_of(sheet, student, rows);
      fit_widths(sheet, student, abilities, rows);
    }
    for (std::size_t t = 0; t < sheet.size(); ++t)
      add_answer(sheet[t], student.terms[t], curvature(student.width[t]), abilities);
    for (std::size_t k = general_; k < student.layout.size(); ++k) {
      const std::uint32_t skill = student.layout.skill(k).value;
      scale_square_[skill] += abilities.covariance.at(k, k) + abilities.mean[k] * abilities.mean[k];
      scale_count_[skill] += 1.0;
    }
  }

  /// Expected second moments of (1, general) and of those with the skills' part of the logit.
  void add_answer(const SheetAnswer& answer, const std::vector<SkillTerm>& terms, double curve,
                  const Abilities& abilities) {
    ItemSystem& system = systems_[answer.item.value];
    for (std::size_t k = 0; k < general_; ++k) system.taker[k] += abilities.mean[k];
    for (std::size_t k = 0; k < terms.size(); ++k)
      system.taker[general_ + k] += abilities.mean[terms[k].at];
    for (std::size_t a = 0; a <= general_; ++a) {
      const double mean_a = a == 0 ? 1.0 : abilities.mean[a - 1];
      double with_skills = 0.0;
      for (const SkillTerm& term : terms) {
        with_skills += term.weight * mean_a * abilities.mean[term.at];
        if (a > 0) with_skills += term.weight * abilities.covariance.at(a - 1, term.at);
      }
      system.right[a] += (answer.correct ? 0.5 : -0.5) * mean_a - curve * with_skills;
      for (std::size_t b = 0; b <= a; ++b) {
        double moment = mean_a * (b == 0 ? 1.0 : abilities.mean[b - 1]);
        if (b > 0) moment += abilities.covariance.at(a - 1, b - 1);
        system.matrix.at(a, b) += curve * moment;
      }
    }
  }

  void update_takers() {
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      bank_.items[i].taker = systems_[i].taker;
      for (double& mean : bank_.items[i].taker) mean /= bank_.answered[i] + kTakerShrinkage;
    }
  }

  void update_items() {
    for (std::size_t i = 0; i < bank_.items.size(); ++i) {
      const NormalVector prior = hierarchy_.prior_of(i);
      ItemSystem& system = systems_[i];
      for (std::size_t a = 0; a <= general_; ++a) {
        system.matrix.at(a, a) += 1.0 / prior.variance[a];
        system.right[a] += prior.mean[a] / prior.variance[a];
      }
      const SmallMatrix covariance = inverse_of(std::move(system.matrix));
      estimates_[i].mean = product(covariance, system.right);
      for (std::size_t a = 0; a <= general_; ++a) estimates_[i].variance[a] = covariance.at(a, a);
      publish(i);
    }
  }

  /// EM for the variance of a skill's ability, shrunk to that of all skills.
  void update_scales() {
    double square = 0.0;
    double count = 0.0;
    for (std::size_t k = 0; k < scale_count_.size(); ++k) {
      const double variance = bank_.skill_scale[k] * bank_.skill_scale[k];
      square += scale_square_[k] * variance;
      count += scale_count_[k];
    }
    if (count == 0.0 || square == 0.0) return;
    for (std::size_t k = 0; k < scale_count_.size(); ++k) {
      const double variance = bank_.skill_scale[k] * bank_.skill_scale[k];
      bank_.skill_scale[k] =
          std::sqrt((scale_square_[k] * variance + kScaleShrinkage * square / count) /
                    (scale_count_[k] + kScaleShrinkage));
    }
  }

  std::span<const AnswerSheet> sheets_;
  FactorOptions options_;
  std::size_t general_;
  FactorHierarchy hierarchy_;
  FactorBank bank_;
  std::vector<NormalVector> estimates_;  // [items] of (easiness, loading)
  std::vector<StudentFit> students_;
  std::vector<ItemSystem> systems_;
  std::vector<double> scale_square_;
  std::vector<double> scale_count_;
};

}  // namespace

Result<FactorBank> calibrate_factors(const Course& course, std::span<const AnswerSheet> sheets,
                                     const FactorOptions& options) {
  MENO_TRY_DONE(check_sheets(course, sheets));
  if (options.general < 1)
    return invalid_input(fmt::format("{} general abilities, expected at least 1", options.general));
  return FactorCalibration(course, sheets, options).run();
}

}  // namespace meno

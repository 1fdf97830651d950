// FactorBank: items calibrated with several abilities per student: some that all items share and
// one per skill. AnswerSheets -> FactorBank -> FactorState.
//
//   logit p(u, i) = easiness_i + loading_i . general_u + sum_k scale_k skill_uk / sqrt(|skills_i|)
//   general_u ~ N(0, I_R)    skill_uk ~ N(0, 1)
//   (easiness, loading)_i ~ N(group mean, item spread)    group mean ~ N(bank mean, group spread)
// so that abilities on two skills covary as their items' loadings say. Means and spreads are
// estimated from the same answers; a dimension that explains nothing loses its spread.
//
// Fitted by variational EM: the logistic is bounded by a Gaussian whose width follows each answer,
// which makes every step a small linear system.
// Source: Jaakkola & Jordan 2000 (the bound); Bock, Gibbons & Muraki 1988 (full-information item
// factor analysis); Reckase 2009 (multidimensional item response theory). Skills as specific
// factors: Gibbons & Hedeker 1992 (bifactor).
#pragma once

#include <span>
#include <vector>

#include "core/result.h"
#include "tutor/irt/answer_sheet.h"

namespace meno {

struct FactorOptions {
  int general = 3;         // R, abilities shared by all items, >= 1
  int rounds = 60;         // of EM
  bool skills = true;      // one more ability per skill
  std::uint64_t seed = 0;  // of the loadings' start
};

struct FactorItem {
  double easiness = 0.0;
  double variance = 0.0;        // of what is not known of the item's logit, at general ability 0
  std::vector<double> loading;  // [R]
  std::vector<double> taker;    // [R + its skills] mean abilities of those who answered it, shrunk
};

struct FactorBank {
  std::size_t general = 0;                        // R
  std::vector<FactorItem> items;                  // [items] of the course
  std::vector<double> skill_scale;                // [skills]
  std::vector<std::vector<SkillId>> item_skills;  // [items], as in the course
  std::vector<double> answered;                   // [items] how often in the sheets
};

/// Errors: those of check_sheets; InvalidInput for fewer than one general ability.
Result<FactorBank> calibrate_factors(const Course& course, std::span<const AnswerSheet> sheets,
                                     const FactorOptions& options);

}  // namespace meno

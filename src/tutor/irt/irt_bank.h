// IrtBank: items calibrated from sparse answers, with standard errors. AnswerSheets -> IrtBank ->
// adaptive tests.
//
// Marginal maximum a posteriori: abilities are integrated out over the standard normal, items
// shrink towards items of the same skills, those towards the bank, and how strongly is estimated
// from the same answers (empirical Bayes):
//   easiness_i ~ N(m_group(i), s_item^2)   m_group ~ N(m, s_group^2)   log slope_i ~ N(l,
//   s_slope^2)
// Source: Bock & Aitkin 1981 (EM over quadrature nodes); Mislevy 1986 (priors on items); Louis 1982
// (observed information).
#pragma once

#include <span>
#include <vector>

#include "core/result.h"
#include "tutor/irt/answer_sheet.h"
#include "tutor/irt/item_curve.h"

namespace meno {

struct IrtItem {
  ItemCurve curve;
  double easiness_se = 0.0;    // posterior standard deviations: with no answer, those of the prior
  double log_slope_se = 0.0;   // 0 where slopes are fixed
  double difficulty_se = 0.0;  // of -easiness / slope, by the delta method
  std::size_t answers = 0;
};

/// The priors that the answers chose.
struct IrtPrior {
  std::vector<double> group_easiness;  // [groups]
  double easiness = 0.0;
  double item_sd = 1.0;
  double group_sd = 1.0;
  double log_slope = 0.0;
  double slope_sd = 0.3;
};

struct IrtBank {
  std::vector<IrtItem> items;  // [items] of the course
  IrtPrior prior;
  double log_likelihood = 0.0;  // marginal, of the sheets it was calibrated on, nats
  int rounds = 0;
};

struct IrtOptions {
  bool slopes = true;       // false: Rasch with one common slope, estimated
  double guess = 0.0;       // the same for all items, in [0, 1)
  int rounds = 60;          // of EM, at most
  double tolerance = 1e-5;  // stops when the log likelihood per answer gains less
};

/// Errors: those of check_sheets; InvalidInput for a guess outside [0, 1).
Result<IrtBank> calibrate_irt(const Course& course, std::span<const AnswerSheet> sheets,
                              const IrtOptions& options);

}  // namespace meno

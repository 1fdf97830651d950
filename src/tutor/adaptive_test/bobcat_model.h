// The parts of BOBCAT that are learnt, and their gradients. See bobcat.h.
#pragma once

#include <span>
#include <vector>

#include "core/rng.h"
#include "tutor/irt/answer_sheet.h"

namespace meno {

/// One ability, K gradient steps, and how the result moves with what it came from.
struct BilevelIrt {
  std::vector<double> easiness;  // [items]
  double start = 0.0;            // theta_0
  double log_rate = -1.0;
  int steps = 5;

  /// theta_K after these answers.
  double adapted(std::span<const SheetAnswer> answers) const;
};

/// theta_K and its derivatives.
struct AdaptedAbility {
  double value = 0.0;
  double by_start = 1.0;
  double by_log_rate = 0.0;
  std::vector<double> by_easiness;  // [answers]
  /// By the weight of each candidate's answer in the inner loss, 0 where it is not selected, [C].
  std::vector<double> by_weight;
};
AdaptedAbility adapted_with_gradient(const BilevelIrt& model, std::span<const SheetAnswer> answers,
                                     std::span<const SheetAnswer> candidates);

/// Which item to ask, from the answers so far. Rows of items, since a step touches few.
class AskingPolicy {
 public:
  AskingPolicy(std::size_t items, Rng rng);

  /// Scores of the candidates, [C].
  void scores(std::span<const SheetAnswer> answers, std::span<const ItemId> candidates,
              std::span<double> scores) const;
  /// Moves against `by_score` [C], the loss's derivatives by the scores.
  void descend(std::span<const SheetAnswer> answers, std::span<const ItemId> candidates,
               std::span<const double> by_score);

 private:
  std::vector<double> hidden(std::span<const SheetAnswer> answers) const;

  std::vector<double> in_;        // [items, hidden]
  std::vector<double> in_bias_;   // [hidden]
  std::vector<double> out_;       // [items, hidden]
  std::vector<double> out_bias_;  // [items]
  // AdaGrad's sums of squares, one per row (and per bias).
  std::vector<double> in_square_, out_square_, out_bias_square_;
  double in_bias_square_ = 0.0;
};

}  // namespace meno

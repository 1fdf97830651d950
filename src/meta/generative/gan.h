// gan: a decoder plays whole students, a discriminator says answer by answer how real they look,
// and the decoder learns by policy gradient to look real.
//
//   discriminator  min  mean surprise(d(row, y); real or not) + penalty x |slope of d|^2 / 2 on
//   real decoder        max  E [ sum_t d(row_t, y_t) ],  slope E [ sum_t A_t  d/dtheta log p(y_t |
//   row_t, z) ]
//                  A_t = sum_{s >= t} discount^(s - t) d_s, less its mean, over its spread
//
// Answers are discrete, so that no slope passes through them; and they decide which item comes next
// and what all later rows hold. The score function asks for neither slope (Williams 1992); the
// reward d = log D - log(1 - D) and its use step by step are those of adversarial imitation (Ho &
// Ermon 2016, arXiv:1606.03476; Yu et al. 2017, arXiv:1609.05473, for sequences). The penalty is R1
// (Mescheder, Geiger & Nowozin 2018, arXiv:1801.04406). The decoder starts as a maximum likelihood
// fit, which a share `anchor` of each step goes on with against collapse.
#pragma once

#include "meta/generative/decoder.h"
#include "meta/generative/generator.h"

namespace meno {

/// How real an answer looks: log odds. Thread-safe.
class Discriminator {
 public:
  explicit Discriminator(std::size_t hidden);

  const ParamLayout& layout() const { return layout_; }
  /// d of every answer, [T].
  std::vector<double> log_odds(ParamView phi, const EncodedStudent& student) const;
  /// Sum over the student's answers of surprise and, where real, penalty; adds its gradient to
  /// `grad` [P].
  double loss(ParamView phi, const EncodedStudent& student, bool real, double penalty,
              std::span<double> grad) const;

 private:
  Perceptron net_;
  ParamLayout layout_;
};

/// sum_{s >= t} discount^(s - t) reward_s, [T].
std::vector<double> returns_to_go(std::span<const double> reward, double discount);

/// Options: latent, hidden, steps (of likelihood), passes, rounds (of the game), students (of a
/// round), rate, game_rate, penalty, discount, anchor, leave (ItemWalk's p_leave).
Result<std::unique_ptr<const StudentGenerator>> fit_gan(const Options& options,
                                                        const GenerativeCohort& cohort);

}  // namespace meno

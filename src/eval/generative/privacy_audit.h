// Privacy audit: do made-up students give away whom they were made from?
#pragma once

#include <cstdint>
#include <vector>

#include "core/rng.h"
#include "domain/sequence.h"
#include "eval/bootstrap.h"

namespace meno {

/// A history as the set of what was answered and how: one number per (item, how often before,
/// right), ascending.
std::vector<std::uint64_t> answer_set(const Sequence& student);

/// 1 - shared answers / all answers of both, in [0, 1] (Jaccard); 0: the same answers.
double distance(const std::vector<std::uint64_t>& a, const std::vector<std::uint64_t>& b);

struct PrivacyAudit {
  /// Of made-up students, how many are closer to their nearest training student than to their
  /// nearest held-out one; ties count half. Equally many of both are there, so 0.5 says that
  /// nothing is given away.
  double closer_to_train = 0.5;
  Interval closer_interval = {};  // over made-up students
  /// Share of made-up students who answered exactly as some training student did, and of held-out
  /// students who did: short histories coincide.
  double exact_copies = 0.0;
  double exact_by_chance = 0.0;
  /// Mean distance of a made-up student to the nearest of either.
  double to_train = 0.0;
  double to_held_out = 0.0;
  /// AUC of telling training from held-out students by how near the nearest made-up student is: a
  /// membership inference attack by someone who holds the made-up data.
  double membership_auc = 0.5;
  Interval membership_interval = {};  // over real students
  double membership_p_value = 1.0;    // of so high an AUC if it did not matter
};

/// Real students are cut to equal numbers at random. Sources: nearest neighbours as Platzer &
/// Reutterer 2021, Frontiers in Big Data 4; attack by distance as Chen et al. 2020,
/// arXiv:1909.03935 (GAN-Leaks, generator as a black box). None of the lists is empty.
PrivacyAudit audit_privacy(const std::vector<Sequence>& training,
                           const std::vector<Sequence>& held_out,
                           const std::vector<Sequence>& synthetic, std::uint64_t seed);

}  // namespace meno

// Tests on a bank with several abilities: the student is a normal over general abilities and the
// bank's skills, moved by each answer (assumed density filtering), and two rules.
#pragma once

#include <memory>

#include "tutor/adaptive_test/registry.h"

namespace meno {

/// Any item: shows what the response model alone is worth.
std::unique_ptr<TestMethod> make_random_factors(const Calibrated& calibrated);

/// The item that most lowers the expected log loss on the items the test is about:
///   worth(i) = sum_j p_j (1 - p_j) cov(z_i, z_j)^2 / 2 * t_i / (1 + t_i var z_i),  t = p (1 - p)
/// where z are logits under what is known so far: half the variance of a logit, times p (1 - p), is
/// the second-order loss of not knowing it, and t_i / (1 + t_i var) is what one logistic answer
/// takes off. Ours; in kind a Bayesian A-optimal design (Chaloner & Verdinelli 1995) with the
/// predictions as its aim.
std::unique_ptr<TestMethod> make_expected_loss(const Calibrated& calibrated);
/// The same, which expects of a student what those could who answered the items the test is about:
/// a test for one class knows its class. Under BOBCAT's protocol that uses which items a student
/// answered elsewhere, so it is reported apart.
std::unique_ptr<TestMethod> make_expected_loss_bank(const Calibrated& calibrated);

}  // namespace meno

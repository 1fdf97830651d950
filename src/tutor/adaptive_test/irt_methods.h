// Tests on a unidimensional bank: the ability's posterior on a grid, and three rules.
#pragma once

#include <memory>

#include "tutor/adaptive_test/registry.h"

namespace meno {

/// Any item is worth the same.
std::unique_ptr<TestMethod> make_random(const Calibrated& calibrated);
/// Fisher information at the posterior mean. Source: Lord 1980, maximum information.
std::unique_ptr<TestMethod> make_fisher(const Calibrated& calibrated);
/// Kullback-Leibler information between the mean and every ability, weighted by the posterior.
/// Source: Chang & Ying 1996, in the posterior-weighted form of van der Linden 1998.
std::unique_ptr<TestMethod> make_kl(const Calibrated& calibrated);

}  // namespace meno

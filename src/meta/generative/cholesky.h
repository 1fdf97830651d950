// Small symmetric positive definite matrices, row-major: a few latent factors, a few weights.
#pragma once

#include <span>
#include <vector>

namespace meno {

/// L with L L' = A [n, n], lower triangle. A must be positive definite.
std::vector<double> cholesky(std::vector<double> a, std::size_t n);

/// x with A x = b [n].
std::vector<double> solved(const std::vector<double>& a, std::vector<double> b);

}  // namespace meno

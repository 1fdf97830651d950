#include "meta/generative/cholesky.h"

#include <cmath>

#include "core/check.h"

namespace meno {

std::vector<double> cholesky(std::vector<double> a, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double& entry = a[i * n + j];
      for (std::size_t k = 0; k < j; ++k) entry -= a[i * n + k] * a[j * n + k];
      MENO_CHECK(i > j || entry > 0.0, "a matrix is not positive definite");
      entry = i == j ? std::sqrt(entry) : entry / a[j * n + j];
    }
    for (std::size_t j = i + 1; j < n; ++j) a[i * n + j] = 0.0;
  }
  return a;
}

std::vector<double> solved(const std::vector<double>& a, std::vector<double> b) {
  const std::size_t n = b.size();
  const std::vector<double> l = cholesky(a, n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < i; ++k) b[i] -= l[i * n + k] * b[k];
    b[i] /= l[i * n + i];
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) b[i] -= l[k * n + i] * b[k];
    b[i] /= l[i * n + i];
  }
  return b;
}

}  // namespace meno

#include "tutor/irt/small_matrix.h"

#include <cmath>

#include "core/check.h"

namespace meno {
namespace {

/// Lower Cholesky factor in place.
void factorise(SmallMatrix& m) {
  for (std::size_t j = 0; j < m.size; ++j) {
    double diagonal = m.at(j, j);
    for (std::size_t k = 0; k < j; ++k) diagonal -= m.at(j, k) * m.at(j, k);
    MENO_CHECK(diagonal > 0.0, "a matrix to be inverted is not positive definite");
    m.at(j, j) = std::sqrt(diagonal);
    for (std::size_t i = j + 1; i < m.size; ++i) {
      double cell = m.at(i, j);
      for (std::size_t k = 0; k < j; ++k) cell -= m.at(i, k) * m.at(j, k);
      m.at(i, j) = cell / m.at(j, j);
    }
  }
}

/// Inverse of a lower triangular matrix, in place.
void invert_lower(SmallMatrix& m) {
  for (std::size_t j = 0; j < m.size; ++j) {
    m.at(j, j) = 1.0 / m.at(j, j);
    for (std::size_t i = j + 1; i < m.size; ++i) {
      double cell = 0.0;
      for (std::size_t k = j; k < i; ++k) cell -= m.at(i, k) * m.at(k, j);
      m.at(i, j) = cell / m.at(i, i);
    }
  }
}

}  // namespace

SmallMatrix inverse_of(SmallMatrix matrix) {
  factorise(matrix);
  invert_lower(matrix);
  SmallMatrix inverse(matrix.size);
  for (std::size_t i = 0; i < matrix.size; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      double cell = 0.0;
      for (std::size_t k = i; k < matrix.size; ++k) cell += matrix.at(k, i) * matrix.at(k, j);
      inverse.at(i, j) = cell;
      inverse.at(j, i) = cell;
    }
  }
  return inverse;
}

std::vector<double> product(const SmallMatrix& matrix, std::span<const double> vector) {
  std::vector<double> result(matrix.size, 0.0);
  for (std::size_t i = 0; i < matrix.size; ++i)
    for (std::size_t j = 0; j < matrix.size; ++j) result[i] += matrix.at(i, j) * vector[j];
  return result;
}

}  // namespace meno

// SmallMatrix: symmetric systems of a few dozen unknowns, which is all that calibration solves.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace meno {

/// Row-major square matrix.
struct SmallMatrix {
  std::size_t size = 0;
  std::vector<double> cells;

  explicit SmallMatrix(std::size_t n = 0) : size(n), cells(n * n, 0.0) {}
  double& at(std::size_t row, std::size_t column) { return cells[row * size + column]; }
  double at(std::size_t row, std::size_t column) const { return cells[row * size + column]; }
};

/// The inverse of a symmetric positive definite matrix, of which only the lower half is read. A
/// matrix that is not is a Bug.
SmallMatrix inverse_of(SmallMatrix matrix);

/// matrix * vector.
std::vector<double> product(const SmallMatrix& matrix, std::span<const double> vector);

}  // namespace meno

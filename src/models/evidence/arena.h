// Arena: scratch matrices of one pass, taken from one block per thread that is kept between passes.
#pragma once

#include <cstddef>
#include <deque>
#include <vector>

#include <Eigen/Core>

namespace meno::evidence {

template <class S>
using Matrix = Eigen::Matrix<S, Eigen::Dynamic, Eigen::Dynamic>;
template <class S>
using MatrixMap = Eigen::Map<Matrix<S>>;

/// Begins at a multiple of a vector register wherever it lies, so that a sum over a stretch of it
/// adds in the same order every time.
template <class S>
using Aligned = std::vector<S, Eigen::aligned_allocator<S>>;

/// Hands out matrices until reset(). Blocks stay where they are, so maps stay valid; each matrix
/// begins at a multiple of a vector register, so that a sum adds in the same order every time. Not
/// thread-safe: one per thread.
template <class S>
class Arena {
 public:
  void reset() {
    block_ = 0;
    used_ = 0;
  }

  /// An uninitialised rows x columns matrix.
  MatrixMap<S> take(std::size_t rows, std::size_t columns) {
    constexpr std::size_t kAlign = 16;
    const std::size_t need = (rows * columns + kAlign - 1) / kAlign * kAlign;
    while (block_ < blocks_.size() && used_ + need > blocks_[block_].size()) {
      ++block_;
      used_ = 0;
    }
    if (block_ == blocks_.size()) blocks_.emplace_back(need > kBlock ? need : kBlock);
    S* const data = blocks_[block_].data() + used_;
    used_ += need;
    return {data, static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(columns)};
  }

 private:
  static constexpr std::size_t kBlock = std::size_t{1} << 18U;
  std::deque<Aligned<S>> blocks_;
  std::size_t block_ = 0;
  std::size_t used_ = 0;
};

}  // namespace meno::evidence

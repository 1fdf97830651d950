// Ranks: the processes that train one model together, as `mpirun -n N meno train ...` starts them.
// Work is dealt by rank; sums are taken in the order of ranks, so that a result depends on how many
// there are and never on timing.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "core/result.h"

namespace meno {

/// One process's place among all. Every rank makes the same calls in the same order; a rank that
/// fails calls end() instead of its next gather(). Not thread-safe.
class Ranks {
 public:
  virtual ~Ranks() = default;
  /// In [0, size()). Rank 0 alone writes files and speaks.
  virtual std::size_t rank() const = 0;
  virtual std::size_t size() const = 0;

  /// What every rank gives, [size() * mine.size()], in the order of ranks. `mine` is at most 16
  /// numbers, as many on every rank. Errors: Unavailable when a rank has failed.
  virtual Result<std::vector<double>> gather(std::span<const double> mine) = 0;

  /// values[i] becomes the sum over ranks r, in their order, of scales[r] * values[i] of r: the
  /// same bytes on every rank. `scales` [size()] and values.size() are alike on all.
  virtual void add_up(std::span<const double> scales, std::span<double> values) = 0;

  /// The last call of every rank; `well` says whether it did its work. Returns the rank that tells
  /// people the outcome: 0 when all did well, else the first that did not.
  virtual std::size_t end(bool well) = 0;
};

/// sum[i] += scale * values[i]. The one loop of every sum over parts and ranks, so that they round
/// alike.
void add_scaled(double scale, std::span<const double> values, std::span<double> sum);

/// This process's rank as its launcher's environment says, before anything is started; 0 without.
std::size_t launched_rank();

/// A rank among those that mpirun started; without mpirun, or with one process, a single rank that
/// loads nothing. Errors: Unavailable when MPI cannot be loaded or sees another number of ranks.
Result<std::unique_ptr<Ranks>> join_ranks();

/// The only rank there is.
std::unique_ptr<Ranks> single_rank();

}  // namespace meno

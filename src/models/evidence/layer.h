// Layer: a matrix laid out for multiplying a few vectors at a time, as serving does: the weights of
// one input lie side by side over all outputs, so that every output is a lane of a register and no
// sum crosses lanes. The order of additions is the same whatever else is computed beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include <Eigen/Core>

namespace meno::evidence {

template <class S>
using Aligned = std::vector<S, Eigen::aligned_allocator<S>>;

/// A register of scalars that may lie anywhere in memory.
template <class S>
struct Lanes;
template <>
struct Lanes<float> {
  typedef float Type  // NOLINT(modernize-use-using): GCC drops the attributes from an alias
      __attribute__((vector_size(32), aligned(4), may_alias));
};
template <>
struct Lanes<double> {
  typedef double Type  // NOLINT(modernize-use-using)
      __attribute__((vector_size(32), aligned(8), may_alias));
};
template <class S>
inline constexpr std::size_t kLanes = sizeof(typename Lanes<S>::Type) / sizeof(S);

/// `size` rounded up to whole registers.
template <class S>
constexpr std::size_t padded(std::size_t size) {
  return (size + kLanes<S> - 1) / kLanes<S> * kLanes<S>;
}

/// The entries of a vector that count, with their places.
template <class S>
struct Entries {
  std::vector<S> value;
  std::vector<std::uint32_t> place;
  std::size_t size = 0;

  /// All of x.
  void take(std::span<const S> x);
  /// Those of x that a rectifier lets pass.
  void take_positive(std::span<const S> x);
};

template <class S>
class Layer {
 public:
  Layer() = default;
  /// `from` is [inputs, outputs] row-major; keeps the rows of `inputs`, in that order.
  Layer(const S* from, std::size_t outputs, std::span<const std::size_t> inputs);
  /// All of `inputs` rows.
  Layer(const S* from, std::size_t outputs, std::size_t inputs);

  std::size_t width() const { return width_; }
  std::span<const S> row(std::size_t input) const {
    return {rows_.data() + input * width_, width_};
  }
  /// out [width()] += the sum over x of value times the row of its place.
  void add(const Entries<S>& x, S* out) const;
  /// The same of several vectors of all `inputs` at once: the weights are read once for four of
  /// them. x: [inputs] each; out: [width()] each, no two the same.
  void add(std::span<const S* const> x, std::size_t inputs, std::span<S* const> out) const;

 private:
  template <std::size_t Registers>
  void add_registers(const Entries<S>& x, std::size_t from, S* out) const;
  template <std::size_t Vectors>
  void add_vectors(const S* const* x, std::size_t inputs, S* const* out) const;
  template <std::size_t Vectors, std::size_t Registers>
  void add_tile(const S* const* x, std::size_t inputs, std::size_t from, S* const* out) const;

  std::size_t width_ = 0;  // outputs, padded with zeros
  Aligned<S> rows_;        // [inputs, width]
};

/// The sum of products of two vectors of whole registers.
template <class S>
S dot(std::span<const S> a, std::span<const S> b);

extern template struct Entries<float>;
extern template struct Entries<double>;
extern template class Layer<float>;
extern template class Layer<double>;
extern template float dot<float>(std::span<const float>, std::span<const float>);
extern template double dot<double>(std::span<const double>, std::span<const double>);

}  // namespace meno::evidence

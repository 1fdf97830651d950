#include "models/evidence/layer.h"

#include <algorithm>
#include <numeric>

namespace meno::evidence {
namespace {

template <class S>
typename Lanes<S>::Type& at(S* address) {
  return *reinterpret_cast<typename Lanes<S>::Type*>(address);
}
template <class S>
const typename Lanes<S>::Type& at(const S* address) {
  return *reinterpret_cast<const typename Lanes<S>::Type*>(address);
}

std::vector<std::size_t> first(std::size_t count) {
  std::vector<std::size_t> all(count);
  std::iota(all.begin(), all.end(), std::size_t{0});
  return all;
}

}  // namespace

template <class S>
void Entries<S>::take(std::span<const S> x) {
  if (place.size() < x.size()) {
    place.resize(x.size());
    value.resize(x.size());
  }
  size = x.size();
  std::copy(x.begin(), x.end(), value.begin());
  std::iota(place.begin(), place.begin() + static_cast<std::ptrdiff_t>(size), 0U);
}

template <class S>
void Entries<S>::take_positive(std::span<const S> x) {
  if (place.size() < x.size()) {
    place.resize(x.size());
    value.resize(x.size());
  }
  size = 0;
  for (std::size_t k = 0; k < x.size(); ++k) {  // without a branch: half of them pass, at random
    value[size] = x[k];
    place[size] = static_cast<std::uint32_t>(k);
    size += x[k] > S(0) ? 1 : 0;
  }
}

template <class S>
Layer<S>::Layer(const S* from, std::size_t outputs, std::span<const std::size_t> inputs)
    : width_(padded<S>(outputs)), rows_(inputs.size() * width_) {
  for (std::size_t k = 0; k < inputs.size(); ++k) {
    std::copy_n(from + inputs[k] * outputs, outputs, rows_.data() + k * width_);
  }
}

template <class S>
Layer<S>::Layer(const S* from, std::size_t outputs, std::size_t inputs)
    : Layer(from, outputs, first(inputs)) {}

/// Outputs of `Registers` registers from output `from` on: the sums stay in registers.
template <class S>
template <std::size_t Registers>
void Layer<S>::add_registers(const Entries<S>& x, std::size_t from, S* out) const {
  typename Lanes<S>::Type sum[Registers];
  for (std::size_t r = 0; r < Registers; ++r) sum[r] = at(out + from + r * kLanes<S>);
  for (std::size_t k = 0; k < x.size; ++k) {
    const S* const row = rows_.data() + x.place[k] * width_ + from;
    for (std::size_t r = 0; r < Registers; ++r) sum[r] += x.value[k] * at(row + r * kLanes<S>);
  }
  for (std::size_t r = 0; r < Registers; ++r) at(out + from + r * kLanes<S>) = sum[r];
}

template <class S>
void Layer<S>::add(const Entries<S>& x, S* out) const {
  constexpr std::size_t kMost = 8;  // half of the registers there are, the others hold weights
  std::size_t from = 0;
  for (; from + kMost * kLanes<S> <= width_; from += kMost * kLanes<S>)
    add_registers<kMost>(x, from, out);
  for (; from < width_; from += kLanes<S>) add_registers<1>(x, from, out);
}

/// Outputs of `Registers` registers from output `from` on, of `Vectors` vectors.
template <class S>
template <std::size_t Vectors, std::size_t Registers>
void Layer<S>::add_tile(const S* const* x, std::size_t inputs, std::size_t from,
                        S* const* out) const {
  typename Lanes<S>::Type sum[Vectors][Registers];
  for (std::size_t v = 0; v < Vectors; ++v)
    for (std::size_t r = 0; r < Registers; ++r) sum[v][r] = at(out[v] + from + r * kLanes<S>);
  const S* row = rows_.data() + from;
  for (std::size_t k = 0; k < inputs; ++k, row += width_) {
    for (std::size_t v = 0; v < Vectors; ++v) {
      const S value = x[v][k];
      for (std::size_t r = 0; r < Registers; ++r) sum[v][r] += value * at(row + r * kLanes<S>);
    }
  }
  for (std::size_t v = 0; v < Vectors; ++v)
    for (std::size_t r = 0; r < Registers; ++r) at(out[v] + from + r * kLanes<S>) = sum[v][r];
}

template <class S>
template <std::size_t Vectors>
void Layer<S>::add_vectors(const S* const* x, std::size_t inputs, S* const* out) const {
  constexpr std::size_t kMost = 8 / Vectors;  // half of the registers there are
  std::size_t from = 0;
  for (; from + kMost * kLanes<S> <= width_; from += kMost * kLanes<S>)
    add_tile<Vectors, kMost>(x, inputs, from, out);
  for (; from < width_; from += kLanes<S>) add_tile<Vectors, 1>(x, inputs, from, out);
}

template <class S>
void Layer<S>::add(std::span<const S* const> x, std::size_t inputs, std::span<S* const> out) const {
  std::size_t v = 0;
  for (; v + 4 <= x.size(); v += 4) add_vectors<4>(x.data() + v, inputs, out.data() + v);
  if (v + 2 <= x.size()) {
    add_vectors<2>(x.data() + v, inputs, out.data() + v);
    v += 2;
  }
  if (v < x.size()) add_vectors<1>(x.data() + v, inputs, out.data() + v);
}

template <class S>
S dot(std::span<const S> a, std::span<const S> b) {
  typename Lanes<S>::Type sum[2] = {};
  std::size_t k = 0;
  for (; k + 2 * kLanes<S> <= a.size(); k += 2 * kLanes<S>) {
    sum[0] += at(a.data() + k) * at(b.data() + k);
    sum[1] += at(a.data() + k + kLanes<S>) * at(b.data() + k + kLanes<S>);
  }
  if (k < a.size()) sum[0] += at(a.data() + k) * at(b.data() + k);
  sum[0] += sum[1];
  S total = S(0);
  for (std::size_t lane = 0; lane < kLanes<S>; ++lane) total += sum[0][lane];
  return total;
}

template struct Entries<float>;
template struct Entries<double>;
template class Layer<float>;
template class Layer<double>;
template float dot<float>(std::span<const float>, std::span<const float>);
template double dot<double>(std::span<const double>, std::span<const double>);

}  // namespace meno::evidence

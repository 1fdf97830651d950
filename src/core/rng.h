// Rng: the only source of randomness, always passed in. xoshiro256++ seeded by splitmix64 (Blackman
// & Vigna 2019), so the same seed gives the same numbers on every platform (the standard library's
// distributions do not).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

namespace meno {

/// One round of splitmix64; also a good hash of a 64-bit value.
inline std::uint64_t mix64(std::uint64_t value) {
  value += 0x9e3779b97f4a7c15ULL;
  value = (value ^ (value >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  value = (value ^ (value >> 27U)) * 0x94d049bb133111ebULL;
  return value ^ (value >> 31U);
}

class Rng {
 public:
  explicit Rng(std::uint64_t seed);

  /// A uniform 64-bit word.
  std::uint64_t next();
  /// Uniform in [0, 1).
  double uniform();
  /// Uniform in [0, bound), without bias; bound >= 1.
  std::uint64_t below(std::uint64_t bound);
  /// Standard normal (polar method).
  double normal();
  /// True with probability p.
  bool chance(double p) { return uniform() < p; }
  /// An independent generator for part `index` of the work; does not advance this one.
  Rng fork(std::uint64_t index) const;

  /// The whole state, for checkpoints.
  using State = std::array<std::uint64_t, 4>;
  State state() const { return words_; }
  void restore(const State& state);

  template <class T>
  void shuffle(std::span<T> values) {
    for (std::size_t i = values.size(); i > 1; --i) std::swap(values[i - 1], values[below(i)]);
  }

 private:
  State words_{};
};

}  // namespace meno

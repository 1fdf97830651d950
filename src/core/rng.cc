#include "core/rng.h"

#include <bit>
#include <cmath>

namespace meno {

Rng::Rng(std::uint64_t seed) {
  for (std::uint64_t& word : words_) {
    word = mix64(seed);
    seed += 0x9e3779b97f4a7c15ULL;
  }
}

std::uint64_t Rng::next() {
  const std::uint64_t result = std::rotl(words_[0] + words_[3], 23) + words_[0];
  const std::uint64_t shifted = words_[1] << 17U;
  words_[2] ^= words_[0];
  words_[3] ^= words_[1];
  words_[1] ^= words_[2];
  words_[0] ^= words_[3];
  words_[2] ^= shifted;
  words_[3] = std::rotl(words_[3], 45);
  return result;
}

double Rng::uniform() { return static_cast<double>(next() >> 11U) * 0x1.0p-53; }

std::uint64_t Rng::below(std::uint64_t bound) {
  const std::uint64_t reject_under = (0 - bound) % bound;
  for (;;) {
    const std::uint64_t word = next();
    if (word >= reject_under) return word % bound;
  }
}

double Rng::normal() {
  for (;;) {
    const double u = 2.0 * uniform() - 1.0;
    const double v = 2.0 * uniform() - 1.0;
    const double s = u * u + v * v;
    if (s > 0.0 && s < 1.0) return u * std::sqrt(-2.0 * std::log(s) / s);
  }
}

Rng Rng::fork(std::uint64_t index) const {
  return Rng(mix64(words_[0] ^ mix64(words_[1] ^ mix64(words_[2] ^ mix64(words_[3] ^ index)))));
}

void Rng::restore(const State& state) { words_ = state; }

}  // namespace meno

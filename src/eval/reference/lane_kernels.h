// The three products of dense layers, eight tasks side by side. A register block of two rows and up
// to five samples keeps the multiply-add units busy: two parameter loads and five loads of
// activations for ten multiply-adds.
#pragma once

#include <cstddef>

namespace meno::lanes {

inline constexpr std::size_t kLanes = 8;

/// Eight floats in a register, and the same wherever they lie in memory.
typedef float Eight __attribute__((vector_size(32)));  // NOLINT(modernize-use-using)
typedef float EightInMemory                            // NOLINT(modernize-use-using)
    __attribute__((vector_size(32), aligned(4), may_alias));

inline Eight load(const float* from) { return *reinterpret_cast<const EightInMemory*>(from); }
inline void store(float* to, Eight value) { *reinterpret_cast<EightInMemory*>(to) = value; }

/// A matrix of weights as a product walks it: forward (out = W in) or transposed (out = W' in).
struct Map {
  const float* weight;
  std::size_t outputs;
  std::size_t inputs;
  std::size_t out_step;  // floats between two outputs' weights
  std::size_t in_step;   // floats between two inputs' weights
};

/// W [out, in, 8] forward.
inline Map forward(const float* weight, std::size_t out, std::size_t in) {
  return {
      .weight = weight, .outputs = out, .inputs = in, .out_step = in * kLanes, .in_step = kLanes};
}

/// W [out, in, 8] transposed.
inline Map transposed(const float* weight, std::size_t out, std::size_t in) {
  return {
      .weight = weight, .outputs = in, .inputs = out, .out_step = kLanes, .in_step = in * kLanes};
}

/// out[o, s] += sum over i of weight(o, i) in[i, s], for outputs o0 .. o0 + R and samples s0 .. s0
/// + S; `weight` and `out` begin at o0, `in` and `out` at s0.
template <std::size_t R, std::size_t S>
inline void product_block(const Map& map, const float* weight, const float* in, float* out,
                          std::size_t samples) {
  Eight sum[R][S];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) sum[r][s] = load(out + (r * samples + s) * kLanes);
  }
  for (std::size_t i = 0; i < map.inputs; ++i) {
    Eight w[R];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r) w[r] = load(weight + r * map.out_step + i * map.in_step);
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) {
      const Eight x = load(in + (i * samples + s) * kLanes);
#pragma GCC unroll 8
      for (std::size_t r = 0; r < R; ++r) sum[r][s] += w[r] * x;
    }
  }
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) store(out + (r * samples + s) * kLanes, sum[r][s]);
  }
}

template <std::size_t S>
inline void product_samples(const Map& map, const float* in, float* out, std::size_t samples) {
  std::size_t o = 0;
  for (; o + 2 <= map.outputs; o += 2) {
    product_block<2, S>(map, map.weight + o * map.out_step, in, out + o * samples * kLanes,
                        samples);
  }
  if (o < map.outputs) {
    product_block<1, S>(map, map.weight + o * map.out_step, in, out + o * samples * kLanes,
                        samples);
  }
}

/// out [outputs, samples, 8] += W in, for any number of samples.
inline void add_product(const Map& map, const float* in, float* out, std::size_t samples) {
  std::size_t s = 0;
  for (; s + 5 <= samples; s += 5) {
    product_samples<5>(map, in + s * kLanes, out + s * kLanes, samples);
  }
  for (; s < samples; ++s) product_samples<1>(map, in + s * kLanes, out + s * kLanes, samples);
}

/// Whether a product is added to what lies there, or takes its place.
enum class Into { Sum, Place };

template <Into I, std::size_t R, std::size_t S>
inline void outer_block(const float* slope, const float* in, std::size_t inputs, float* gradient,
                        std::size_t samples) {
  Eight d[R][S];
#pragma GCC unroll 8
  for (std::size_t r = 0; r < R; ++r) {
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) d[r][s] = load(slope + (r * samples + s) * kLanes);
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    Eight sum[R];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r) {
      sum[r] = I == Into::Sum ? load(gradient + (r * inputs + i) * kLanes) : Eight{};
    }
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) {
      const Eight x = load(in + (i * samples + s) * kLanes);
#pragma GCC unroll 8
      for (std::size_t r = 0; r < R; ++r) sum[r] += d[r][s] * x;
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < R; ++r) store(gradient + (r * inputs + i) * kLanes, sum[r]);
  }
}

template <Into I, std::size_t S>
inline void outer_samples(const float* slope, std::size_t outputs, const float* in,
                          std::size_t inputs, float* gradient, std::size_t samples) {
  std::size_t o = 0;
  for (; o + 2 <= outputs; o += 2) {
    outer_block<I, 2, S>(slope + o * samples * kLanes, in, inputs, gradient + o * inputs * kLanes,
                         samples);
  }
  if (o < outputs) {
    outer_block<I, 1, S>(slope + o * samples * kLanes, in, inputs, gradient + o * inputs * kLanes,
                         samples);
  }
}

/// gradient [outputs, inputs, 8] = or += sum over s of slope[o, s] in[i, s].
template <Into I>
inline void outer(const float* slope, std::size_t outputs, const float* in, std::size_t inputs,
                  float* gradient, std::size_t samples) {
  std::size_t s = 0;
  if (samples >= 5) {
    outer_samples<I, 5>(slope, outputs, in, inputs, gradient, samples);
    s = 5;
  } else {
    outer_samples<I, 1>(slope, outputs, in, inputs, gradient, samples);
    s = 1;
  }
  for (; s + 5 <= samples; s += 5) {
    outer_samples<Into::Sum, 5>(slope + s * kLanes, outputs, in + s * kLanes, inputs, gradient,
                                samples);
  }
  for (; s < samples; ++s) {
    outer_samples<Into::Sum, 1>(slope + s * kLanes, outputs, in + s * kLanes, inputs, gradient,
                                samples);
  }
}

/// The two sides of an outer product: slope [outputs, samples, 8] and in [inputs, samples, 8].
struct Sides {
  const float* slope;
  const float* in;
};

/// Of one row of `gradient`: += a + b, over S samples of each; their slopes begin at that row.
template <std::size_t S>
inline void outers_row(const Sides& a, const Sides& b, std::size_t inputs, float* gradient,
                       std::size_t samples) {
  Eight da[S];
  Eight db[S];
#pragma GCC unroll 8
  for (std::size_t s = 0; s < S; ++s) {
    da[s] = load(a.slope + s * kLanes);
    db[s] = load(b.slope + s * kLanes);
  }
  for (std::size_t i = 0; i < inputs; ++i) {
    Eight sum = load(gradient + i * kLanes);
    Eight other = {};
#pragma GCC unroll 8
    for (std::size_t s = 0; s < S; ++s) {
      sum += da[s] * load(a.in + (i * samples + s) * kLanes);
      other += db[s] * load(b.in + (i * samples + s) * kLanes);
    }
    store(gradient + i * kLanes, sum + other);
  }
}

/// gradient [outputs, inputs, 8] += sum over s of a.slope[o, s] a.in[i, s] and the same of b: one
/// walk over a gradient that the first-level cache does not hold, where outer() twice takes two.
inline void add_two_outers(const Sides& a, const Sides& b, std::size_t outputs, std::size_t inputs,
                           float* gradient, std::size_t samples) {
  for (std::size_t o = 0; o < outputs; ++o) {
    float* const out = gradient + o * inputs * kLanes;
    const auto from = [&](const Sides& sides, std::size_t s) {
      return Sides{.slope = sides.slope + (o * samples + s) * kLanes, .in = sides.in + s * kLanes};
    };
    std::size_t s = 0;
    for (; s + 5 <= samples; s += 5) outers_row<5>(from(a, s), from(b, s), inputs, out, samples);
    for (; s < samples; ++s) outers_row<1>(from(a, s), from(b, s), inputs, out, samples);
  }
}

}  // namespace meno::lanes

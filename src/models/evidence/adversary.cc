#include "models/evidence/adversary.h"

#include <algorithm>

#include "core/rng.h"

namespace meno::evidence {
namespace {

/// Inputs of one kind: their movement, their slopes, and how far row k of a column may move.
template <class S>
struct Box {
  Aligned<S> moved;
  Aligned<S> slope;
  Aligned<S> reach;  // [rows]

  Box(Aligned<S> reach_in, std::size_t columns)
      : moved(reach_in.size() * columns), slope(moved.size()), reach(std::move(reach_in)) {}

  void start_anywhere(Rng& rng) {
    for (std::size_t i = 0; i < moved.size(); ++i) {
      moved[i] = reach[i % reach.size()] * static_cast<S>(2.0 * rng.uniform() - 1.0);
    }
  }

  /// One step of `size` reaches uphill, and back into the box.
  void climb(double size) {
    for (std::size_t i = 0; i < moved.size(); ++i) {
      const S most = reach[i % reach.size()];
      const S sign = static_cast<S>((slope[i] > S(0)) - (slope[i] < S(0)));
      moved[i] = std::clamp(moved[i] + static_cast<S>(size) * most * sign, -most, most);
    }
  }
};

/// Vectors have no scale of their own in the data: they may move by as many of the deviations they
/// were drawn with.
template <class S>
Aligned<S> vector_reach(const Shape& shape) {
  if (!shape.vectors()) return {};
  double deviation = 0.0;
  for (const ParamBlock& block : shape.layout.blocks()) {
    if (block.name == "skill_vector" || block.name == "item_vector")
      deviation = std::max(deviation, block.scale);
  }
  return Aligned<S>(static_cast<std::size_t>(shape.options.width),
                    static_cast<S>(shape.options.adversarial_radius * deviation));
}

}  // namespace

template <class S>
Moved<S> worst_inputs(const Shape& shape, std::span<const S> theta, const PassInput& input,
                      std::span<const float> x_reach) {
  const std::size_t columns = input.packed.columns;
  Box<S> x({x_reach.begin(), x_reach.end()}, columns);
  Box<S> q(vector_reach<S>(shape), columns);
  const bool projected = shape.options.adversarial == "pgd";
  const int steps = projected ? shape.options.adversarial_steps : 1;
  if (projected) {
    Rng rng(input.noise.value_or(0) ^ 0xadU);
    x.start_anywhere(rng);
    q.start_anywhere(rng);
  }
  Aligned<S> logits(columns);
  Aligned<S> unused(theta.size());
  for (int step = 0; step < steps; ++step) {
    run_network<S>(shape, theta, input, logits, unused, {x.moved, q.moved, x.slope, q.slope});
    // A step of 2.5 / K reaches leaves any point of the box within K steps (Madry et al., app. B).
    const double size = projected ? 2.5 / steps : 1.0;
    x.climb(size);
    q.climb(size);
  }
  return {std::move(x.moved), std::move(q.moved)};
}

template Moved<float> worst_inputs<float>(const Shape&, std::span<const float>, const PassInput&,
                                          std::span<const float>);
template Moved<double> worst_inputs<double>(const Shape&, std::span<const double>, const PassInput&,
                                            std::span<const float>);

}  // namespace meno::evidence

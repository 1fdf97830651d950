// The evidence network: evidence and id vectors -> gated recurrent unit -> read-out, with its
// gradient by hand.
//
//   q  = mean of the skills' vectors + trust(item) * item vector
//   a  = relu(W_x x + w_y (2y - 1) + W_q q (2y - 1) + b)            after the answer y
//   h' = GRU(a, h)                                                    h = 0 at the start
//   z  = mlp(x, q, h, h * (W_g q + b_g)) + w . x + c,  p = sigmoid(z)  before the answer
//
// Source of the unit: Cho et al. 2014, with the reset gate applied after the state's product.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "models/evidence/packed.h"
#include "models/evidence/shape.h"

namespace meno::evidence {

/// What a pass over a batch needs besides theta.
struct PassInput {
  const Packed& packed;
  std::span<const float> trust;  // [items] n / (n + 30); empty without item vectors
  Noise noise;
};

/// Logits z of all columns, [N], at theta [P]. With `gradient` [P], adds d(mean scored
/// nats)/d(theta) to it. Instantiated for float, double and Dual.
template <class S>
void run_network(const Shape& shape, std::span<const S> theta, const PassInput& input,
                 std::span<S> logits, std::span<S> gradient);

}  // namespace meno::evidence

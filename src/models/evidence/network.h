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

/// A movement of the pass's inputs, column by column, and the loss's slopes there. Empty spans:
/// none.
template <class S>
struct InputShift {
  std::span<const S> x = {};  // [F, N] added to the evidence
  std::span<const S> q = {};  // [d, N] added to the mean vectors, before their dropout
  std::span<S> slope_x = {};  // [F, N] d(mean scored nats)/d(x), set when a gradient is asked for
  std::span<S> slope_q = {};  // [d, N]; stays as it is without vectors
};

/// Logits z of all columns, [N], at theta [P]. With `gradient` [P], adds d(mean scored
/// nats)/d(theta) to it. Instantiated for float, double and Dual.
template <class S>
void run_network(const Shape& shape, std::span<const S> theta, const PassInput& input,
                 std::span<S> logits, std::span<S> gradient, const InputShift<S>& shift = {});

}  // namespace meno::evidence

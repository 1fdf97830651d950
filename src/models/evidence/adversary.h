// Adversary: the movement of a pass's inputs, within a box around them, that raises its loss.
//
//   fgsm   x + r sign(d loss / d x)                       Goodfellow, Shlens & Szegedy 2015,
//   arXiv:1412.6572, eq. 4.1 pgd    x <- box(x + 2.5 (r / K) sign(d loss / d x))   Madry et al.
//   2018, arXiv:1706.06083, eq. 2.2, K steps from a
//                                                         random point of the box
//
// Applied to the scaled evidence and to the mean skill vectors (as Miyato, Dai & Goodfellow 2017 do
// to word vectors, there within a ball). The gradient that training takes is that at the moved
// inputs, held where they are.
#pragma once

#include <span>
#include <vector>

#include "models/evidence/arena.h"
#include "models/evidence/network.h"

namespace meno::evidence {

/// A movement of all columns' inputs.
template <class S>
struct Moved {
  Aligned<S> x;  // [F, N]
  Aligned<S> q;  // [d, N]; empty without vectors
};

/// The movement that `shape.options.adversarial` asks for. `x_reach` [F] is how far each feature
/// may move (0: not at all), in its own scale. Random draws follow input.noise. Instantiated for
/// float and double.
template <class S>
Moved<S> worst_inputs(const Shape& shape, std::span<const S> theta, const PassInput& input,
                      std::span<const float> x_reach);

}  // namespace meno::evidence

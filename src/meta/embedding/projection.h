// Projection: points of many numbers as points of two, for a map.
#pragma once

#include <array>
#include <span>

#include "meta/embedding/course_embedding.h"

namespace meno {

/// The plane through the centre of some points along which they differ most (principal components:
/// Pearson 1901). Others may be projected onto it too.
class Plane {
 public:
  /// Of at least one point.
  explicit Plane(std::span<const Embedding> points);

  /// [2]: along the first and the second axis.
  std::array<double, 2> place(const Embedding& point) const;
  /// The shares of the points' variance along the axes; 0 where all points are one.
  std::array<double, 2> explained() const { return explained_; }

 private:
  Embedding centre_;
  std::array<Embedding, 2> axes_;  // orthonormal, the larger entry positive
  std::array<double, 2> explained_{};
};

}  // namespace meno

#include "meta/embedding/projection.h"

#include <cmath>
#include <vector>

namespace meno {
namespace {

double dot(const Embedding& a, const Embedding& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

/// The points with `axis` taken out.
void remove(const Embedding& axis, std::vector<Embedding>& points) {
  for (Embedding& point : points) {
    const double along = dot(axis, point);
    for (std::size_t i = 0; i < point.size(); ++i) point[i] -= along * axis[i];
  }
}

/// X^T X v over the points' rows.
Embedding times_covariance(const std::vector<Embedding>& points, const Embedding& v) {
  Embedding out(v.size(), 0.0);
  for (const Embedding& point : points) {
    const double along = dot(point, v);
    for (std::size_t i = 0; i < v.size(); ++i) out[i] += along * point[i];
  }
  return out;
}

/// Unit vector whose largest entry is positive; 0 for 0.
void normalise(Embedding& axis) {
  const double length = std::sqrt(dot(axis, axis));
  if (!(length > 0.0)) return;
  std::size_t largest = 0;
  for (std::size_t i = 0; i < axis.size(); ++i) {
    if (std::abs(axis[i]) > std::abs(axis[largest])) largest = i;
  }
  const double scale = axis[largest] < 0.0 ? -1.0 / length : 1.0 / length;
  for (double& value : axis) value *= scale;
}

/// By power iteration from a mixture of all points, which no axis but by chance is orthogonal to.
Embedding first_axis(const std::vector<Embedding>& points) {
  Embedding axis(points.front().size(), 0.0);
  for (std::size_t k = 0; k < points.size(); ++k) {
    const double share = std::cos(static_cast<double>(k + 1));
    for (std::size_t i = 0; i < axis.size(); ++i) axis[i] += share * points[k][i];
  }
  normalise(axis);
  constexpr int kIterations = 300;
  for (int k = 0; k < kIterations; ++k) {
    axis = times_covariance(points, axis);
    normalise(axis);
  }
  return axis;
}

double spread_of(const std::vector<Embedding>& points) {
  double squares = 0.0;
  for (const Embedding& point : points) squares += dot(point, point);
  return squares;
}

}  // namespace

Plane::Plane(std::span<const Embedding> points) : centre_(centre_of(points)) {
  std::vector<Embedding> left(points.begin(), points.end());
  for (Embedding& point : left) {
    for (std::size_t i = 0; i < point.size(); ++i) point[i] -= centre_[i];
  }
  const double all = spread_of(left);
  double before = all;
  for (std::size_t k = 0; k < axes_.size(); ++k) {
    axes_[k] = first_axis(left);
    remove(axes_[k], left);
    const double after = spread_of(left);
    explained_[k] = all > 0.0 ? (before - after) / all : 0.0;
    before = after;
  }
}

std::array<double, 2> Plane::place(const Embedding& point) const {
  Embedding from_centre = point;
  for (std::size_t i = 0; i < point.size(); ++i) from_centre[i] -= centre_[i];
  return {dot(axes_[0], from_centre), dot(axes_[1], from_centre)};
}

}  // namespace meno

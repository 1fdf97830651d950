#include "core/minimise.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "core/interrupt.h"

namespace meno {
namespace {

using Vector = std::vector<double>;
using Value = std::function<double(std::span<const double>)>;

constexpr double kArmijo = 1e-4;
constexpr int kHalvings = 30;

double dot(const Vector& a, const Vector& b) {
  return std::inner_product(a.begin(), a.end(), b.begin(), 0.0);
}

Vector gradient_at(const Value& value, Vector at, double step) {
  Vector gradient(at.size());
  for (std::size_t i = 0; i < at.size(); ++i) {
    const double here = at[i];
    at[i] = here + step;
    const double above = value(at);
    at[i] = here - step;
    gradient[i] = (above - value(at)) / (2.0 * step);
    at[i] = here;
  }
  return gradient;
}

/// The estimate H [P, P] of the inverse Hessian.
class InverseHessian {
 public:
  explicit InverseHessian(std::size_t size) : size_(size), h_(size * size) { reset(1.0); }

  void reset(double scale) {
    std::fill(h_.begin(), h_.end(), 0.0);
    for (std::size_t i = 0; i < size_; ++i) h_[i * size_ + i] = scale;
  }
  Vector times(const Vector& v) const {
    Vector out(size_, 0.0);
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j < size_; ++j) out[i] += h_[i * size_ + j] * v[j];
    }
    return out;
  }
  /// (I - r s y') H (I - r y s') + r s s', r = 1 / y's; nothing where the curvature is not
  /// positive.
  void update(const Vector& s, const Vector& y) {
    const double curvature = dot(s, y);
    if (curvature <= 1e-12) return;
    if (fresh_) reset(curvature / dot(y, y));
    fresh_ = false;
    const Vector hy = times(y);
    const double factor = (1.0 + dot(y, hy) / curvature) / curvature;
    for (std::size_t i = 0; i < size_; ++i) {
      for (std::size_t j = 0; j < size_; ++j) {
        h_[i * size_ + j] += factor * s[i] * s[j] - (hy[i] * s[j] + s[i] * hy[j]) / curvature;
      }
    }
  }

 private:
  std::size_t size_;
  Vector h_;
  bool fresh_ = true;
};

struct Point {
  Vector at;
  double value = 0.0;
};

/// The first of the steps 1, 1/2, 1/4 ... along -direction that descends enough; `from` if none.
Point stepped(const Value& value, const Point& from, const Vector& direction, double slope) {
  double length = 1.0;
  for (int halving = 0; halving < kHalvings; ++halving, length *= 0.5) {
    Point next = from;
    for (std::size_t i = 0; i < next.at.size(); ++i) next.at[i] -= length * direction[i];
    next.value = value(next.at);
    if (next.value <= from.value - kArmijo * length * slope) return next;
  }
  return from;
}

}  // namespace

Vector minimise(const Value& value, std::span<const double> start, const Descent& descent) {
  Point here{.at = Vector(start.begin(), start.end()), .value = value(start)};
  Vector gradient = gradient_at(value, here.at, descent.step);
  InverseHessian inverse(here.at.size());
  inverse.reset(1.0 / std::max(1.0, std::sqrt(dot(gradient, gradient))));
  for (int i = 0; i < descent.iterations && !interrupted(); ++i) {
    const Vector direction = inverse.times(gradient);
    Point next = stepped(value, here, direction, dot(gradient, direction));
    const double gain = here.value - next.value;
    if (gain <= descent.tolerance * std::abs(here.value)) return next.at;
    const Vector after = gradient_at(value, next.at, descent.step);
    Vector moved(next.at.size());
    Vector turned(next.at.size());
    for (std::size_t k = 0; k < moved.size(); ++k) {
      moved[k] = next.at[k] - here.at[k];
      turned[k] = after[k] - gradient[k];
    }
    inverse.update(moved, turned);
    here = std::move(next);
    gradient = after;
  }
  return here.at;
}

}  // namespace meno

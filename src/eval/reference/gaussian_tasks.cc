#include "eval/reference/gaussian_tasks.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace meno {
namespace {

constexpr std::size_t kLanes = LaneNetwork::kLanes;

/// The square root of a chi-square variable.
double chi(Rng& rng, int degrees) {
  double squares = 0.0;
  for (int k = 0; k < degrees; ++k) squares += std::pow(rng.normal(), 2);
  return std::sqrt(squares);
}

/// root times a standard normal point.
Point away(Rng& rng, const std::array<Point, 2>& root) {
  const double a = rng.normal();
  const double b = rng.normal();
  return {root[0][0] * a + root[0][1] * b, root[1][1] * b};
}

/// x [inputs, samples, 8] of both, sample after sample; y too, with one input.
std::vector<float> interleaved(const std::vector<float>& a, const std::vector<float>& b,
                               std::size_t inputs) {
  std::vector<float> both;
  both.reserve(a.size() + b.size());
  for (std::size_t i = 0; i < inputs; ++i) {
    for (const std::vector<float>* from : {&a, &b}) {
      const auto stride = static_cast<std::ptrdiff_t>(from->size() / inputs);
      const auto row = from->begin() + static_cast<std::ptrdiff_t>(i) * stride;
      both.insert(both.end(), row, row + stride);
    }
  }
  return both;
}

}  // namespace

/// Bartlett's decomposition: W = A A' is Wishart(nu, I), and psi W^-1 = root root' with root =
/// sqrt(psi) A^-T.
GaussianClass GaussianClass::draw(Rng& rng) {
  constexpr int kDegrees = static_cast<int>(ClassPrior::kNu);
  const double a = chi(rng, kDegrees);
  const double b = rng.normal();
  const double c = chi(rng, kDegrees - 1);
  const double scale = std::sqrt(ClassPrior::kPsi);
  GaussianClass drawn;
  drawn.root = {Point{scale / a, -scale * b / (a * c)}, Point{0.0, scale / c}};
  const Point from_origin = away(rng, drawn.root);
  for (std::size_t i = 0; i < 2; ++i) {
    drawn.mean[i] = from_origin[i] / std::sqrt(ClassPrior::kKappa);
  }
  return drawn;
}

Point GaussianClass::point(Rng& rng) const {
  const Point from_mean = away(rng, root);
  return {mean[0] + from_mean[0], mean[1] + from_mean[1]};
}

double log_predictive(std::span<const Point> points, const Point& x) {
  const auto n = static_cast<double>(points.size());
  Point sum = {};
  for (const Point& point : points) {
    for (std::size_t i = 0; i < 2; ++i) sum[i] += point[i];
  }
  const double kappa = ClassPrior::kKappa + n;
  const Point centre = {sum[0] / kappa, sum[1] / kappa};
  // Psi_n = psi I + sum of x x' - kappa_n centre centre', for a prior mean of 0.
  double xx = ClassPrior::kPsi - kappa * centre[0] * centre[0];
  double xy = -kappa * centre[0] * centre[1];
  double yy = ClassPrior::kPsi - kappa * centre[1] * centre[1];
  for (const Point& point : points) {
    xx += point[0] * point[0];
    xy += point[0] * point[1];
    yy += point[1] * point[1];
  }
  const double degrees = ClassPrior::kNu + n - 1.0;  // nu_n - d + 1
  const double scale = (kappa + 1.0) / (kappa * degrees);
  const double determinant = xx * yy - xy * xy;
  const Point off = {x[0] - centre[0], x[1] - centre[1]};
  const double distance =
      (yy * off[0] * off[0] - 2.0 * xy * off[0] * off[1] + xx * off[1] * off[1]) /
      (determinant * scale);
  return std::lgamma(0.5 * degrees + 1.0) - std::lgamma(0.5 * degrees) -
         std::log(degrees * std::numbers::pi) - 0.5 * std::log(determinant) - std::log(scale) -
         (0.5 * degrees + 1.0) * std::log1p(distance / degrees);
}

GaussianTasks GaussianTasks::draw(Rng& rng) {
  GaussianTasks tasks;
  for (auto& of_lane : tasks.classes) {
    for (GaussianClass& drawn : of_lane) drawn = GaussianClass::draw(rng);
  }
  return tasks;
}

LaneSamples GaussianTasks::points(Rng& rng, std::size_t per_class) const {
  LaneSamples data{.samples = kClasses * per_class, .x = {}, .y = {}};
  const std::size_t stride = data.samples * kLanes;
  data.x.resize(2 * stride);
  data.y.resize(stride);
  for (std::size_t k = 0; k < stride; ++k) {
    const std::size_t label = k / kLanes / per_class;
    const Point point = classes[k % kLanes][label].point(rng);
    data.x[k] = static_cast<float>(point[0]);
    data.x[stride + k] = static_cast<float>(point[1]);
    data.y[k] = static_cast<float>(label);
  }
  return data;
}

Point point_of(const LaneSamples& data, std::size_t sample, std::size_t lane) {
  const std::size_t k = sample * kLanes + lane;
  return {static_cast<double>(data.x[k]), static_cast<double>(data.x[data.y.size() + k])};
}

LaneSamples joined(const LaneSamples& a, const LaneSamples& b, std::size_t inputs) {
  return {.samples = a.samples + b.samples,
          .x = interleaved(a.x, b.x, inputs),
          .y = interleaved(a.y, b.y, 1)};
}

}  // namespace meno

#include "meta/embedding/course_embedding.h"

#include <array>
#include <cmath>

#include "meta/adapt.h"
#include "meta/embedding/descriptors.h"

namespace meno {
namespace {

constexpr std::size_t kDescriptors = 9;
constexpr std::size_t kResiduals = 10;

/// The places in theta of the read-out's parameters.
std::vector<std::size_t> read_out(const ParamLayout& layout) {
  const Params moves = inner_rates(layout, {.rate = 1.0, .head_only = true});
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < moves.size(); ++i) {
    if (moves[i] != 0.0) places.push_back(i);
  }
  return places;
}

/// Mean slope of an answer's loss by the read-out, then log of the mean over students of answers x
/// their mean slope squared: [2 R].
Embedding slopes_of(const StudentModel& model, ParamView theta, Batch support) {
  const std::vector<std::size_t> places = read_out(model.layout());
  Embedding mean(places.size(), 0.0);
  Embedding fisher(places.size(), 0.0);
  double answers = 0.0;
  Params slope(theta.size());
  for (const Encoded* const student : support) {
    slope.assign(theta.size(), 0.0);
    const Encoded* const alone[] = {student};
    model.loss(theta, alone, slope, std::nullopt);
    const auto scored = static_cast<double>(student->scored());
    answers += scored;
    for (std::size_t i = 0; i < places.size(); ++i) {
      const double g = slope[places[i]];
      mean[i] += scored * g;
      fisher[i] += scored * g * g;
    }
  }
  constexpr double kFloor = 1e-4;  // of a squared slope: below it nothing is told from nothing
  const auto students = static_cast<double>(support.size());
  for (double& value : mean) value /= answers + 1.0;
  for (double& value : fisher) value = std::log(value / (students + 1.0) + kFloor);
  mean.insert(mean.end(), fisher.begin(), fisher.end());
  return mean;
}

/// Variances of one number over courses: of a half, and that part of it which halves of one course
/// do not share.
struct Variances {
  double mean = 0.0;
  double total = 0.0;
  double within = 0.0;
};

Variances variances(std::span<const EmbeddedHalves> courses, std::size_t i) {
  const auto n = static_cast<double>(courses.size());
  Variances v;
  for (const EmbeddedHalves& course : courses)
    v.mean += 0.5 * (course.first[i] + course.second[i]) / n;
  for (const EmbeddedHalves& course : courses) {
    const double a = course.first[i] - v.mean;
    const double b = course.second[i] - v.mean;
    v.total += 0.5 * (a * a + b * b) / n;
    v.within += 0.5 * (a - b) * (a - b) / n;
  }
  return v;
}

}  // namespace

Embedding raw_embedding(const StudentModel& model, ParamView theta, std::span<const Window> windows,
                        Batch support) {
  std::size_t answers = 0;
  for (const Encoded* const student : support) answers += student->size();
  std::vector<double> p_correct(answers);
  if (answers > 0) model.predict(theta, support, p_correct);
  Embedding raw = descriptors_of(windows);
  for (const Embedding& part :
       {residuals_of(windows, p_correct), slopes_of(model, theta, support)}) {
    raw.insert(raw.end(), part.begin(), part.end());
  }
  return raw;
}

EmbeddingSpace::EmbeddingSpace(std::span<const EmbeddedHalves> courses) {
  const std::size_t size = courses.front().first.size();
  const std::array ends{kDescriptors, kDescriptors + kResiduals, size};
  std::size_t i = 0;
  for (const std::size_t end : ends) {
    double share = 0.0;  // squared weights of this part: its mean square over courses
    const std::size_t begin = i;
    for (; i < end; ++i) {
      const Variances v = variances(courses, i);
      const double reliability = v.total > 1e-12 ? std::max(0.0, 1.0 - v.within / v.total) : 0.0;
      mean_.push_back(v.mean);
      weight_.push_back(v.total > 1e-12 ? reliability / std::sqrt(v.total) : 0.0);
      share += reliability * reliability;
    }
    for (std::size_t j = begin; j < end && share > 0.0; ++j) weight_[j] /= std::sqrt(share);
  }
}

Embedding EmbeddingSpace::place(const Embedding& raw) const {
  Embedding placed(raw.size());
  for (std::size_t i = 0; i < raw.size(); ++i) placed[i] = weight_[i] * (raw[i] - mean_[i]);
  return placed;
}

double distance(const Embedding& a, const Embedding& b) {
  double squares = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - b[i]) * (a[i] - b[i]);
  return std::sqrt(squares);
}

Embedding centre_of(std::span<const Embedding> points) {
  Embedding centre(points.front().size(), 0.0);
  for (const Embedding& point : points) {
    for (std::size_t i = 0; i < centre.size(); ++i)
      centre[i] += point[i] / static_cast<double>(points.size());
  }
  return centre;
}

}  // namespace meno

#include "service/swap_rule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace meno {

std::size_t growth_point(const SwapRule& rule, std::size_t answers) {
  std::size_t point = 0;
  for (auto next = static_cast<double>(rule.first_answers); static_cast<double>(answers) >= next;
       next *= rule.growth) {
    ++point;
  }
  return point;
}

double level_of(const SwapRule& rule, std::size_t point) {
  if (point < 2) return 0.0;
  const auto k = static_cast<double>(point);
  return rule.alpha / ((k - 1.0) * k);
}

double t_tail(double t, std::size_t freedom) {
  if (t < 0.0) return 1.0 - t_tail(-t, freedom);
  const double angle = std::atan(t / std::sqrt(static_cast<double>(freedom)));
  const double cosine = std::cos(angle);
  const bool odd = freedom % 2 == 1;
  double term = odd ? cosine : 1.0;
  double sum = 0.0;
  for (std::size_t k = odd ? 3 : 2; k <= freedom; k += 2) {
    sum += term;
    const auto number = static_cast<double>(k);
    term *= (number - 1.0) / number * cosine * cosine;
  }
  double within = std::sin(angle) * sum;  // P(|T| <= t)
  if (odd) within = 2.0 / std::numbers::pi * (angle + within);
  return std::max(0.0, 0.5 * (1.0 - within));
}

void PairedGain::add(std::size_t student, double nats) {
  if (student >= by_student_.size()) {
    by_student_.resize(student + 1, 0.0);
    answers_of_.resize(student + 1, 0);
  }
  by_student_[student] += nats;
  ++answers_of_[student];
  ++answers_;
  total_ += nats;
}

GainTest PairedGain::test() const {
  GainTest test{.answers = answers_};
  for (const std::size_t answers : answers_of_) test.students += answers > 0 ? 1 : 0;
  if (answers_ > 0) test.mean = total_ / static_cast<double>(answers_);
  if (test.students < 2) return test;
  const auto n = static_cast<double>(test.students);
  const double mean = total_ / n;
  double squares = 0.0;
  for (std::size_t s = 0; s < by_student_.size(); ++s) {
    if (answers_of_[s] > 0) squares += (by_student_[s] - mean) * (by_student_[s] - mean);
  }
  const double error = std::sqrt(squares / (n - 1.0) / n);
  if (error > 0.0) test.p_value = t_tail(mean / error, test.students - 1);
  return test;
}

bool enough(const SwapRule& rule, std::size_t point, const GainTest& gain) {
  return gain.students >= rule.least_students && gain.mean > 0.0 &&
         gain.p_value <= level_of(rule, point);
}

}  // namespace meno

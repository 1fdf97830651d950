#include "service/trial_rule.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr double kMost = 0.95;

double bounded_surprise(double p_correct, double correct) {
  return surprise(std::clamp(p_correct, 1.0 - kMost, kMost), correct);
}

/// The largest difference of two bounded surprises.
double most_gain() { return std::log(kMost / (1.0 - kMost)); }

/// log (1 / alpha_k).
double needed_for(const TrialRule& rule, std::size_t number) {
  const auto k = static_cast<double>(number);
  return std::log(k * (k + 1.0) / rule.alpha);
}

}  // namespace

Trial::Trial(const TrialRule& rule, std::size_t number)
    : rule_(rule), number_(number), better_(most_gain()), worse_(most_gain()) {}

void Trial::add(std::size_t student, double p_serving, double p_candidate, double correct) {
  const double gain = bounded_surprise(p_serving, correct) - bounded_surprise(p_candidate, correct);
  students_.insert(student);
  ++answers_;
  gain_ += gain;
  better_.add(gain);
  worse_.add(-gain);
  candidate_.add(p_candidate, correct);
  serving_.add(p_serving, correct);
}

Verdict Trial::verdict() const {
  const double needed = needed_for(rule_, number_);
  if (worse_.log_evidence() >= needed || answers_ >= rule_.most_answers) return Verdict::Withdraw;
  if (students_.size() < rule_.least_students || answers_ < rule_.least_answers)
    return Verdict::Open;
  return better_.log_evidence() >= needed ? Verdict::Promote : Verdict::Open;
}

TrialFigures Trial::figures() const {
  return {.number = number_,
          .students = students_.size(),
          .candidate = candidate_.figures(),
          .serving = serving_.figures(),
          .gain = answers_ == 0 ? 0.0 : gain_ / static_cast<double>(answers_),
          .log_better = better_.log_evidence(),
          .log_worse = worse_.log_evidence(),
          .needed = needed_for(rule_, number_)};
}

}  // namespace meno

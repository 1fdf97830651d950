#include "tutor/adaptive_test/bobcat_model.h"

#include <algorithm>
#include <cmath>

#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kHidden = 64;
constexpr double kPolicyRate = 0.05;
constexpr double kFirstSquare = 1e-6;

double residual(const BilevelIrt& model, const SheetAnswer& answer, double ability) {
  return sigmoid(ability + model.easiness[answer.item.value]) - (answer.correct ? 1.0 : 0.0);
}

/// AdaGrad with one sum of squares for the row: returns the step's size.
double adagrad(double& square, double gradient_square, double size) {
  square += gradient_square / size;
  return kPolicyRate / std::sqrt(square + kFirstSquare);
}

}  // namespace

double BilevelIrt::adapted(std::span<const SheetAnswer> answers) const {
  const double rate = std::exp(log_rate);
  double ability = start;
  for (int step = 0; step < steps; ++step) {
    double gradient = 0.0;
    for (const SheetAnswer& answer : answers) gradient += residual(*this, answer, ability);
    ability -= rate * gradient;
  }
  return ability;
}

AdaptedAbility adapted_with_gradient(const BilevelIrt& model, std::span<const SheetAnswer> answers,
                                     std::span<const SheetAnswer> candidates) {
  const double rate = std::exp(model.log_rate);
  AdaptedAbility out{.value = model.start,
                     .by_easiness = std::vector<double>(answers.size(), 0.0),
                     .by_weight = std::vector<double>(candidates.size(), 0.0)};
  std::vector<double> curve(answers.size());
  for (int step = 0; step < model.steps; ++step) {
    double gradient = 0.0;
    double total = 0.0;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      const double p = sigmoid(out.value + model.easiness[answers[i].item.value]);
      gradient += p - (answers[i].correct ? 1.0 : 0.0);
      curve[i] = p * (1.0 - p);
      total += curve[i];
    }
    const double kept = 1.0 - rate * total;
    for (std::size_t c = 0; c < candidates.size(); ++c)
      out.by_weight[c] = out.by_weight[c] * kept - rate * residual(model, candidates[c], out.value);
    for (std::size_t i = 0; i < answers.size(); ++i)
      out.by_easiness[i] = out.by_easiness[i] * kept - rate * curve[i];
    out.by_start *= kept;
    out.by_log_rate = out.by_log_rate * kept - rate * gradient;
    out.value -= rate * gradient;
  }
  return out;
}

AskingPolicy::AskingPolicy(std::size_t items, Rng rng)
    : in_(items * kHidden),
      in_bias_(kHidden, 0.0),
      out_(items * kHidden),
      out_bias_(items, 0.0),
      in_square_(items, 0.0),
      out_square_(items, 0.0),
      out_bias_square_(items, 0.0) {
  for (double& weight : in_) weight = 0.3 * rng.normal();
  for (double& weight : out_) weight = 0.1 * rng.normal();
}

std::vector<double> AskingPolicy::hidden(std::span<const SheetAnswer> answers) const {
  std::vector<double> hidden = in_bias_;
  for (const SheetAnswer& answer : answers) {
    const double sign = answer.correct ? 1.0 : -1.0;
    const double* const row = in_.data() + answer.item.value * kHidden;
    for (std::size_t h = 0; h < kHidden; ++h) hidden[h] += sign * row[h];
  }
  for (double& unit : hidden) unit = std::tanh(unit);
  return hidden;
}

void AskingPolicy::scores(std::span<const SheetAnswer> answers, std::span<const ItemId> candidates,
                          std::span<double> scores) const {
  const std::vector<double> units = hidden(answers);
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const double* const row = out_.data() + candidates[c].value * kHidden;
    double score = out_bias_[candidates[c].value];
    for (std::size_t h = 0; h < kHidden; ++h) score += row[h] * units[h];
    scores[c] = score;
  }
}

void AskingPolicy::descend(std::span<const SheetAnswer> answers, std::span<const ItemId> candidates,
                           std::span<const double> by_score) {
  const std::vector<double> units = hidden(answers);
  std::vector<double> by_unit(kHidden, 0.0);
  double length = 0.0;
  for (const double unit : units) length += unit * unit;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const std::size_t item = candidates[c].value;
    const double by = by_score[c];
    double* const row = out_.data() + item * kHidden;
    for (std::size_t h = 0; h < kHidden; ++h) by_unit[h] += by * row[h];
    const double step = adagrad(out_square_[item], by * by * length, kHidden);
    for (std::size_t h = 0; h < kHidden; ++h) row[h] -= step * by * units[h];
    out_bias_[item] -= adagrad(out_bias_square_[item], by * by, 1.0) * by;
  }
  double square = 0.0;
  for (std::size_t h = 0; h < kHidden; ++h) {
    by_unit[h] *= 1.0 - units[h] * units[h];
    square += by_unit[h] * by_unit[h];
  }
  const double bias_step = adagrad(in_bias_square_, square, kHidden);
  for (std::size_t h = 0; h < kHidden; ++h) in_bias_[h] -= bias_step * by_unit[h];
  for (const SheetAnswer& answer : answers) {
    const double sign = answer.correct ? 1.0 : -1.0;
    const double step = adagrad(in_square_[answer.item.value], square, kHidden);
    double* const row = in_.data() + answer.item.value * kHidden;
    for (std::size_t h = 0; h < kHidden; ++h) row[h] -= step * sign * by_unit[h];
  }
}

}  // namespace meno

#include "meta/generative/perceptron.h"

#include <algorithm>
#include <cmath>

namespace meno {

void Perceptron::add_to(ParamLayout& layout, const std::string& name) const {
  const double width = 1.0 / std::sqrt(static_cast<double>(inputs_));
  layout.add({.name = name + ".in",
              .shape = {inputs_, hidden_},
              .start = ParamBlock::Start::Normal,
              .scale = width});
  layout.add({.name = name + ".out", .shape = {hidden_, outputs_}});
  layout.add({.name = name + ".straight", .shape = {inputs_, outputs_}});
}

void Perceptron::forward(ParamView theta, std::span<const double> x, Pass& pass) const {
  pass.hidden.assign(hidden_, 0.0);
  pass.output.assign(outputs_, 0.0);
  const double* const w = theta.data();
  const double* const a = w + inputs_ * hidden_;
  const double* const c = a + hidden_ * outputs_;
  for (std::size_t i = 0; i < inputs_; ++i) {
    for (std::size_t j = 0; j < hidden_; ++j) pass.hidden[j] += w[i * hidden_ + j] * x[i];
    for (std::size_t o = 0; o < outputs_; ++o) pass.output[o] += c[i * outputs_ + o] * x[i];
  }
  for (std::size_t j = 0; j < hidden_; ++j) {
    pass.hidden[j] = std::tanh(pass.hidden[j]);
    for (std::size_t o = 0; o < outputs_; ++o)
      pass.output[o] += a[j * outputs_ + o] * pass.hidden[j];
  }
}

void Perceptron::backward(ParamView theta, std::span<const double> x, const Pass& pass,
                          std::span<const double> by_output, std::span<double> grad,
                          std::span<double> by_x) const {
  const double* const w = theta.data();
  const double* const a = w + inputs_ * hidden_;
  const double* const c = a + hidden_ * outputs_;
  double* const grad_a = grad.data() + inputs_ * hidden_;
  double* const grad_c = grad_a + hidden_ * outputs_;
  thread_local std::vector<double> by_hidden;  // before tanh
  by_hidden.assign(hidden_, 0.0);
  for (std::size_t j = 0; j < hidden_; ++j) {
    const double h = pass.hidden[j];
    for (std::size_t o = 0; o < outputs_; ++o) {
      grad_a[j * outputs_ + o] += h * by_output[o];
      by_hidden[j] += a[j * outputs_ + o] * by_output[o];
    }
    by_hidden[j] *= 1.0 - h * h;
  }
  for (std::size_t i = 0; i < inputs_; ++i) {
    for (std::size_t j = 0; j < hidden_; ++j) grad[i * hidden_ + j] += x[i] * by_hidden[j];
    for (std::size_t o = 0; o < outputs_; ++o) grad_c[i * outputs_ + o] += x[i] * by_output[o];
  }
  for (std::size_t i = 0; i < by_x.size(); ++i) {
    for (std::size_t j = 0; j < hidden_; ++j) by_x[i] += w[i * hidden_ + j] * by_hidden[j];
    for (std::size_t o = 0; o < outputs_; ++o) by_x[i] += c[i * outputs_ + o] * by_output[o];
  }
}

double Perceptron::slope_penalty(ParamView theta, std::span<const double> x, const Pass& pass,
                                 double weight, std::span<double> grad) const {
  const double* const w = theta.data();
  const double* const a = w + inputs_ * hidden_;
  const double* const c = a + hidden_ * outputs_;
  double* const grad_a = grad.data() + inputs_ * hidden_;
  double* const grad_c = grad_a + hidden_ * outputs_;
  // g = W u + c with u = a s, s = 1 - h^2 (those of output 0); the penalty is |g|^2 / 2.
  thread_local std::vector<double> by_u;
  by_u.assign(hidden_, 0.0);
  double penalty = 0.0;
  for (std::size_t i = 0; i < inputs_; ++i) {
    double g = c[i * outputs_];
    for (std::size_t j = 0; j < hidden_; ++j) {
      const double h = pass.hidden[j];
      g += w[i * hidden_ + j] * a[j * outputs_] * (1.0 - h * h);
    }
    penalty += 0.5 * weight * g * g;
    grad_c[i * outputs_] += weight * g;
    for (std::size_t j = 0; j < hidden_; ++j) {
      const double h = pass.hidden[j];
      grad[i * hidden_ + j] += weight * g * a[j * outputs_] * (1.0 - h * h);
      by_u[j] += weight * g * w[i * hidden_ + j];
    }
  }
  for (std::size_t j = 0; j < hidden_; ++j) {
    const double h = pass.hidden[j];
    grad_a[j * outputs_] += by_u[j] * (1.0 - h * h);
    by_u[j] *= -2.0 * a[j * outputs_] * h * (1.0 - h * h);  // through s, before tanh
  }
  for (std::size_t i = 0; i < inputs_; ++i) {
    for (std::size_t j = 0; j < hidden_; ++j) grad[i * hidden_ + j] += x[i] * by_u[j];
  }
  return penalty;
}

}  // namespace meno

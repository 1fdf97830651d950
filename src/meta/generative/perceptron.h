// Perceptron: one hidden layer with a linear way around it, and its derivatives by hand: what
// decoder, encoder and discriminator are made of.
//
//   y = A tanh(W x) + C x        x [I] with a constant among it, y [O]
#pragma once

#include <span>
#include <string>
#include <vector>

#include "models/params.h"

namespace meno {

/// Its parameters are a stretch of the caller's theta: W [I, H], A [H, O], C [I, O], row-major.
/// Thread-safe.
class Perceptron {
 public:
  Perceptron(std::size_t inputs, std::size_t hidden, std::size_t outputs)
      : inputs_(inputs), hidden_(hidden), outputs_(outputs) {}

  std::size_t size() const { return inputs_ * hidden_ + (hidden_ + inputs_) * outputs_; }
  std::size_t inputs() const { return inputs_; }
  std::size_t outputs() const { return outputs_; }
  /// Where C's weight of input `i` for output `o` is.
  std::size_t straight(std::size_t i, std::size_t o) const {
    return (inputs_ + outputs_) * hidden_ + i * outputs_ + o;
  }
  /// Appends its blocks: W small at random, A and C zero, so that it starts as 0.
  void add_to(ParamLayout& layout, const std::string& name) const;

  /// What forward() leaves for backward().
  struct Pass {
    std::vector<double> hidden;  // [H], after tanh
    std::vector<double> output;  // [O]
  };
  void forward(ParamView theta, std::span<const double> x, Pass& pass) const;

  /// Adds the gradient of a loss whose slope by the output is `by_output` [O] to `grad`, and its
  /// slope by x to `by_x` [I] (empty: not asked for).
  void backward(ParamView theta, std::span<const double> x, const Pass& pass,
                std::span<const double> by_output, std::span<double> grad,
                std::span<double> by_x) const;

  /// weight x |dy_0/dx|^2 / 2, and its gradient added to `grad`: the penalty on steep
  /// discriminators. Source: Mescheder, Geiger & Nowozin 2018, arXiv:1801.04406, equation 9 (R1).
  double slope_penalty(ParamView theta, std::span<const double> x, const Pass& pass, double weight,
                       std::span<double> grad) const;

 private:
  std::size_t inputs_;
  std::size_t hidden_;
  std::size_t outputs_;
};

}  // namespace meno

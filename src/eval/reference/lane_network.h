// LaneNetwork: eight small dense networks at once, one per task, for the field's reference
// problems. Every number has eight lanes, so that a task's own parameters cost no more than shared
// ones: each product of the passes is a full-width multiply-add whatever the layer sizes.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "models/params.h"

namespace meno {

/// What a network's output is compared with.
enum class OutputLoss {
  SquaredError,  // mean over samples of (z - y)^2
  Softmax        // mean over samples of -log softmax(z)[class]
};

/// Samples of eight tasks. x is [inputs, samples, 8]; y is [samples, 8]: the value, or the class.
struct LaneSamples {
  std::size_t samples = 0;
  std::vector<float> x;
  std::vector<float> y;
};

/// A dense network with relu between its layers. Parameters are [P, 8] floats: per layer the matrix
/// [out, in], then the bias [out], of eight tasks side by side. Immutable, thread-safe; the traces
/// belong to the caller.
class LaneNetwork {
 public:
  using Scalar = float;
  using Samples = LaneSamples;
  static constexpr std::size_t kLanes = 8;

  /// The passes' numbers at one theta on one set of samples: loss() leaves them, and
  /// hessian_vector() reads them.
  struct Trace {
    std::vector<std::vector<float>> active;  // per layer [in, samples, 8]: its input
    std::vector<std::vector<float>> slope;   // per layer [out, samples, 8]: d loss / d output
    std::vector<float> output;               // [outputs, samples, 8]
  };

  /// `sizes` = inputs, hidden ..., outputs.
  LaneNetwork(std::vector<std::size_t> sizes, OutputLoss kind);

  /// Blocks layer<k>.weight and layer<k>.bias; hidden weights start as He, Zhang, Ren & Sun 2015.
  const ParamLayout& layout() const { return layout_; }
  /// P.
  std::size_t parameters() const { return layout_.size(); }

  /// Per-lane loss, and its gradient in `gradient` [P, 8] unless that is empty.
  void loss(std::span<const float> theta, const LaneSamples& data, std::span<float> gradient,
            Trace& trace, std::span<double> losses) const;

  /// Adds H v to `out` [P, 8] at the theta and samples of `trace`.
  void hessian_vector(std::span<const float> theta, const LaneSamples& data, const Trace& trace,
                      std::span<const float> v, std::span<float> out) const;

  /// z [outputs, samples, 8].
  void output(std::span<const float> theta, const LaneSamples& data, Trace& trace) const;

 private:
  std::size_t layers() const { return sizes_.size() - 1; }
  std::size_t weight_at(std::size_t layer) const { return kLanes * layout_.offset(2 * layer); }
  std::size_t bias_at(std::size_t layer) const { return kLanes * layout_.offset(2 * layer + 1); }

  std::vector<std::size_t> sizes_;
  OutputLoss kind_;
  ParamLayout layout_;
};

}  // namespace meno

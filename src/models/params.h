// Params: whatever a model learns, as one flat vector, and the layout that says what each stretch
// of it is.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/rng.h"

namespace meno {

/// theta, [P]. Double at the interface; a model may compute in float inside.
using Params = std::vector<double>;
using ParamView = std::span<const double>;

/// One named stretch of theta. The layout tells initialisation, file format and optimiser all they
/// need.
struct ParamBlock {
  enum class Start { Zero, Normal, Uniform, Constant };

  std::string name;                // e.g. "gru.input"
  std::vector<std::size_t> shape;  // row-major
  Start start = Start::Zero;
  double scale = 0.0;       // standard deviation, half-width, or the constant
  double rate_scale = 1.0;  // multiplies the learning rate
  double weight_decay =
      1.0;            // multiplies the optimiser's decay; 0 for biases that should not shrink
  bool head = false;  // of the read-out, the last map to the answer's logit: what ANIL adapts

  std::size_t size() const;
};

class ParamLayout {
 public:
  /// Appends a block and returns its offset in theta.
  std::size_t add(ParamBlock block);
  const std::vector<ParamBlock>& blocks() const { return blocks_; }
  std::size_t offset(std::size_t block) const { return offsets_[block]; }
  /// P.
  std::size_t size() const { return size_; }
  /// theta before any data, [P].
  Params initial(Rng& rng) const;

 private:
  std::vector<ParamBlock> blocks_;
  std::vector<std::size_t> offsets_;
  std::size_t size_ = 0;
};

/// theta [from.size()] in another layout, [to.size()]: blocks of the same name and shape are
/// copied, the others are as before any data.
Params transplanted(const ParamLayout& from, ParamView theta, const ParamLayout& to, Rng& rng);

}  // namespace meno

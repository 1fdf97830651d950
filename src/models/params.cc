#include "models/params.h"

#include <functional>
#include <numeric>

namespace meno {

std::size_t ParamBlock::size() const {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

std::size_t ParamLayout::add(ParamBlock block) {
  const std::size_t offset = size_;
  offsets_.push_back(offset);
  size_ += block.size();
  blocks_.push_back(std::move(block));
  return offset;
}

Params ParamLayout::initial(Rng& rng) const {
  Params theta;
  theta.reserve(size_);
  for (const ParamBlock& block : blocks_) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      switch (block.start) {
        case ParamBlock::Start::Zero:
          theta.push_back(0.0);
          break;
        case ParamBlock::Start::Normal:
          theta.push_back(block.scale * rng.normal());
          break;
        case ParamBlock::Start::Uniform:
          theta.push_back(block.scale * (2.0 * rng.uniform() - 1.0));
          break;
        case ParamBlock::Start::Constant:
          theta.push_back(block.scale);
          break;
      }
    }
  }
  return theta;
}

}  // namespace meno

#include "models/params.h"

#include <algorithm>
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

Params transplanted(const ParamLayout& from, ParamView theta, const ParamLayout& to, Rng& rng) {
  Params made = to.initial(rng);
  for (std::size_t b = 0; b < to.blocks().size(); ++b) {
    const ParamBlock& block = to.blocks()[b];
    const auto same =
        std::find_if(from.blocks().begin(), from.blocks().end(), [&block](const ParamBlock& other) {
          return other.name == block.name && other.shape == block.shape;
        });
    if (same == from.blocks().end()) continue;
    const auto a = static_cast<std::size_t>(same - from.blocks().begin());
    std::copy_n(theta.data() + from.offset(a), block.size(), made.data() + to.offset(b));
  }
  return made;
}

}  // namespace meno

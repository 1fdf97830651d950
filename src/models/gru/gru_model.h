// GruModel: the network over ids and answers, and its tracker, whose state is the recurrent one.
#pragma once

#include <memory>
#include <vector>

#include "models/evidence/network_model.h"

namespace meno {

class GruModel final : public evidence::NetworkModel {
 public:
  /// `shape` has 0 features.
  GruModel(evidence::Shape shape, std::vector<float> trust);

  std::unique_ptr<const Encoded> encode(const Window& window) const override;
  std::unique_ptr<const OnlineModel> online(ParamView theta) const override;
  Tensors statistics() const override;
};

}  // namespace meno

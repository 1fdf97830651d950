// EvidenceModel: the StudentModel that joins evidence and network. Declared here for the tracker
// and for tests.
#pragma once

#include <memory>
#include <vector>

#include "models/evidence/course_statistics.h"
#include "models/evidence/network.h"
#include "models/evidence/network_model.h"
#include "models/evidence/scaling.h"

namespace meno::evidence {

class EvidenceModel final : public NetworkModel {
 public:
  EvidenceModel(Shape shape, CourseStatistics statistics, Scaling scaling,
                std::vector<float> trust);

  std::unique_ptr<const Encoded> encode(const Window& window) const override;
  /// Under noise and `adversarial`, mixed with the loss at the worst inputs nearby.
  double loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const override;
  std::unique_ptr<const OnlineModel> online(ParamView theta) const override;
  Tensors statistics() const override;

  const Scaling& scaling() const { return scaling_; }
  const CourseStatistics& course() const { return statistics_; }

 private:
  /// Loss at the inputs as they are, mixed with that at the worst inputs nearby; adds the gradient
  /// of both to `slopes`.
  template <class S>
  double adversarial_loss(const Aligned<S>& weights, const PassInput& input,
                          Aligned<S>& slopes) const;

  CourseStatistics statistics_;
  Scaling scaling_;
};

}  // namespace meno::evidence

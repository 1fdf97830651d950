// EvidenceModel: the StudentModel that joins evidence and network. Declared here for the tracker
// and for tests.
#pragma once

#include <memory>
#include <vector>

#include "models/evidence/arena.h"
#include "models/evidence/course_statistics.h"
#include "models/evidence/network.h"
#include "models/evidence/scaling.h"
#include "models/student_model.h"

namespace meno::evidence {

class EvidenceModel final : public StudentModel {
 public:
  EvidenceModel(Shape shape, CourseStatistics statistics, Scaling scaling,
                std::vector<float> trust);

  const ParamLayout& layout() const override { return shape_.layout; }
  std::unique_ptr<const Encoded> encode(const Window& window) const override;
  void predict(ParamView theta, Batch batch, std::span<double> p_correct) const override;
  double loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const override;
  void hessian_vector(ParamView theta, Batch batch, ParamView v,
                      std::span<double> out) const override;
  std::unique_ptr<const OnlineModel> online(ParamView theta) const override;
  Tensors statistics() const override;

  const Shape& shape() const { return shape_; }
  const Scaling& scaling() const { return scaling_; }
  std::span<const float> trust() const { return trust_; }

  const CourseStatistics& course() const { return statistics_; }

 private:
  /// Loss at the inputs as they are, mixed with that at the worst inputs nearby; adds the gradient
  /// of both to `slopes`.
  template <class S>
  double adversarial_loss(const Aligned<S>& weights, const PassInput& input,
                          Aligned<S>& slopes) const;
  template <class S>
  Aligned<S> logits_of(ParamView theta, const Packed& packed) const;

  Shape shape_;
  CourseStatistics statistics_;
  Scaling scaling_;
  std::vector<float> trust_;  // [items] n / (n + 30); empty without item vectors
};

}  // namespace meno::evidence

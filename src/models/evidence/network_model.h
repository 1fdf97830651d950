// NetworkModel: a StudentModel that is the evidence network over encoded windows. What goes into
// the windows (evidence and ids, or ids alone) is the business of the model that derives from it.
#pragma once

#include <vector>

#include "models/evidence/packed.h"
#include "models/evidence/shape.h"
#include "models/registry.h"

namespace meno::evidence {

class NetworkModel : public StudentModel {
 public:
  const ParamLayout& layout() const override { return shape_.layout; }
  void predict(ParamView theta, Batch batch, std::span<double> p_correct) const override;
  double loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const override;
  void hessian_vector(ParamView theta, Batch batch, ParamView v,
                      std::span<double> out) const override;

  const Shape& shape() const { return shape_; }
  /// [items] n / (n + 30): how far an item's vector is believed; empty without item vectors.
  std::span<const float> trust() const { return trust_; }

 protected:
  NetworkModel(Shape shape, std::vector<float> trust);

 private:
  template <class S>
  std::vector<S> logits_of(ParamView theta, const Packed& packed) const;

  Shape shape_;
  std::vector<float> trust_;
};

/// Appends an event's answer and ids; `window.skill_begin` begins with a 0.
void add_ids(const Event& event, EncodedWindow& window);

/// Answers per item of the cohort, turned into how far its vector is trusted: n / (n + 30).
std::vector<float> trust_of(const Cohort& cohort);

}  // namespace meno::evidence

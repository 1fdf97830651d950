// NetworkModel: a StudentModel that is the evidence network over encoded windows. What goes into
// the windows (evidence and ids, or ids alone) is the business of the model that derives from it.
#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "models/evidence/arena.h"
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
  Aligned<S> logits_of(ParamView theta, const Packed& packed) const;

  Shape shape_;
  std::vector<float> trust_;
};

/// theta in the network's scalar.
template <class S>
Aligned<S> converted(ParamView theta) {
  Aligned<S> values(theta.size());
  for (std::size_t i = 0; i < theta.size(); ++i) values[i] = static_cast<S>(theta[i]);
  return values;
}

/// Nats of a label y at a logit: log(1 + e^z) - y z, without overflow.
inline double nats_of(double logit, double y) {
  return std::max(logit, 0.0) - y * logit + std::log1p(std::exp(-std::abs(logit)));
}

/// The scored answers' nats under `logits` [N], averaged.
template <class S>
double mean_nats(const Packed& packed, std::span<const S> logits) {
  double nats = 0.0;
  packed.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
    if (t + window.scored_events < window.answers.size()) return;
    nats += nats_of(static_cast<double>(logits[column]), static_cast<double>(window.labels[t]));
  });
  return nats / static_cast<double>(std::max<std::size_t>(1, packed.scored));
}

/// Appends an event's answer, label and ids; `window.skill_begin` begins with a 0.
void add_ids(const Event& event, EncodedWindow& window);

/// Answers per item of the cohort, turned into how far its vector is trusted: n / (n + 30).
std::vector<float> trust_of(const Cohort& cohort);

}  // namespace meno::evidence

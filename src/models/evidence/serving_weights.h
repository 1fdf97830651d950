// ServingWeights: the network's parameters laid out for one student at a time, with everything
// multiplied beforehand that depends on a skill alone.
#pragma once

#include <array>
#include <span>

#include "models/evidence/evidence_model.h"
#include "models/evidence/features.h"
#include "models/evidence/layer.h"

namespace meno::evidence {

/// What a target's vector q comes to in the three places that read it. Each padded to whole
/// registers; empty where the network has no such place.
template <class S>
struct VectorShares {
  Aligned<S> in;    // [d] in_vector q: the recurrence's input, before the answer's sign
  Aligned<S> out1;  // [hidden] out1_vector q
  Aligned<S> gate;  // [d] gate q + gate_bias
};

/// Immutable; thread-safe. `model` must outlive it.
template <class S>
class ServingWeights {
 public:
  ServingWeights(const EvidenceModel& model, ParamView theta);

  const EvidenceModel& model() const { return model_; }
  const Shape& shape() const { return model_.shape(); }
  std::size_t d() const { return static_cast<std::size_t>(shape().options.width); }
  std::size_t hidden() const { return static_cast<std::size_t>(shape().options.hidden); }
  bool product() const {
    return shape().options.recurrence && shape().vectors() && shape().options.product;
  }

  /// Fills `shares` for a target.
  void share_vector(ItemId item, std::span<const SkillId> skills, VectorShares<S>& shares) const;

  /// The weights of one part of the features.
  struct OfPart {
    Scaling scaling;
    Layer<S> out1;
    Aligned<S> linear;  // padded
  };
  const OfPart& of(Part part) const { return parts_[static_cast<std::size_t>(part)]; }

  Layer<S> in_x, gru_in, gru_state;
  Aligned<S> in_bias, in_answer, gru_bias, gru_state_bias;
  Layer<S> out1_state, out1_product, out2;
  Aligned<S> out1_bias, out2_bias, out3;
  S bias = S(0);

 private:
  void read_recurrence(const S* theta);
  void read_readout(const S* theta);
  void read_vectors(const S* theta);
  void add_vector(std::span<const S> q, VectorShares<S>& shares) const;

  const EvidenceModel& model_;
  std::array<OfPart, kParts.size()> parts_;
  Layer<S> in_vector_, out1_vector_, gate_;
  Aligned<S> gate_bias_;
  std::vector<VectorShares<S>> of_skill_;  // [skills]
  Aligned<S> item_vectors_;                // [items, d]; empty without them
};

extern template class ServingWeights<float>;
extern template class ServingWeights<double>;

}  // namespace meno::evidence

// FeatureAttribution: what of a prediction came from which part of what a model is shown. The
// second small interface of those trackers whose models see named evidence; others do not have it.
#pragma once

#include <span>
#include <string_view>

#include "models/tracker.h"

namespace meno {

class FeatureAttribution {
 public:
  virtual ~FeatureAttribution() = default;

  /// Names of the pieces that a prediction is divided into, [G].
  virtual std::span<const std::string_view> pieces() const = 0;
  /// by_piece [G]: what each piece adds to the logit of p_correct on `target`, over that of a
  /// student of whom nothing is known. Their sum is the difference of the two logits, up to the
  /// rounding of the model's own numbers.
  virtual void attribute(const Target& target, std::span<double> by_piece) const = 0;
};

/// `tracker` as an explaining one; null for a model that has no named evidence.
inline const FeatureAttribution* attribution_of(const Tracker& tracker) {
  return dynamic_cast<const FeatureAttribution*>(&tracker);
}

}  // namespace meno

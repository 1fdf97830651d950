// Decoder: who a student is and what is known before an answer -> how likely it is right. The part
// that the VAE and the GAN share; they differ in what teaches it.
//
//   p_t = sigmoid(net([row_t, z])),   z [K] the student, row_t [seen] the evidence before answer t
#pragma once

#include <cstdint>
#include <span>

#include "core/rng.h"
#include "meta/generative/evidence_row.h"
#include "meta/generative/perceptron.h"

namespace meno {

/// Its parameters are a stretch [size()] of the caller's theta. Thread-safe.
class Decoder {
 public:
  /// `seen` of the row's entries are read: kEvidence, or kOwnEvidence, which leaves the student's
  /// ability to z.
  Decoder(std::size_t seen, std::size_t latent, std::size_t hidden)
      : seen_(seen), latent_(latent), net_(seen + latent, hidden, 1) {}

  std::size_t size() const { return net_.size(); }
  std::size_t latent() const { return latent_; }
  void add_to(ParamLayout& layout) const { net_.add_to(layout, "decoder"); }
  /// Begins as p = the item's rate of right answers, moved by each of z at random.
  void start(std::span<double> theta, Rng& rng) const;

  double logit(ParamView theta, const EvidenceRow& row, std::span<const double> z) const;

  /// sum_t weight[t] x surprise of answer t, in nats; an empty `weight` is 1 throughout. Adds its
  /// slope by theta to `grad` and by z to `by_z` (empty: not asked for).
  double surprise_of(ParamView theta, const EncodedStudent& student, std::span<const double> z,
                     std::span<const double> weight, std::span<double> grad,
                     std::span<double> by_z) const;

 private:
  void input(const EvidenceRow& row, std::span<const double> z, std::vector<double>& x) const;

  std::size_t seen_;
  std::size_t latent_;
  Perceptron net_;
};

}  // namespace meno

// vae: a student is a latent profile z; a decoder answers from it and the evidence; an encoder
// reads z back from a history.
//
//   -ELBO = E_q [ sum_t surprise(y_t | row_t, z) ] + kl x KL(q(z | history) || N(0, I))
//   q(z | history) = N(0, I) x prod_t N(z; eta_t / nu_t, 1 / nu_t), normalised:
//     precision = 1 + sum_t nu_t,  mean = sum_t eta_t / precision
//
// z = mean + sd x eps makes a draw of it differentiable. An encoder that multiplies one factor per
// answer grows as sure as the history is long, and needs no recurrence.
// Source: Kingma & Welling 2014, arXiv:1312.6114, equations 3 and 10; the product of factors as Wu
// & Goodman 2018, arXiv:1802.05335. kl rises to its value over the first two fifths of the steps
// (Bowman et al. 2016, arXiv:1511.06349). New students are drawn from a normal with the mean and
// covariance of the training students' posteriors, where N(0, I) misses them (Dai & Wipf 2019,
// arXiv:1903.05789, has a second VAE there).
#pragma once

#include "meta/generative/decoder.h"
#include "meta/generative/generator.h"

namespace meno {

/// What is learnt by gradients. Thread-safe.
class SequenceVae {
 public:
  SequenceVae(std::size_t latent, std::size_t hidden, bool own_evidence);

  const ParamLayout& layout() const { return layout_; }
  const Decoder& decoder() const { return decoder_; }
  ParamView decoder_part(ParamView theta) const { return theta.subspan(0, decoder_.size()); }
  Params initial(Rng& rng) const;

  /// q(z | history), [K] each.
  struct Posterior {
    std::vector<double> mean;
    std::vector<double> sd;
  };
  Posterior posterior(ParamView theta, const EncodedStudent& student) const;

  /// -ELBO of one student for the draw `eps` [K], in nats; adds its gradient to `grad` [P].
  double loss(ParamView theta, const EncodedStudent& student, std::span<const double> eps,
              double kl, std::span<double> grad) const;

 private:
  ParamView encoder_part(ParamView theta) const { return theta.subspan(decoder_.size()); }
  void add_encoder_slope(ParamView theta, const EncodedStudent& student, const Posterior& q,
                         std::span<const double> by_mean, std::span<const double> by_sd,
                         std::span<double> grad) const;

  Decoder decoder_;
  Perceptron encoder_;
  ParamLayout layout_;
};

/// Options: latent, hidden, steps, passes (at most so often over the students), rate, decay, kl,
/// leave (ItemWalk's p_leave), own_evidence (the decoder also reads the student's ability so far).
Result<std::unique_ptr<const StudentGenerator>> fit_vae(const Options& options,
                                                        const GenerativeCohort& cohort);

}  // namespace meno

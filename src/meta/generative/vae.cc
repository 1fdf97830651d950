#include "meta/generative/vae.h"

#include <cmath>
#include <numeric>

#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kAnswerInputs = 2;  // the answer, and how far it is from the item's rate
constexpr double kStartOfPrecision = -3.0;

void encoder_input(const EncodedStudent& student, std::size_t t, std::vector<double>& x) {
  const EvidenceRow& row = student.rows[t];
  x.assign(row.begin(), row.end());
  x.push_back(student.correct[t]);
  x.push_back(student.correct[t] - sigmoid(2.0 * row[1]));
}

double softplus(double x) { return std::max(x, 0.0) + std::log1p(std::exp(-std::abs(x))); }

}  // namespace

SequenceVae::SequenceVae(std::size_t latent, std::size_t hidden, bool own_evidence)
    : decoder_(own_evidence ? kEvidence : kOwnEvidence, latent, hidden),
      encoder_(kEvidence + kAnswerInputs, hidden, 2 * latent) {
  decoder_.add_to(layout_);
  encoder_.add_to(layout_, "encoder");
}

Params SequenceVae::initial(Rng& rng) const {
  Params theta = layout_.initial(rng);
  decoder_.start(std::span(theta).subspan(0, decoder_.size()), rng);
  const std::span<double> encoder = std::span(theta).subspan(decoder_.size());
  for (std::size_t k = decoder_.latent(); k < encoder_.outputs(); ++k)
    encoder[encoder_.straight(0, k)] = kStartOfPrecision;
  return theta;
}

SequenceVae::Posterior SequenceVae::posterior(ParamView theta,
                                              const EncodedStudent& student) const {
  const std::size_t latent = decoder_.latent();
  std::vector<double> eta(latent, 0.0);
  std::vector<double> precision(latent, 1.0);
  std::vector<double> x;
  Perceptron::Pass pass;
  for (std::size_t t = 0; t < student.rows.size(); ++t) {
    encoder_input(student, t, x);
    encoder_.forward(encoder_part(theta), x, pass);
    for (std::size_t k = 0; k < latent; ++k) {
      eta[k] += pass.output[k];
      precision[k] += softplus(pass.output[latent + k]);
    }
  }
  Posterior q{.mean = std::vector<double>(latent), .sd = std::vector<double>(latent)};
  for (std::size_t k = 0; k < latent; ++k) {
    q.mean[k] = eta[k] / precision[k];
    q.sd[k] = 1.0 / std::sqrt(precision[k]);
  }
  return q;
}

double SequenceVae::loss(ParamView theta, const EncodedStudent& student,
                         std::span<const double> eps, double kl, std::span<double> grad) const {
  const std::size_t latent = decoder_.latent();
  const Posterior q = posterior(theta, student);
  std::vector<double> z(latent);
  for (std::size_t k = 0; k < latent; ++k) z[k] = q.mean[k] + q.sd[k] * eps[k];
  std::vector<double> by_mean(latent, 0.0);  // first the slope by z
  double total =
      decoder_.surprise_of(decoder_part(theta), student, z, {},
                           grad.empty() ? grad : grad.subspan(0, decoder_.size()), by_mean);
  std::vector<double> by_sd(latent);
  for (std::size_t k = 0; k < latent; ++k) {
    const double m = q.mean[k];
    const double s = q.sd[k];
    total += 0.5 * kl * (m * m + s * s - 1.0 - 2.0 * std::log(s));
    by_sd[k] = by_mean[k] * eps[k] + kl * (s - 1.0 / s);
    by_mean[k] += kl * m;
  }
  if (!grad.empty()) {
    add_encoder_slope(theta, student, q, by_mean, by_sd, grad.subspan(decoder_.size()));
  }
  return total;
}

void SequenceVae::add_encoder_slope(ParamView theta, const EncodedStudent& student,
                                    const Posterior& q, std::span<const double> by_mean,
                                    std::span<const double> by_sd, std::span<double> grad) const {
  const std::size_t latent = decoder_.latent();
  std::vector<double> by_eta(latent);
  std::vector<double> by_precision(latent);
  for (std::size_t k = 0; k < latent; ++k) {
    const double variance = q.sd[k] * q.sd[k];
    by_eta[k] = by_mean[k] * variance;
    by_precision[k] = -by_mean[k] * q.mean[k] * variance - 0.5 * by_sd[k] * variance * q.sd[k];
  }
  std::vector<double> x;
  std::vector<double> by_output(2 * latent);
  Perceptron::Pass pass;
  for (std::size_t t = 0; t < student.rows.size(); ++t) {
    encoder_input(student, t, x);
    encoder_.forward(encoder_part(theta), x, pass);
    for (std::size_t k = 0; k < latent; ++k) {
      by_output[k] = by_eta[k];
      by_output[latent + k] = by_precision[k] * sigmoid(pass.output[latent + k]);
    }
    encoder_.backward(encoder_part(theta), x, pass, by_output, grad, {});
  }
}

}  // namespace meno

#include "meta/generative/decoder.h"

#include <algorithm>

#include "models/link.h"

namespace meno {
namespace {

constexpr double kStartOfZ = 0.3;  // logits per unit of z: enough for it to be noticed

}  // namespace

void Decoder::start(std::span<double> theta, Rng& rng) const {
  theta[net_.straight(1, 0)] = 2.0;  // rows hold half the logit
  for (std::size_t k = 0; k < latent_; ++k)
    theta[net_.straight(seen_ + k, 0)] = kStartOfZ * rng.normal();
}

void Decoder::input(const EvidenceRow& row, std::span<const double> z,
                    std::vector<double>& x) const {
  x.assign(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(seen_));
  x.insert(x.end(), z.begin(), z.end());
}

double Decoder::logit(ParamView theta, const EvidenceRow& row, std::span<const double> z) const {
  thread_local std::vector<double> x;
  thread_local Perceptron::Pass pass;
  input(row, z, x);
  net_.forward(theta, x, pass);
  return pass.output[0];
}

double Decoder::surprise_of(ParamView theta, const EncodedStudent& student,
                            std::span<const double> z, std::span<const double> weight,
                            std::span<double> grad, std::span<double> by_z) const {
  thread_local std::vector<double> x;
  thread_local std::vector<double> by_x;
  thread_local Perceptron::Pass pass;
  double sum = 0.0;
  for (std::size_t t = 0; t < student.rows.size(); ++t) {
    const double w = weight.empty() ? 1.0 : weight[t];
    input(student.rows[t], z, x);
    net_.forward(theta, x, pass);
    sum += w * surprise(pass.output[0], student.correct[t]);
    if (grad.empty()) continue;
    const double slope[] = {w * (sigmoid(pass.output[0]) - student.correct[t])};
    by_x.assign(by_z.empty() ? 0 : x.size(), 0.0);
    net_.backward(theta, x, pass, slope, grad, by_x);
    for (std::size_t k = 0; k < by_z.size(); ++k) by_z[k] += by_x[seen_ + k];
  }
  return sum;
}

}  // namespace meno

#include "meta/generative/gan.h"

#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kInputs = kEvidence + 2;

void discriminator_input(const EncodedStudent& student, std::size_t t, std::vector<double>& x) {
  const EvidenceRow& row = student.rows[t];
  x.assign(row.begin(), row.end());
  x.push_back(student.correct[t]);
  x.push_back(student.correct[t] - sigmoid(2.0 * row[1]));
}

}  // namespace

Discriminator::Discriminator(std::size_t hidden) : net_(kInputs, hidden, 1) {
  net_.add_to(layout_, "discriminator");
}

std::vector<double> Discriminator::log_odds(ParamView phi, const EncodedStudent& student) const {
  std::vector<double> d;
  std::vector<double> x;
  Perceptron::Pass pass;
  for (std::size_t t = 0; t < student.rows.size(); ++t) {
    discriminator_input(student, t, x);
    net_.forward(phi, x, pass);
    d.push_back(pass.output[0]);
  }
  return d;
}

double Discriminator::loss(ParamView phi, const EncodedStudent& student, bool real, double penalty,
                           std::span<double> grad) const {
  const double truth = real ? 1.0 : 0.0;
  std::vector<double> x;
  Perceptron::Pass pass;
  double sum = 0.0;
  for (std::size_t t = 0; t < student.rows.size(); ++t) {
    discriminator_input(student, t, x);
    net_.forward(phi, x, pass);
    sum += surprise(pass.output[0], truth);
    const double slope[] = {sigmoid(pass.output[0]) - truth};
    net_.backward(phi, x, pass, slope, grad, {});
    if (real) sum += net_.slope_penalty(phi, x, pass, penalty, grad);
  }
  return sum;
}

std::vector<double> returns_to_go(std::span<const double> reward, double discount) {
  std::vector<double> returns(reward.begin(), reward.end());
  for (std::size_t t = returns.size(); t-- > 1;) returns[t - 1] += discount * returns[t];
  return returns;
}

}  // namespace meno

#include "models/evidence/network_step.h"

#include <algorithm>
#include <cmath>

namespace meno::evidence {
namespace {

using Eigen::Index;

/// Scratch of one thread.
template <class S>
struct Scratch {
  Column<S> x, q, gated, a, gates, state, z;
  Matrix<S> z2;
};

template <class S>
Scratch<S>& scratch() {
  thread_local Scratch<S> mine;
  return mine;
}

}  // namespace

template <class S>
NetworkStep<S>::NetworkStep(const NetworkModel& model, ParamView theta)
    : model_(model), shape_(model.shape()), values_(theta.size()) {
  std::transform(theta.begin(), theta.end(), values_.begin(),
                 [](double v) { return static_cast<S>(v); });
}

/// q of a target. `found` is [d].
template <class S>
void NetworkStep<S>::vector_of(ItemId item, std::span<const SkillId> skills,
                               Column<S>& found) const {
  found.setZero(d());
  if (shape_.options.skill_vectors) {
    const S share = S(1) / static_cast<S>(std::max<std::size_t>(1, skills.size()));
    const auto vectors = matrix(shape_.skill_vector, d(), static_cast<Index>(shape_.skills));
    for (const SkillId skill : skills) {
      if (skill.value < shape_.skills)
        found += share * vectors.col(static_cast<Index>(skill.value));
    }
  }
  if (shape_.options.item_vectors && item.value < shape_.items) {
    const S trust = static_cast<S>(model_.trust()[item.value]);
    found += trust * matrix(shape_.item_vector, d(), static_cast<Index>(shape_.items))
                         .col(static_cast<Index>(item.value));
  }
}

/// h' = GRU(a, h).
template <class S>
void NetworkStep<S>::advance(std::span<const float> x, const Target& target, float answer,
                             Column<S>& state) const {
  Scratch<S>& s = scratch<S>();
  const S sign = S(2.0F * answer - 1.0F);
  s.x = Eigen::Map<const Eigen::VectorXf>(x.data(), f()).template cast<S>();
  s.a.noalias() = matrix(shape_.in_x, d(), f()) * s.x;
  s.a += sign * matrix(shape_.in_answer, d(), 1);
  if (shape_.vectors()) {
    vector_of(target.item, target.skills, s.q);
    s.q *= sign;
    s.a.noalias() += matrix(shape_.in_vector, d(), d()) * s.q;
  }
  s.a += matrix(shape_.in_bias, d(), 1);
  s.a = s.a.cwiseMax(S(0));
  s.gates.noalias() = matrix(shape_.gru_in, 3 * d(), d()) * s.a;
  s.gates += matrix(shape_.gru_bias, 3 * d(), 1);
  s.state.noalias() = matrix(shape_.gru_state, 3 * d(), d()) * state;
  const auto open =
      ((S(1) + (-(s.gates.head(2 * d()) + s.state.head(2 * d())).array()).exp()).inverse()).eval();
  const auto share = (s.state.tail(d()) + matrix(shape_.gru_state_bias, d(), 1)).array();
  const auto fresh = (s.gates.tail(d()).array() + open.head(d()) * share).tanh().eval();
  state = ((S(1) - open.tail(d())) * fresh + open.tail(d()) * state.array()).matrix();
}

template <class S>
void NetworkStep<S>::share_of_ids(const Target& target, const Column<S>& state,
                                  Column<S>& shared) const {
  Scratch<S>& s = scratch<S>();
  shared = matrix(shape_.out1_bias, hidden(), 1);
  if (shape_.options.recurrence)
    shared.noalias() += matrix(shape_.out1_state, hidden(), d()) * state;
  if (!shape_.vectors()) return;
  vector_of(target.item, target.skills, s.q);
  shared.noalias() += matrix(shape_.out1_vector, hidden(), d()) * s.q;
  if (!product()) return;
  s.gated.noalias() = matrix(shape_.gate, d(), d()) * s.q;
  s.gated += matrix(shape_.gate_bias, d(), 1);
  s.gated.array() *= state.array();
  shared.noalias() += matrix(shape_.out1_product, hidden(), d()) * s.gated;
}

template <class S>
void NetworkStep<S>::read_out(const Matrix<S>& evidence, Matrix<S>& z1,
                              std::span<double> p_correct) const {
  Scratch<S>& s = scratch<S>();
  z1.noalias() += matrix(shape_.out1_x, hidden(), f()) * evidence;
  z1 = z1.cwiseMax(S(0));
  s.z2.noalias() = matrix(shape_.out2, half(), hidden()) * z1;
  s.z2.colwise() += matrix(shape_.out2_bias, half(), 1).col(0);
  s.z2 = s.z2.cwiseMax(S(0));
  s.z.noalias() = s.z2.transpose() * matrix(shape_.out3, half(), 1);
  s.z.noalias() += evidence.transpose() * matrix(shape_.linear, f(), 1);
  for (std::size_t k = 0; k < p_correct.size(); ++k) {
    const double logit = static_cast<double>(s.z[static_cast<Index>(k)] + values_[shape_.bias]);
    p_correct[k] = 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
  }
}

template class NetworkStep<float>;
template class NetworkStep<double>;

}  // namespace meno::evidence
